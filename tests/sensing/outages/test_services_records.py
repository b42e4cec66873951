"""What is written down about outages: fault places, stops of single customers, the 95598 table, what lies in the past."""

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.models import Fact
from longzhong.register.customers.selectors import account_ids
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Affected, FaultNote, Outage, Scope
from longzhong.sensing.outages.rules import Given, Kind, NewFault, NewStop, PastOutage, State, StopKind
from tests.dispatch.workorders.make import photo
from tests.sensing.outages.make import MACHINE, NOW, Place, at, refused, texts

pytestmark = pytest.mark.django_db


TEN, NOON, SIX = at("03-02 10:00"), at("03-02 12:00"), at("03-02 18:00")


def found(outage: Outage, pole: str = "12号杆", cause: str = "lightning", **more: object) -> Outage:
    fault = NewFault(**{"pole": pole, "cause": cause, **more})  # type: ignore[arg-type]
    return services.locate_fault(outage_id=outage.pk, fault=fault, by=MACHINE, at=TEN)


def test_a_fault_place_with_its_photo_enters_the_library(place: Place) -> None:
    outage = place.fault(feeders="F1", by=place.who("crew"))
    fault = NewFault(pole="12号杆", cause="lightning", note="绝缘子击穿", lat=32.0, lon=112.1)
    step = {"outage_id": outage.pk, "verb": "locate", "given": Given(fault=fault), "photos": [photo()]}
    for _ in range(2):
        services.take_step(**step, key="locate-key-1", by=place.who("crew"), at=TEN)
    outage.refresh_from_db()
    assert (outage.reason_code, outage.fault_place, outage.state) == ("lightning", "12号杆", State.RUNNING)
    row = selectors.fault_notes(place.who("crew")).get()
    assert (row.feeder_id, row.photos, row.repeats, row.on_line) == (place.net.feeders["F1"], 1, 1, 1)
    assert len(matters.steps(selectors.label(outage.pk))[0].files) == 1
    assert "照片 1 张" in texts(outage)[0]
    assert "12号杆" in texts(outage)[0]
    services.restore(outage_id=outage.pk, by=MACHINE, at=NOON)
    assert found(outage, "13号杆").state == State.RESTORED, "it may be found when the power is back"


def test_what_comes_back_on_a_pole_and_a_line(place: Place) -> None:
    made = [place.fault(areas=code) for code in ("A1", "A2", "A3")]
    for outage in made[:2]:
        found(outage)
    found(made[2], "40号杆")
    found(made[2], "41号杆", "animal")
    rows = {(row.outage_id, row.pole): (row.repeats, row.on_line) for row in selectors.fault_notes(MACHINE)}
    assert rows[(made[0].pk, "12号杆")] == rows[(made[1].pk, "12号杆")] == (2, 3)
    assert rows[(made[2].pk, "40号杆")] == (1, 3)
    assert rows[(made[2].pk, "41号杆")] == (1, 1)
    found(made[2], "42号杆")
    (line,) = selectors.storm_lines(MACHINE, NOW)
    assert (line.name, line.faults, line.accounts, line.last) == ("10kV隆中一线", 3, 5, TEN)
    assert selectors.storm_lines(MACHINE, NOON) == []
    assert selectors.fault_notes(place.who("station", "42060202")).count() == 3, "their own area's only"


def test_what_isnt_a_fault_place(place: Place) -> None:
    outage, plan = place.fault(areas="A1"), place.plan("03-02 08:00", areas="A2")
    services.start(outage_id=plan.pk, by=MACHINE, at=NOW)
    found(outage)
    refused("fault_known", lambda: found(outage))
    refused("fault_unclear", lambda: found(outage, " "))
    refused("fault_unclear", lambda: found(outage, cause="orderly"))
    refused("line_not_affected", lambda: found(outage, "13号杆", feeder_id=10**9))
    refused("not_a_fault", lambda: found(plan))
    refused("personal_data_in_text", lambda: found(outage, "13号杆", note="找张师傅13800138001"))
    desk = {"outage_id": outage.pk, "fault": NewFault(pole="1", cause="tree"), "by": place.who("desk"), "at": TEN}
    refused("not_allowed", lambda: services.locate_fault(**desk))
    step = {
        "outage_id": outage.pk,
        "verb": "locate",
        "given": Given(),
        "key": "locate-key-9",
        "by": place.who("crew"),
        "at": TEN,
    }
    refused("field_missing", lambda: services.take_step(**step))
    nowhere = place.fault(place="西关路", unit_id=place.unit("420602"))
    assert found(nowhere).pk == nowhere.pk
    assert FaultNote.objects.get(outage=nowhere).feeder_id is None


def stopped(place: Place, **more: object) -> int:
    wanted = {"account_id": account(), "kind": StopKind.ARREARS, "source": "disconnections.case:7", "stopped_at": NOW}
    return services.record_stop(stop=NewStop(**{**wanted, **more}), by=MACHINE, at=TEN)  # type: ignore[arg-type]


def account(code: str = "4200000000001") -> int:
    return account_ids([code])[code]


def test_a_stop_is_told_to_its_customer_and_to_nobody_else(place: Place) -> None:
    stop_id, a1 = stopped(place), place.net.areas["A1"]
    assert stopped(place) == stop_id, "one stop a decision"
    mine, other = account(), account("4200000000002")
    known = selectors.known_of_account(place.who("desk"), mine, a1, TEN)
    assert [card.words for card in known.stops] == ["欠费停电 3月2日 09:00起"]
    assert "结清电费" in known.stops[0].answer
    assert selectors.known_of_account(place.who("desk"), other, a1, TEN).stops == ()
    assert selectors.known_of_account(place.who("leader"), mine, a1, TEN).stops == ()
    assert selectors.known_of_account(place.who("desk", "420606"), mine, a1, TEN).stops == ()
    assert selectors.known_at([a1], TEN) == {}, "the neighbours have power, and learn nothing"
    assert not Fact.objects.exclude(name="PostsMoved").exists()
    services.lift_stop(source="disconnections.case:7", by=MACHINE, at=NOON)
    assert selectors.known_of_account(place.who("desk"), mine, a1, NOON).stops == ()
    entries = matters.timeline(selectors.stop_label(stop_id))
    assert [entry.title for entry in entries] == ["恢复供电", "登记营销停电"]
    assert selectors.stop_title(stop_id) == "欠费停电"
    assert selectors.stop_title(10**9) == ""
    outage = place.fault(areas="A1")
    assert [card.id for card in selectors.known_of_account(place.who("desk"), mine, a1, NOON).outages] == [outage.pk]


def test_what_isnt_a_stop(place: Place) -> None:
    stopped(place)
    refused("stop_known", lambda: stopped(place, source="disconnections.case:8"))
    refused("source_missing", lambda: stopped(place, source=""))
    refused("not_found", lambda: stopped(place, source="x:9", account_id=10**9))
    refused("time_out_of_order", lambda: stopped(place, source="x:9", kind=StopKind.THEFT, stopped_at=NOON))
    refused("not_found", lambda: services.lift_stop(source="x:404", by=MACHINE, at=NOON))
    services.lift_stop(source="disconnections.case:7", by=MACHINE, at=NOON)
    refused("already_restored", lambda: services.lift_stop(source="disconnections.case:7", by=MACHINE, at=NOON))
    new = NewStop(account_id=account(), kind=StopKind.THEFT, source="x:9", stopped_at=NOW)
    refused("not_allowed", lambda: services.record_stop(stop=new, by=place.who("desk"), at=TEN))


BASE = {"type_code": "电网故障停限电", "start_time": "2026-03-01 08:00", "stop_date": "2026-03-01 12:00"}


def sheet(place: Place, *rows: dict[str, object], by: object = None) -> services.SheetReport:
    numbered = [(n + 2, {**BASE, **row}) for n, row in enumerate(rows)]
    return services.keep_sheet(rows=numbered, by=by or place.who("dept"), at=NOW)  # type: ignore[arg-type]


def test_a_table_is_taken_in_row_by_row(place: Place) -> None:
    past = {
        "poweroff_id": "P1",
        "power_time": "2026-03-01 11:30",
        "devices": "线路:F1",
        "poweroff_reason": "雷击，12号杆",
    }
    now = {"poweroff_id": "P2", "start_time": "2026-03-02 08:30", "stop_date": "2026-03-02 11:00", "devices": "台区:A2"}
    plan = {"poweroff_id": "P3", "type_code": "计划停电", "start_time": "2026-03-10 08:00", "stop_date": "2026-03-10 18:00",
            "devices": "线段:S3"}  # fmt: skip
    late = {**plan, "poweroff_id": "P4", "start_time": "2026-03-04 08:00", "stop_date": "2026-03-04 18:00"}
    odd = {**plan, "poweroff_id": "P5", "devices": "线路:XX"}
    asked = {**late, "poweroff_id": "P6", "exemption": "抢险"}
    report = sheet(place, past, now, plan, late, odd, asked, {"poweroff_id": ""})
    assert (report.new, report.known) == (4, 0)
    assert [(row.number, row.code) for row in report.refused] == [
        (5, "notice_too_short"), (6, "device_unknown"), (8, "row_incomplete"),
    ]  # fmt: skip
    rows = {row.source: row for row in Outage.objects.all()}
    assert {source: row.state for source, row in rows.items()} == {
        "95598:P1": "restored", "95598:P2": "running", "95598:P3": "announced", "95598:P6": "asked",
    }  # fmt: skip
    assert (rows["95598:P1"].reason_code, rows["95598:P1"].areas) == ("lightning", 3)
    assert selectors.areas_out_at(at("03-01 09:00")) == place.areas("A1", "A2", "A3")
    assert not Scope.objects.filter(outage=rows["95598:P1"], holds=True).exists()
    again = sheet(place, past, now, plan, {**late, "poweroff_id": rows["95598:P3"].number})
    assert (again.new, again.known, again.refused) == (0, 4, ())


def test_the_table_comes_out_as_it_went_in(place: Place) -> None:
    sheet(
        place,
        {"poweroff_id": "P1", "power_time": "2026-03-01 11:30", "devices": "线路:F1；台区:A2", "org_no": "420602"},
    )
    place.plan("03-10 08:00", "03-10 18:00", sections="S3")
    gone = place.fault(areas="A3")
    services.withdraw(outage_id=gone.pk, reason="误报", by=MACHINE, at=NOW)
    rows = list(selectors.sheet_rows(place.who("dept"), at("03-01 00:00"), at("03-31 00:00")))
    assert [row["poweroff_id"] for row in rows] == ["P1", Outage.objects.get(kind="planned").number]
    first = rows[0]
    assert (first["devices"], first["org_no"], first["type_code"]) == ("线路:F1；台区:A2", "420602", "电网故障停限电")
    assert (first["start_time"], first["power_time"]) == (at("03-01 08:00"), at("03-01 11:30"))
    assert str(first["poweroff_scope"]).startswith("隆中一台区、")
    assert list(selectors.sheet_rows(place.who("dept"), at("03-20 00:00"), at("03-31 00:00"))) == []


def test_what_isnt_recorded_afterwards(place: Place) -> None:
    usual = {"kind": Kind.FAULT, "reason_code": "tree", "started_at": NOW, "restored_at": TEN, "source": "old:1",
             "devices": place.off(areas="A1")}  # fmt: skip

    def record(by: object = MACHINE, **more: object) -> int:
        return services.record_outage(past=PastOutage(**{**usual, **more}), by=by, at=NOON)  # type: ignore[arg-type]

    refused("not_allowed", lambda: record(by=place.who("desk")))
    refused("reason_unknown", lambda: record(reason_code="orderly"))
    refused("time_out_of_order", lambda: record(restored_at=SIX))
    refused("time_out_of_order", lambda: record(started_at=TEN, restored_at=NOW))
    refused("not_allowed", lambda: sheet(place, {"poweroff_id": "P1"}, by=place.who("desk")))
    first = record()
    assert record() == first
    assert Affected.objects.get(outage=first).restored_at == TEN
