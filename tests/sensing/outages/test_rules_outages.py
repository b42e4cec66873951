"""The rules of outages as tables, cell by cell."""

from datetime import datetime

import pytest

from longzhong.kit.errors import Refused
from longzhong.sensing.outages.rules import (
    OUTAGE,
    PLANS,
    REASONS,
    Kind,
    Span,
    State,
    Told,
    answer_words,
    common_unit,
    devices_of,
    is_ordered,
    line_words,
    overlaps,
    span_words,
)
from tests.sensing.outages.make import at

NINE, TEN, NOON = at("03-02 09:00"), at("03-02 10:00"), at("03-02 12:00")
TOLD = ("announced", "reported", "running", "partly")
TARGETS = {
    ("approve", "asked"): "announced",
    ("decline", "asked"): "cancelled",
    ("change_plan", "announced"): "announced",
    ("postpone", "announced"): "announced",
    ("cancel", "asked"): "cancelled",
    **{("absorb", state): state for state in TOLD},
    **{("merge", state): "merged" for state in TOLD},
    **{("locate", state): state for state in ("reported", "running", "partly", "restored")},
    **{("power_seen", state): state for state in ("running", "partly")},
    ("confirm", "reported"): "running",
    ("start", "announced"): "running",
    **{("change_expected", state): state for state in TOLD},
    ("restore", "reported"): "restored",
    ("restore", "running"): "restored",
    ("restore", "partly"): "restored",
    ("restore_part", "running"): "partly",
    ("restore_part", "partly"): "partly",
    ("cancel", "announced"): "cancelled",
    ("withdraw", "reported"): "withdrawn",
    ("withdraw", "running"): "withdrawn",
}
VERBS = sorted({verb for verb, _state in TARGETS})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", VERBS)
def test_the_machine_cell_by_cell(verb: str, state: State) -> None:
    wanted = TARGETS.get((verb, state.value))
    if wanted is None:
        with pytest.raises(Refused) as refusal:
            OUTAGE.move(verb, state)
        assert refusal.value.code == "wrong_state"
    else:
        assert OUTAGE.move(verb, state).target == wanted


def test_the_machine_has_no_other_verbs_and_the_desk_confirms_nothing() -> None:
    assert {row.verb for row in OUTAGE.moves} == set(VERBS)
    assert {row.verb for row in OUTAGE.moves if "desk" in row.roles} == {"withdraw"}
    assert not [row.verb for row in OUTAGE.moves if {"grid", "auditor"} & set(row.roles)]
    assert {row.verb for row in OUTAGE.moves if "leader" in row.roles} == {"approve", "decline"}


def test_every_kind_has_reasons() -> None:
    assert set(REASONS) == set(Kind)
    assert set(PLANS) == set(Kind) - {Kind.FAULT}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Span(NINE, TEN), Span(TEN, NOON), False),
        (Span(NINE, NOON), Span(TEN, NOON), True),
        (Span(NINE, None), Span(NOON, None), True),
        (Span(NOON, None), Span(NINE, TEN), False),
        (Span(NINE, NOON), Span(TEN, None), True),
        (Span(NINE, NINE), Span(NINE, TEN), False),
    ],
)
def test_overlaps_both_ways(one: Span, other: Span, wanted: bool) -> None:
    assert overlaps(one, other) is overlaps(other, one) is wanted


@pytest.mark.parametrize(
    ("moments", "wanted"),
    [
        ((), True),
        ((NINE, NINE, TEN), True),
        ((NINE, None, TEN), True),
        ((TEN, None, NINE), False),
        ((None, NOON, TEN), False),
    ],
)
def test_moments_in_order(moments: tuple[datetime | None, ...], wanted: bool) -> None:
    assert is_ordered(*moments) is wanted


@pytest.mark.parametrize(
    ("units", "wanted"),
    [((), None), ((5,), 5), ((5, 6), 2), ((5, 2), 2), ((5, 7), 1), ((5, 9), None), ((9,), 9)],
    ids=["none", "one", "sisters", "child and parent", "cousins", "strangers", "without a place"],
)
def test_the_unit_that_answers_for_all(units: tuple[int, ...], wanted: int | None) -> None:
    chains = {5: [5, 2, 1], 6: [6, 2, 1], 2: [2, 1], 7: [7, 3, 1]}
    assert common_unit(units, chains) == wanted


def test_devices_each_once_the_widest_first() -> None:
    found = devices_of([("area", 4), ("feeder", 1), ("area", 4), ("section", 1)], [9, 9])
    assert found.pairs == (("feeder", 1), ("section", 1), ("area", 4))
    assert found.kept == (9,)


def told(**more: object) -> Told:
    usual: dict[str, object] = {
        "kind": Kind.PLANNED, "title": "10kV西关线", "reason": "设备检修", "starts_at": at("03-02 08:00"),
        "expected_end_at": at("03-02 18:00"), "restored_at": None, "is_running": True, "is_confirmed": True, "at": NINE,
    }  # fmt: skip
    return Told(**{**usual, **more})  # type: ignore[arg-type]


LATE = at("03-02 18:30")
COMING = {"is_running": False, "starts_at": at("03-03 08:00"), "expected_end_at": at("03-03 18:00")}
FAULT = {"kind": Kind.FAULT, "reason": "原因待查", "expected_end_at": None}


@pytest.mark.parametrize(
    ("more", "line", "answer"),
    [
        ({}, "计划停电 10kV西关线 08:00–18:00，预计18:00恢复", "预计18:00恢复供电"),
        ({"at": LATE}, "计划停电 10kV西关线 08:00–18:00，已过预计时间，尚未恢复", "原预计18:00恢复，现在还没有送电"),
        (COMING, "计划停电 10kV西关线 3月3日 08:00–18:00，预计3月3日 18:00恢复", "将于3月3日 08:00–18:00计划停电，原因是设备检修"),
        ({"is_running": False}, "计划停电 10kV西关线 08:00–18:00，预计18:00恢复", "现场是否已停电我们正在核实"),
        (FAULT, "故障停电 10kV西关线 08:00起，恢复时间待定", "发生故障停电，抢修人员正在处理，恢复时间还不能确定"),
        ({**FAULT, "reason": "外力破坏"}, "故障停电 10kV西关线 08:00起，恢复时间待定", "因外力破坏停电"),
        ({**FAULT, "is_confirmed": False}, "故障停电 10kV西关线 08:00起，有人报告，待确认", "正在核实"),
        ({"restored_at": NINE, "is_running": False}, "计划停电 10kV西关线 08:00–09:00，已于09:00恢复", "09:00已恢复供电"),
    ],
    ids=["running", "overdue", "coming", "not started", "fault", "fault with reason", "unconfirmed", "restored"],
)  # fmt: skip
def test_what_the_desk_reads_and_says(more: dict[str, object], line: str, answer: str) -> None:
    assert line_words(told(**more)) == line
    assert answer in answer_words(told(**more))


def test_a_span_over_midnight_names_both_days() -> None:
    assert span_words(at("03-02 22:00"), at("03-03 06:00"), NINE) == "22:00–3月3日 06:00"
    assert span_words(at("03-04 08:00"), at("03-04 18:00"), NINE) == "3月4日 08:00–18:00"
