"""Notice, repetition, late notices and the 95598 table, cell by cell."""

from datetime import datetime, timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.sensing.outages.rules import (
    Duties,
    Kind,
    Repeats,
    StopKind,
    customer_hours,
    gate,
    is_harder,
    is_notice_late,
    repeats,
    stop_answer,
    stop_words,
)
from longzhong.sensing.outages.rules.sheet import HEADS, row_of
from tests.sensing.outages.make import at

NINE = at("03-02 09:00")
DUTIES = Duties()


@pytest.mark.parametrize(
    ("kind", "starts", "important", "short"),
    [
        (Kind.PLANNED, "03-09 00:00", 0, False),
        (Kind.PLANNED, "03-09 23:00", 5, False),
        (Kind.PLANNED, "03-08 23:59", 0, True),
        (Kind.PLANNED, "03-02 10:00", 0, True),
        (Kind.PLANNED, "03-01 10:00", 0, True),
        (Kind.TEMPORARY, "03-03 09:00", 1, False),
        (Kind.TEMPORARY, "03-03 08:59", 1, True),
        (Kind.TEMPORARY, "03-02 10:00", 0, False),
        (Kind.TEMPORARY, "03-02 08:00", 3, True),
        (Kind.SHORTAGE, "03-02 10:00", 9, False),
        (Kind.FAULT, "03-02 10:00", 9, False),
    ],
)
def test_the_gate_cell_by_cell(kind: Kind, starts: str, important: int, short: bool) -> None:
    assert gate(kind, at(starts), important, NINE, DUTIES).short is short


def test_the_gate_says_until_when_and_why() -> None:
    found = gate(Kind.PLANNED, at("03-08 08:00"), 0, NINE, DUTIES)
    assert found.latest == at("03-02 00:00"), "the 1st was the last day that did"
    assert found.words == "计划停电须提前 7 天公告，现在提前 6 天"
    assert gate(Kind.PLANNED, at("03-09 08:00"), 0, found.latest or NINE, DUTIES).short is False
    urgent = gate(Kind.TEMPORARY, at("03-02 19:00"), 2, NINE, DUTIES)
    assert (urgent.latest, urgent.words) == (
        at("03-01 19:00"), "临时停电须提前 24 小时通知 2 户重要客户，现在提前 10 小时",
    )  # fmt: skip
    assert gate(Kind.SHORTAGE, NINE, 9, NINE, DUTIES).latest is None


def test_the_gate_follows_the_policy() -> None:
    strict = Duties(planned_notice_d=10, temp_notice_h=48)
    assert gate(Kind.PLANNED, at("03-11 08:00"), 0, NINE, strict).short
    assert not gate(Kind.PLANNED, at("03-12 08:00"), 0, NINE, strict).short
    assert gate(Kind.TEMPORARY, at("03-04 08:00"), 1, NINE, strict).short


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        ({}, Repeats(0, 0, 0, 60)),
        ({1: 1}, Repeats(1, 40, 2, 60)),
        ({1: 2, 2: 1}, Repeats(2, 50, 3, 60)),
        ({9: 5}, Repeats(0, 0, 0, 60)),
    ],
    ids=["first", "second", "third and second", "another area"],
)
def test_who_is_off_again(times: dict[int, int], wanted: Repeats) -> None:
    assert repeats(times, {1: 40, 2: 10, 3: 7}, DUTIES) == wanted
    assert wanted.any is (wanted.areas > 0)


@pytest.mark.parametrize(
    ("start", "adds", "wanted"),
    [("03-02 08:00", False, True), ("03-02 09:00", False, False), ("03-02 09:00", True, True), ("03-02 10:00", False, False)],
)  # fmt: skip
def test_a_change_that_is_harder_on_customers(start: str, adds: bool, wanted: bool) -> None:
    assert is_harder(NINE, at(start), adds_areas=adds) is wanted


@pytest.mark.parametrize(
    ("was", "wanted"),
    [(None, False), (NINE + timedelta(minutes=30), False), (NINE + timedelta(minutes=29), True), (NINE, True)],
)
def test_a_delay_is_told_half_an_hour_before(was: datetime | None, wanted: bool) -> None:
    assert is_notice_late(was, NINE, DUTIES) is wanted


def test_customer_hours() -> None:
    assert customer_hours(120, NINE, NINE + timedelta(minutes=90)) == 180.0


def test_what_the_desk_says_to_a_stopped_customer() -> None:
    assert stop_words(StopKind.ARREARS, NINE) == "欠费停电 3月2日 09:00起"
    assert "结清电费" in stop_answer(StopKind.ARREARS)
    assert "有序用电" in stop_answer(StopKind.ORDERLY)
    assert stop_answer(StopKind.THEFT) == stop_answer(StopKind.BREACH), "the desk accuses nobody"


WHOLE = {
    "poweroff_id": "TD-77", "start_time": "2026-03-02 08:00", "stop_date": "2026-03-02 18:00:00", "type_code": "计划停电",
    "poweroff_reason": "设备检修，更换开关", "devices": "线路:F1；台区：A2", "org_no": "420602",
}  # fmt: skip


def test_a_row_of_the_table() -> None:
    row = row_of({**WHOLE, "power_time": at("03-02 17:30").replace(tzinfo=None)})
    assert (row.source, row.kind, row.reason_code, row.reason) == (
        "95598:TD-77", Kind.PLANNED, "maintenance", "更换开关",
    )  # fmt: skip
    assert (row.starts_at, row.ends_at, row.restored_at) == (at("03-02 08:00"), at("03-02 18:00"), at("03-02 17:30"))
    assert row.devices == (("feeder", "F1"), ("area", "A2"))
    fault = row_of({**WHOLE, "type_code": "电网故障停限电", "stop_date": None, "poweroff_reason": "倒杆"})
    assert (fault.kind, fault.ends_at, fault.reason_code, fault.reason) == (Kind.FAULT, None, "unknown", "倒杆")
    assert row_of({**WHOLE, "type_code": "shortage"}).kind is Kind.SHORTAGE


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"poweroff_id": ""}, "row_incomplete"),
        ({"start_time": None}, "row_incomplete"),
        ({"stop_date": ""}, "row_incomplete"),
        ({"type_code": "客户窃电"}, "row_type_unknown"),
        ({"start_time": "明天"}, "row_moment"),
        ({"devices": "F1"}, "row_device"),
        ({"devices": "月球:F1"}, "row_device"),
    ],
)
def test_a_row_that_cant_be_read(more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        row_of({**WHOLE, **more})
    assert refusal.value.code == code


def test_the_columns_of_the_table_keep_their_order() -> None:
    assert list(HEADS)[:9] == [
        "poweroff_id", "app_no", "poweroff_scope", "start_time", "stop_date", "org_no", "type_code", "poweroff_area",
        "poweroff_reason",
    ]  # fmt: skip
