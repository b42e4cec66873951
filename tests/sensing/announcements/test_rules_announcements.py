"""Rules of telling as truth tables: what fits, what follows from a step, until when a paper is served, what a text says."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from longzhong.register.org.rules import CST
from longzhong.sensing.announcements.rules import (
    FITS,
    MACHINE,
    TALE_LABELS,
    TURNS,
    Facts,
    Limits,
    Now,
    Tale,
    cut,
    due_of,
    fits,
    known,
    suggestion,
    template_code,
    turn_of,
    values,
)
from longzhong.sensing.outages.rules import Duties, Kind, State

AT = datetime(2026, 3, 2, 9, 0, tzinfo=CST)
K, S, T = Kind, State, Tale
FITTING = {
    ("planned", "announced"): {T.PLAN, T.CHANGE, T.POSTPONE}, ("temporary", "announced"): {T.PLAN, T.CHANGE, T.POSTPONE},
    ("shortage", "announced"): {T.PLAN, T.CHANGE, T.POSTPONE},
    ("fault", "running"): {T.FAULT, T.DELAY}, ("fault", "partly"): {T.FAULT, T.DELAY, T.RESTORED},
    ("planned", "running"): {T.DELAY}, ("temporary", "running"): {T.DELAY}, ("shortage", "running"): {T.DELAY},
    ("planned", "partly"): {T.DELAY, T.RESTORED}, ("temporary", "partly"): {T.DELAY, T.RESTORED},
    ("shortage", "partly"): {T.DELAY, T.RESTORED},
    **{(kind.value, "restored"): {T.RESTORED} for kind in Kind},
    **{(kind.value, state): {T.CANCELLED} for kind in Kind for state in ("cancelled", "withdrawn")},
}  # fmt: skip


@pytest.mark.parametrize(("kind", "state"), list(product(Kind, State)))
def test_what_fits_an_outage(kind: Kind, state: State) -> None:
    found = {tale for tale in Tale if fits(tale, kind, state)}
    assert found == FITTING.get((kind.value, state.value), set())
    assert set(FITS) == set(TALE_LABELS) == set(Tale)


def now(kind: str, state: str, *, told: bool = True, end: int | None = 5, told_end: int | None = None) -> Now:
    def hours(value: int | None) -> datetime | None:
        return None if value is None else AT + timedelta(hours=value)

    return Now(
        kind=kind, state=state, expected_end=hours(end), planned_end=hours(5), told=told, told_end=hours(told_end)
    )


@pytest.mark.parametrize(
    ("verb", "stands", "tale"),
    [
        ("plan", now("planned", "announced", told=False), T.PLAN),
        ("plan", now("planned", "asked", told=False), None),
        ("plan", now("planned", "cancelled"), None),
        ("approve", now("temporary", "announced", told=False), T.PLAN),
        ("change_plan", now("planned", "announced"), T.CHANGE),
        ("change_plan", now("planned", "announced", told=False), T.PLAN),
        ("postpone", now("planned", "announced"), T.POSTPONE),
        ("postpone", now("planned", "announced", told=False), T.PLAN),
        ("postpone", now("planned", "running"), None),
        ("cancel", now("planned", "cancelled"), T.CANCELLED),
        ("cancel", now("planned", "cancelled", told=False), None),
        ("decline", now("planned", "cancelled", told=False), None),
        ("withdraw", now("fault", "withdrawn"), T.CANCELLED),
        ("withdraw", now("fault", "withdrawn", told=False), None),
        ("merge", now("fault", "merged"), None),
        ("report", now("fault", "reported", told=False), None),
        ("report", now("fault", "running", told=False), T.FAULT),
        ("confirm", now("fault", "running", told=False), T.FAULT),
        ("change_expected", now("fault", "running", end=6, told_end=5), T.DELAY),
        ("change_expected", now("fault", "running", end=4, told_end=5), T.FAULT),
        ("change_expected", now("fault", "running", told=False), T.FAULT),
        ("change_expected", now("planned", "running", end=6), T.DELAY),
        ("change_expected", now("planned", "running", end=4), None),
        ("change_expected", now("planned", "announced", end=6), T.CHANGE),
        ("change_expected", now("planned", "announced", end=6, told=False), T.PLAN),
        ("restore_part", now("fault", "partly"), T.FAULT),
        ("restore_part", now("planned", "partly"), None),
        ("restore", now("fault", "restored"), T.RESTORED),
        ("restore", now("fault", "restored", told=False), None),
        ("absorb", now("planned", "announced"), T.CHANGE),
        ("absorb", now("fault", "running"), T.FAULT),
        ("impact_changed", now("planned", "announced", told=False), T.PLAN),
        ("impact_changed", now("fault", "reported", told=False), None),
    ],
)
def test_what_is_suggested(verb: str, stands: Now, tale: Tale | None) -> None:
    assert suggestion(verb, stands) == tale


@pytest.mark.parametrize(
    ("verb", "state", "falls"),
    [
        ("plan", "announced", (False, False, False)), ("approve", "announced", (False, False, False)),
        ("confirm", "running", (False, False, False)), ("report", "running", (False, False, False)),
        ("absorb", "announced", (False, False, False)), ("impact_changed", "announced", (False, False, False)),
        ("change_plan", "announced", (True, True, True)), ("postpone", "announced", (True, True, True)),
        ("cancel", "cancelled", (True, True, True)), ("decline", "cancelled", (True, True, True)),
        ("withdraw", "withdrawn", (True, True, True)), ("merge", "merged", (True, True, True)),
        ("change_expected", "announced", (True, True, True)), ("change_expected", "running", (True, False, False)),
        ("restore_part", "partly", (True, False, False)), ("restore", "restored", (True, True, False)),
    ],
)  # fmt: skip
def test_what_falls(verb: str, state: str, falls: tuple[bool, bool, bool]) -> None:
    turn = turn_of(verb, state)
    assert (turn.takes_back, turn.voids, turn.outdates) == falls
    assert verb in TURNS


def test_steps_that_say_nothing_new_are_not_followed() -> None:
    assert not {"start", "locate", "end_near", "power_seen", "record", "notice_sent"} & set(TURNS)


def hours(number: float) -> datetime:
    return AT + timedelta(hours=number)


@pytest.mark.parametrize(
    ("tale", "kind", "starts", "due"),
    [
        (T.PLAN, K.TEMPORARY, hours(72), hours(48)),  # 24 hours ahead
        (T.PLAN, K.TEMPORARY, hours(26), hours(4)),  # the grace
        (T.PLAN, K.TEMPORARY, hours(2), hours(2)),  # never after it begins
        (
            T.PLAN,
            K.PLANNED,
            datetime(2026, 3, 12, 8, 0, tzinfo=CST),
            datetime(2026, 3, 6, tzinfo=CST),
        ),  # the end of the 5th
        (T.PLAN, K.SHORTAGE, hours(72), hours(48)),  # no law: our own hours
        (T.CHANGE, K.TEMPORARY, hours(240), hours(24)),  # the wrong paper goes within a day
        (T.POSTPONE, K.PLANNED, hours(500), hours(24)),
        (T.CANCELLED, K.TEMPORARY, hours(10), hours(4)),
        (T.CANCELLED, K.TEMPORARY, hours(-1), hours(4)),  # past already
    ],
)
def test_until_when_a_paper_is_served(tale: Tale, kind: Kind, starts: datetime, due: datetime) -> None:
    assert due_of(tale, kind, starts, AT, Duties(), Limits()) == due


@pytest.mark.parametrize(("tale", "kind"), list(product(Tale, Kind)))
def test_every_tale_has_a_text(tale: Tale, kind: Kind) -> None:
    code = template_code(tale, kind)
    assert code.startswith("outage_") and (tale is not Tale.PLAN or code in ("outage_planned", "outage_temporary"))


def test_values_fit_their_places() -> None:
    long = Facts(K.FAULT, "10kV" + "西" * 60 + "{x}", "原因" * 30, AT, None)
    said = values(long)
    assert (len(said["line"]), len(said["reason"]), said["start"], said["end"]) == (40, 30, "3月2日09:00", "待定")
    assert cut("{a}", 10) == "（a）" and cut("  ", 5) == "—"
    assert known(said, frozenset({"line"})) == {"line": said["line"]}


def test_every_row_of_the_machine_leads_somewhere_else_or_is_counted() -> None:
    assert {row.verb for row in MACHINE.moves} == {"serve", "miss", "post", "give", "cancel", "supersede"}
    assert {row.verb for row in MACHINE.moves if row.target in row.sources} == {"miss", "give"}
