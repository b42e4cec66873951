"""The pool while it lives: merging, promised ends, writing back, a network that changes, fault places, stops, the 95598 table."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as clocks
from longzhong.dispatch.matters.models import Clock, Escalation, Step
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.customers.selectors import account_ids
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow
from longzhong.sensing.outages import jobs, selectors, services
from longzhong.sensing.outages.models import Affected, FaultNote, Outage, Scope, Stop
from longzhong.sensing.outages.rules import Given, Kind, NewFault, NewStop, PastOutage, State, StopKind
from tests.dispatch.workorders.make import photo
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db
TEN, NOON, SIX = at("03-02 10:00"), at("03-02 12:00"), at("03-02 18:00")


def refused(code: str, act: Callable[[], object]) -> Refused:
    def standing() -> object:
        rows = [list(kind.objects.order_by("id").values()) for kind in (Outage, Affected, Scope, FaultNote, Stop)]
        return rows, Step.objects.count(), Fact.objects.count(), Clock.objects.count()

    before = standing()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert standing() == before
    return refusal.value


def texts(outage: Outage) -> list[str]:
    return [entry.text for entry in matters.timeline(selectors.label(outage.pk))]


# ---- merging ----


def merged(keeper: Outage, other: Outage, **more: object) -> Outage:
    step = {"outage_id": keeper.pk, "other_id": other.pk, "reason": "同一检修窗口", "by": MACHINE, "at": TEN}
    return services.absorb(**{**step, **more})  # type: ignore[arg-type]


def test_two_plans_of_a_line_become_one(place: Place) -> None:
    keeper = place.plan("03-10 08:00", "03-10 18:00", sections="S3", by=place.who("dept"))
    other = place.plan("03-12 08:00", "03-12 12:00", sections="S4")
    assert [one.id for one in selectors.absorbable(keeper)] == [other.pk]
    kept = merged(keeper, other, by=place.who("dept"))
    assert (kept.state, kept.areas, kept.accounts) == (State.ANNOUNCED, 2, 3)
    assert {one.name for one in selectors.devices_of_outage(keeper.pk)} == {"10kV隆中一线 3号杆", "10kV隆中一线 支线"}
    other.refresh_from_db()
    assert (other.state, other.merged_into_id, other.closed_at) == (State.MERGED, keeper.pk, TEN)
    assert selectors.standing(other.pk) == selectors.standing(keeper.pk), (
        "what was told under its label leads to the keeper"
    )
    assert selectors.known_at([place.net.areas["A2"]], at("03-09 09:00"))[place.net.areas["A2"]][0].id == keeper.pk
    assert f"接收 {other.number}" in texts(keeper)[0]
    assert f"并入 {keeper.number}" in texts(other)[0]
    assert "同一检修窗口" in texts(other)[0]
    verbs = [fact.body["verb"] for fact in Fact.objects.order_by("-id")[:2]]
    assert verbs == ["absorb", "merge"]


def test_plans_merge_only_while_the_new_customers_can_be_told(place: Place) -> None:
    keeper, other = (
        place.plan("03-04 08:00", sections="S3", ends="03-04 18:00"),
        place.plan("03-12 08:00", "03-12 12:00", areas="A2"),
    )
    refused("notice_too_short", lambda: merged(keeper, other))
    same = place.plan("03-05 08:00", "03-05 12:00", areas="A1")
    assert merged(keeper, same).areas == 1, "they know that day already"


def test_two_reports_of_one_fault_become_one(place: Place) -> None:
    wide = place.fault(feeders="F1", when=TEN)
    first = place.fault(areas="A1", when=NOW, apart=True, expected_end_at=NOON)
    services.restore(
        outage_id=wide.pk, area_ids=[place.net.areas["A2"], place.net.areas["A1"]], by=MACHINE, at=at("03-02 10:30")
    )
    kept = merged(wide, first, at=at("03-02 11:00"))
    assert (kept.state, kept.started_at, kept.expected_end_at) == (State.PARTLY, NOW, NOON)
    assert selectors.areas_of_outage(wide.pk, still_out=True) == tuple(sorted(place.areas("A1", "A3"))), (
        "one says: still off"
    )
    held = Scope.objects.filter(holds=True).values_list("kind", "outage_id")
    assert set(held) == {("feeder", wide.pk), ("area", wide.pk)}
    known = selectors.known_at([place.net.areas["A1"]], at("03-02 11:00"))[place.net.areas["A1"]]
    assert [card.id for card in known] == [wide.pk]


@pytest.mark.parametrize("case", ["itself", "kinds", "stages", "unconfirmed", "gone", "reason", "strange", "desk"])
def test_what_cant_be_merged(place: Place, case: str) -> None:
    plan, fault = place.plan("03-10 08:00", "03-10 18:00", areas="A1"), place.fault(areas="A2")
    said, other = place.fault(areas="A3", confirmed=False), place.plan("03-12 08:00", "03-12 18:00", areas="A1")
    soon = place.plan(
        "03-11 08:00", "03-11 18:00", areas="A1", kind=Kind.TEMPORARY, reason_code="urgent_defect", exemption=""
    )
    if case == "gone":
        services.cancel(outage_id=other.pk, reason="雨", by=MACHINE, at=NOW)
    tries: dict[str, tuple[str, Callable[[], object]]] = {
        "itself": ("merge_unlike", lambda: merged(plan, plan)),
        "kinds": ("merge_unlike", lambda: merged(plan, soon)),
        "stages": ("merge_unlike", lambda: merged(plan, fault)),
        "unconfirmed": ("merge_unlike", lambda: merged(said, fault)),
        "gone": ("wrong_state", lambda: merged(plan, other)),
        "reason": ("reason_missing", lambda: merged(plan, other, reason=" ")),
        "strange": ("not_found", lambda: merged(plan, other, by=place.who("station", "420606"))),
        "desk": ("not_allowed", lambda: merged(plan, other, by=place.who("desk"))),
    }
    refused(*tries[case])


# ---- the promised end and the writing back ----


def delay_clocks(outage: Outage) -> list[tuple[str, str]]:
    rows = Clock.objects.filter(matter=selectors.label(outage.pk), name="delay_notice").order_by("id")
    return [(row.state, row.verdict) for row in rows]


def test_a_promised_end_that_passes_untold_is_an_alarm(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    clock = Clock.objects.get(matter=selectors.label(outage.pk))
    assert (clock.name, clock.due_at, clock.unit_id) == ("delay_notice", NOON, outage.unit_id)
    clocks.sweep(by=MACHINE, at=NOON + timedelta(minutes=1))
    assert Escalation.objects.filter(clock=clock, kind="late").count() == 1
    assert Fact.objects.filter(name="ClockLate").count() == 1
    later = {"outage_id": outage.pk, "expected_end_at": at("03-02 14:00"), "reason": "缺备件"}
    services.change_expected(**later, by=MACHINE, at=at("03-02 12:05"))
    assert delay_clocks(outage) == [("stopped", "late"), ("running", "open")]
    services.restore(outage_id=outage.pk, by=MACHINE, at=at("03-02 13:50"))
    assert delay_clocks(outage) == [("stopped", "late"), ("stopped", "met")]


def test_a_delay_told_in_time_is_no_alarm_and_one_told_late_is_counted(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    change = {"outage_id": outage.pk, "reason": "缺备件", "by": MACHINE}
    services.change_expected(**change, expected_end_at=at("03-02 13:00"), at=at("03-02 11:30"))
    assert delay_clocks(outage) == [("stopped", "met"), ("running", "open")]
    late = services.change_expected(**change, expected_end_at=at("03-02 14:00"), at=at("03-02 12:31"))
    assert (late.delays, late.late_notices) == (2, 1)
    assert "延迟公告晚于规定时间" in texts(late)[0]
    assert "延迟公告晚于规定时间" not in texts(late)[1]


def test_the_crew_is_asked_once_shortly_before_each_promised_end(place: Place) -> None:
    outage = place.fault(feeders="F1", expected_end_at=NOON)
    place.fault(areas="A3", apart=True)
    ask = {"outage_id": outage.pk, "by": MACHINE}
    assert selectors.ends_to_ask(at("03-02 11:29")) == []
    assert not services.ask_end(**ask, at=at("03-02 11:29"))
    assert selectors.ends_to_ask(at("03-02 11:30")) == [outage.pk]
    assert [services.ask_end(**ask, at=at("03-02 11:30")) for _ in range(2)] == [True, False]
    assert selectors.ends_to_ask(at("03-02 11:45")) == []
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["end_near", "report"]
    services.change_expected(outage_id=outage.pk, expected_end_at=SIX, reason="x", by=MACHINE, at=at("03-02 11:50"))
    assert selectors.ends_to_ask(at("03-02 17:45")) == [outage.pk]
    services.restore(outage_id=outage.pk, by=MACHINE, at=at("03-02 17:46"))
    assert not services.ask_end(**ask, at=at("03-02 17:50"))


def test_reports_and_plans_have_no_promised_end_to_watch(place: Place) -> None:
    said = place.fault(areas="A1", confirmed=False, expected_end_at=NOON)
    plan = place.plan("03-02 08:00", "03-02 18:00", areas="A2")
    assert delay_clocks(said) == delay_clocks(plan) == []
    services.confirm(outage_id=said.pk, by=MACHINE, at=TEN)
    services.start(outage_id=plan.pk, by=MACHINE, at=TEN)
    assert delay_clocks(said) == delay_clocks(plan) == [("running", "open")]
    services.withdraw(outage_id=said.pk, reason="误报", by=MACHINE, at=TEN)
    assert delay_clocks(said) == [("stopped", "met")]


def test_meters_say_that_it_is_back_and_somebody_writes_it_down_in_time(place: Place) -> None:
    outage = place.fault(feeders="F1")
    seen = {"outage_id": outage.pk, "by": MACHINE}
    for minute in (0, 3):
        services.power_seen(**seen, at=TEN + timedelta(minutes=minute))
    clock = Clock.objects.get(name="write_back")
    assert clock.due_at == TEN + timedelta(minutes=10)
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["power_seen", "report"]
    services.restore(outage_id=outage.pk, restored_at=TEN, by=MACHINE, at=at("03-02 10:09"))
    clock.refresh_from_db()
    assert (clock.state, clock.verdict) == ("stopped", "met")
    assert "才回填" not in texts(outage)[0]
    refused("wrong_state", lambda: services.power_seen(**seen, at=NOON))


def test_people_dont_speak_for_meters_and_what_is_written_late_says_so(place: Place) -> None:
    outage = place.fault(feeders="F1")
    refused("not_allowed", lambda: services.power_seen(outage_id=outage.pk, by=place.who("crew"), at=TEN))
    services.restore(outage_id=outage.pk, restored_at=TEN, by=MACHINE, at=at("03-02 10:11"))
    assert "送电 11 分钟后才回填" in texts(outage)[0]


# ---- the network changes ----


def test_a_live_outage_follows_the_network_and_tells_it_once(place: Place) -> None:
    plan = place.plan("03-10 08:00", "03-10 18:00", sections="S3")
    fault = place.fault(sections="S4")
    network.keep_areas(rows=[AreaRow("A9", "新台区", 200, section_code="S3", grid_code="G1")], by=MACHINE, at=TEN)
    network.keep_feeders(rows=[FeederRow("F2", "10kV檀溪线", "H1")], by=MACHINE, at=TEN)
    network.keep_sections(rows=[SectionRow("K1", "出线段", "F2")], by=MACHINE, at=TEN)
    network.keep_areas(rows=[AreaRow("A2", "隆中二台区", 200, section_code="K1")], by=MACHINE, at=TEN)
    assert selectors.live_with_devices() == [plan.pk, fault.pk]
    done = [services.recheck_impact(outage_id=one.pk, by=MACHINE, at=NOON) for one in (plan, fault) for _ in range(2)]
    assert done == [True, False, True, False]
    plan.refresh_from_db()
    fault.refresh_from_db()
    assert (plan.areas, plan.accounts) == (2, 2)
    assert "新增 1 个台区，移出 0 个台区" in texts(plan)[0]
    row = Affected.objects.get(outage=fault)
    assert (row.restored_at, fault.state) == (NOON, State.RUNNING), "supplied from elsewhere; a person ends the outage"
    assert services.restore(outage_id=fault.pk, by=MACHINE, at=NOON).state == State.RESTORED
    assert not services.recheck_impact(outage_id=fault.pk, by=MACHINE, at=SIX)


def test_new_customers_and_another_station_are_noticed_and_a_plan_loses_areas(place: Place) -> None:
    plan = place.plan("03-10 08:00", "03-10 18:00", sections="S3 S4")
    row = AccountRow(code="4200000000009", name="诸葛均", area_code="A1", town="檀溪街道", priority="sensitive")
    customers.keep_accounts(rows=[row], by=MACHINE, at=TEN)
    network.assign_area_grid(
        area_id=place.net.areas["A1"], grid_id=place.net.city.grids["G2"], from_on=date(2026, 3, 2), by=MACHINE, at=TEN
    )
    network.keep_areas(rows=[AreaRow("A2", "隆中二台区", 200, section_code="S1")], by=MACHINE, at=TEN)
    jobs.recheck_impacts()
    plan.refresh_from_db()
    assert (plan.areas, plan.accounts, plan.households, plan.sensitive) == (1, 3, 3, 1)
    assert Affected.objects.get(outage=plan).unit_id == place.unit("42060202")
    assert "原 3 户；新增 0 个台区，移出 1 个台区" in texts(plan)[0]


def test_the_jobs_do_it_by_themselves(place: Place) -> None:
    outage = place.fault(areas="A1", when=at("03-02 08:00"), expected_end_at=at("03-02 09:20"))
    for _ in range(2):
        jobs.ask_ends()
        jobs.recheck_impacts()
    assert [step.verb for step in matters.steps(selectors.label(outage.pk))] == ["end_near", "report"]


# ---- where faults were found ----


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


# ---- stops of single accounts ----


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
    assert not Fact.objects.exists()
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


# ---- the table of 95598 ----

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
