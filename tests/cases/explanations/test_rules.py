"""What a curve says, what appliances make, and the advert: cell by cell."""

from datetime import date

import pytest

from longzhong.cases.explanations.rules import (
    APPLIANCES,
    CONDITIONS,
    GROUPS,
    MACHINE,
    Limits,
    State,
    Use,
    Verdict,
    compare,
    day_use,
    estimate,
    median_of,
    night_of,
    picture_of,
    total,
)
from longzhong.cases.explanations.rules.appliances import Appliance
from longzhong.kit.errors import Refused

D = date(2026, 3, 2)
TABLE = {"x": Appliance("x", "样机", "other", 1000, 10, 0.5, 0.6, 0.8, 8, "test", "U")}


def curve(base: float = 0.2, *parts: tuple[float | None, int, int]) -> list[float | None]:
    values: list[float | None] = [base] * 96
    for value, first, after in parts:
        values[first:after] = [value] * (after - first)
    return values


@pytest.mark.parametrize(
    ("values", "kwh", "base", "peak", "slot", "known"),
    [
        pytest.param(curve(), 4.8, 0.2, 0.2, 0, 96, id="flat: 0.2 kW × 24 h"),
        pytest.param(curve(0.2, (2.0, 72, 88)), 12.0, 0.2, 2.0, 72, 96, id="evening: 20 h × 0.2 + 4 h × 2"),
        pytest.param(
            curve(0.2, (None, 40, 44)), 4.8, 0.2, 0.2, 0, 92, id="a gap of an hour is filled with the day's mean"
        ),
        pytest.param(
            curve(0.2, (None, 40, 50)), None, 0.2, 0.2, 0, 86, id="86 of 96 is below 90 %: the day doesn't count"
        ),
        pytest.param(curve(0.2, (None, 0, 96)), None, None, None, None, 0, id="nothing came"),
        pytest.param(curve(0.2, (None, 4, 20)), None, None, 0.2, 0, 80, id="no night, no base load"),
        pytest.param(
            curve(0.2, (3.0, 5, 7)), 6.2, 0.2, 3.0, 5, 96, id="one boil at night isn't the base: the median is"
        ),
        pytest.param(curve(-0.1), -2.4, -0.1, -0.1, 0, 96, id="fed back counts as it is"),
    ],
)
def test_a_day(values, kwh, base, peak, slot, known):
    seen = day_use(D, values, Limits())
    assert seen.kwh == (None if kwh is None else pytest.approx(kwh))
    assert (seen.base_kw, seen.peak_kw, seen.peak_slot, seen.known) == (base, peak, slot, known)


def test_phases_are_added_and_a_gap_in_one_is_a_gap():
    assert total([[1.0, None, 2.0], [0.5, 1.0, 0.0]]) == [1.5, None, 2.0]
    assert total([]) == [None] * 96


def test_several_days_make_one_picture():
    days = [
        day_use(D, curve(0.2), Limits()),
        day_use(D, curve(0.4), Limits()),
        day_use(D, curve(0.9, (None, 40, 96)), Limits()),
    ]
    seen = picture_of(days)
    assert (seen.counted, seen.mean_kwh, seen.base_kw) == (2, pytest.approx(7.2), 0.4)
    assert seen.base_kwh == pytest.approx(9.6)
    assert seen.base_share == 1.0  # never above one, though the third day's night is known and its day isn't
    empty = picture_of([])
    assert (empty.mean_kwh, empty.base_share, empty.peak_kw) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "least", "told"), [([1, 2, 3, 4], 5, None), ([1, 2, 3, 4, 50], 5, 3.0), ([], 5, None), ([2, 4], 2, 3.0)]
)
def test_neighbours_are_a_median_of_enough(values, least, told):
    assert median_of(values, least) == told


def test_an_appliance_uses_its_share_in_use_and_its_standby_else():
    made = estimate([Use("x", 2, 6)], TABLE)
    (line,) = made.lines
    standby = 2 * 10 * 18 / 1000
    assert line.standby == pytest.approx(standby)
    assert (line.low, line.mid, line.high) == (
        pytest.approx(6.0 + standby),
        pytest.approx(7.2 + standby),
        pytest.approx(9.6 + standby),
    )
    assert estimate([Use("x", 1, 24, watts=500)], TABLE).mid == pytest.approx(
        7.2
    )  # the name plate counts; no idle hour
    assert estimate([Use("x", 0, 6)], TABLE).lines == ()


@pytest.mark.parametrize(
    "use",
    [Use("x", -1, 1), Use("x", 201, 1), Use("x", 1, 24.5), Use("x", 1, -1), Use("x", 1, 1, 60_000), Use("x", 1, 1, -5)],
)
def test_impossible_numbers_are_refused(use):
    with pytest.raises(Refused, match="appliance_numbers"):
        estimate([use], TABLE)


def test_an_unknown_appliance_is_refused():
    with pytest.raises(Refused, match="appliance_unknown"):
        estimate([Use("perpetuum", 1, 1)])


@pytest.mark.parametrize(
    ("metered", "verdict", "share", "remains"),
    [
        (None, Verdict.UNKNOWN, None, None),
        (5.9, Verdict.LESS, 1.0, 0.0),
        (6.0, Verdict.WITHIN, 1.0, 0.0),
        (8.0, Verdict.WITHIN, 0.9, 0.8),
        (9.6, Verdict.WITHIN, 0.75, 2.4),
        (9.7, Verdict.MORE, 7.2 / 9.7, 2.5),
        (0.0, Verdict.LESS, 1.0, 0.0),
    ],
)
def test_metered_against_estimated(metered, verdict, share, remains):
    table = {"y": Appliance("y", "样机", "other", 1000, 0, 0.5, 0.6, 0.8, 8, "test", "U")}
    seen = compare(metered, estimate([Use("y", 1, 12)], table))  # 6.0, 7.2, 9.6
    assert seen.verdict is verdict
    assert seen.share == (None if share is None else pytest.approx(share))
    assert seen.remains == (None if remains is None else pytest.approx(remains))
    assert seen.words.endswith("。")


def test_without_appliances_nothing_is_compared():
    assert compare(5.0, estimate([])).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("code", sorted(APPLIANCES))
def test_every_appliance_is_believable(code):
    row = APPLIANCES[code]
    assert 0 < row.low <= row.mid <= row.high <= 1
    assert 0 < row.hours <= 24
    assert 0 <= row.standby_w < row.rated_w <= 10_000
    assert row.group in GROUPS and row.source and row.confidence in {"M", "U"}
    daily = estimate([Use(code, 1, row.hours)]).mid
    assert daily < 16, f"{row.name}: {daily} kWh a day"


def test_the_refrigerator_is_about_a_kilowatt_hour_a_day():
    assert estimate([Use("fridge", 1, 24)]).mid == pytest.approx(0.86, abs=0.01)


@pytest.mark.parametrize(
    ("codes", "kwh", "watts"),
    [
        ((), 1.0, 125),
        (("mode",), 2.0, 250),
        (("mode", "start"), 3.0, 375),
        (("hours",), 3.0, 125),
        (("nonsense",), 1.0, 125),
    ],
)
def test_one_kilowatt_hour_a_night_holds_under_its_conditions_only(codes, kwh, watts):
    night = night_of(codes)
    assert (night.kwh, night.average_w) == (pytest.approx(kwh), pytest.approx(watts))


def test_every_condition_raises_the_energy():
    assert all(row.factor > 1 for row in CONDITIONS.values())
    assert night_of(tuple(CONDITIONS)).kwh > 10


STATES = list(State)
ALLOWED = {
    (State.EXPLAINED, "accept"), (State.DECLINED, "accept"), (State.TEST_WANTED, "accept"), (State.EXPLAINED, "decline"),
    (State.TEST_WANTED, "decline"), (State.EXPLAINED, "ask_test"), (State.DECLINED, "ask_test"),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ["accept", "decline", "ask_test"])
def test_the_machine_cell_by_cell(state, verb):
    if (state, verb) in ALLOWED:
        assert MACHINE.move(verb, state).target is not state
    else:
        with pytest.raises(Refused, match="wrong_state"):
            MACHINE.move(verb, state)
