"""Plans and reports: whole impact, the unit that answers, what is known already."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from longzhong.dispatch.matters.models import Step
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow
from longzhong.register.org.rules import Role
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import Devices, Kind, NewPlan, NewReport, State
from longzhong.sensing.outages.services import opening
from tests.register.org.make import actor, city
from tests.register.policies.make import packs
from tests.sensing.outages.make import MACHINE, NOW, Place, a_place, at

pytestmark = pytest.mark.django_db
Open = Callable[[Place], Outage]


def refused(code: str, act: Callable[[], object]) -> Refused:
    before = Outage.objects.count(), Step.objects.count()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert (Outage.objects.count(), Step.objects.count()) == before
    return refusal.value


def test_a_plan_counts_areas_and_customers_once(place: Place) -> None:
    outage = place.plan("03-09 08:00", "03-09 18:00", feeders="F1", by=place.who("dept"), reason="更换2号杆开关")
    assert (outage.state, outage.kind, outage.title) == (State.ANNOUNCED, "planned", "10kV隆中一线")
    assert (outage.areas, outage.accounts, outage.important) == (3, 5, 1)
    assert outage.number == f"TD20260302{outage.pk:06d}"
    assert outage.expected_end_at == outage.planned_end == at("03-09 18:00")
    assert outage.unit_id == place.unit("420602"), "two stations: the county above them answers"
    rows = {row.area_id: row for row in outage.affected.all()}
    assert set(rows) == place.areas("A1", "A2", "A3")
    a2, a3 = (rows[place.net.areas[code]] for code in ("A2", "A3"))
    assert (a2.accounts, a2.special, a2.important) == (1, 1, 0)
    assert (a3.accounts, a3.important, a3.unit_id) == (2, 1, place.unit("42060202"))
    step = Step.objects.get(verb="plan")
    assert step.data["devices"] == [f"feeder:{place.net.feeders['F1']}"]
    assert "更换" not in str(step.data), "words of people are kept where they can be erased"
    fact = Fact.objects.get(name="OutageMoved").body
    assert (fact["outage_id"], fact["verb"], fact["state"]) == (outage.pk, "plan", "announced")


@pytest.mark.parametrize(
    ("devices", "codes"),
    [
        ({"sections": "S3"}, "A1"),
        ({"sections": "S2"}, "A1 A2 A3"),
        ({"sections": "S3 S4"}, "A1 A2"),
        ({"areas": "A2"}, "A2"),
        ({"areas": "A2", "sections": "S3"}, "A1 A2"),
        ({"sections": "S2", "kept": "S4"}, "A1 A3"),
        ({"feeders": "F1", "kept": "S3 S4"}, "A3"),
        ({"feeders": "F1", "kept": "S3", "areas": "A1"}, "A1 A2 A3"),
    ],
    ids=["leaf", "trunk", "two", "area", "both", "child kept", "feeder but two", "kept but named"],
)
def test_what_stands_behind_the_devices(place: Place, devices: dict[str, str], codes: str) -> None:
    outage = place.plan(**devices)  # type: ignore[arg-type]
    assert set(selectors.areas_of_outage(outage.pk)) == place.areas(*codes.split())


def test_a_child_switched_to_another_feeder_follows_its_new_supply(place: Place) -> None:
    network.keep_feeders(rows=[FeederRow("F2", "10kV檀溪线", "H1")], by=MACHINE, at=NOW)
    network.keep_sections(rows=[SectionRow("K1", "出线段", "F2")], by=MACHINE, at=NOW)
    network.keep_sections(rows=[SectionRow("S4", "支线", "F2", "K1")], by=MACHINE, at=NOW)
    behind = selectors.impact(place.off(sections="S2"), NOW.date())
    assert {one.area_id for one in behind.areas} == place.areas("A1", "A3")
    feeder = selectors.devices_by_code(MACHINE, [("feeder", "F2")])
    assert {one.area_id for one in selectors.impact(feeder, NOW.date()).areas} == place.areas("A2")


def test_a_whole_substation(place: Place) -> None:
    devices = selectors.devices_by_code(place.who("dept"), [("substation", "H1")])
    plan = NewPlan(
        kind=Kind.SHORTAGE, reason_code="orderly", devices=devices, starts_at=at("03-03 08:00"), ends_at=at("03-03 09:00")
    )  # fmt: skip
    outage = Outage.objects.get(pk=services.plan_outage(plan=plan, by=place.who("dept"), at=NOW))
    assert (outage.title, outage.areas) == ("110kV隆中变", 3)


def test_a_county_with_an_empty_network_registers_by_place(db: None) -> None:
    packs()
    here = city()
    desk = actor(Role.DESK, here.units["420602"])
    assert selectors.device_search(desk, "隆中") == []
    report = NewReport(place="西关路12号杆", unit_id=here.units["420602"])
    outage = Outage.objects.get(pk=services.report_outage(report=report, by=desk, at=NOW))
    assert (outage.areas, outage.accounts, outage.state) == (0, 0, State.REPORTED)
    services.confirm(outage_id=outage.pk, by=MACHINE, at=NOW)
    assert services.restore(outage_id=outage.pk, by=MACHINE, at=NOW).restored_at == NOW
    assert selectors.known_at([1], NOW) == {}


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("span_empty", lambda p: p.plan("03-03 18:00", "03-03 18:00", feeders="F1")),
        ("plan_over", lambda p: p.plan("03-01 08:00", "03-01 18:00", feeders="F1")),
        ("reason_unknown", lambda p: p.plan(feeders="F1", reason_code="weather")),
        ("reason_unknown", lambda p: p.plan(feeders="F1", kind=Kind.FAULT)),
        ("reason_unknown", lambda p: p.fault(feeders="F1", reason_code="orderly")),
        ("scope_missing", lambda p: p.plan(unit_id=p.unit("420602"))),
        ("unit_missing", lambda p: p.fault(place="西关路12号杆")),
        ("unit_not_yours", lambda p: p.plan(feeders="F1", unit_id=p.unit("420606"), by=p.who("dept"))),
        ("section_kept_and_off", lambda p: p.plan(sections="S2", kept="S2")),
        ("device_unknown", lambda p: p.plan(feeders="F1", by=p.who("station", "420606"))),
        ("not_allowed", lambda p: p.plan(feeders="F1", by=p.who("desk"))),
        ("not_allowed", lambda p: p.fault(feeders="F1", by=p.who("leader"), confirmed=False)),
        ("not_allowed", lambda p: p.fault(feeders="F1", by=p.who("desk"))),
        ("time_out_of_order", lambda p: p.fault(feeders="F1", started_at=NOW + timedelta(minutes=1))),
        ("time_out_of_order", lambda p: p.fault(feeders="F1", expected_end_at=NOW - timedelta(hours=1))),
        ("personal_data_in_text", lambda p: p.fault(feeders="F1", reason="找张师傅13800138001")),
        ("personal_data_in_text", lambda p: p.fault(place="联系 138-0013-8001", feeders="F1")),
    ],
)  # fmt: skip
def test_what_isnt_registered(place: Place, code: str, act: Open) -> None:
    refused(code, lambda: act(place))


def test_a_person_reports_and_somebody_on_the_line_confirms(place: Place) -> None:
    outage = place.fault(sections="S3", by=place.who("desk"), confirmed=False, place="西关路12号杆")
    assert (outage.state, outage.confirmed_at, outage.started_at) == (State.REPORTED, None, NOW)
    assert outage.unit_id == place.unit("42060201"), "all its areas are one station's"
    assert place.fault(areas="A3", by=place.who("crew")).state == State.RUNNING


def test_by_words_only_it_belongs_to_the_unit_of_who_says_it(place: Place) -> None:
    outage = place.fault(place="西关路12号杆", by=place.who("station", "42060201"), confirmed=False)
    assert (outage.title, outage.unit_id, outage.areas) == ("西关路12号杆", place.unit("42060201"), 0)
    assert selectors.visible_to(place.who("desk")).filter(pk=outage.pk).exists()


def test_a_station_plans_for_a_line_that_feeds_others_too(place: Place) -> None:
    outage = place.plan(feeders="F1", by=place.who("station", "42060202"))
    assert outage.unit_id == place.unit("42060202")
    assert outage.areas == 3


def test_the_same_feeder_twice_names_the_known_outage(place: Place) -> None:
    known = place.fault(feeders="F1")
    for again in ({"feeders": "F1"}, {"sections": "S3"}, {"areas": "A2"}):
        refusal = refused("outage_known", lambda more=again: place.fault(by=place.who("desk"), confirmed=False, **more))
        assert refusal.facts == {"outage": known.pk, "number": known.number}
        assert str(known.number) in refusal.message
    assert refused("outage_known", lambda: place.fault(feeders="F1", apart=True)), "the device itself stays one"
    apart = place.fault(areas="A2", apart=True)
    assert {row.outage_id for row in Affected.objects.filter(area=place.net.areas["A2"])} == {known.pk, apart.pk}


def test_a_running_plan_explains_a_fault_too_but_not_a_wider_one(place: Place) -> None:
    plan = place.plan("03-02 08:00", sections="S3")
    assert place.fault(areas="A1").state == State.RUNNING, "announced isn't off"
    services.withdraw(outage_id=Outage.objects.latest("id").pk, reason="误报", by=MACHINE, at=NOW)
    services.start(outage_id=plan.pk, by=MACHINE, at=NOW)
    assert refused("outage_known", lambda: place.fault(areas="A1")).facts["outage"] == plan.pk
    assert place.fault(feeders="F1").areas == 3


def test_a_device_is_free_again_when_its_fault_is_over(place: Place) -> None:
    first = place.fault(feeders="F1")
    services.restore(outage_id=first.pk, by=MACHINE, at=NOW + timedelta(hours=1))
    assert place.fault(feeders="F1", when=NOW + timedelta(hours=2)).pk != first.pk
    assert Scope.objects.filter(holds=True).count() == 1


def test_two_reports_in_the_same_moment_are_one_outage(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    known = place.fault(feeders="F1")
    real, calls = opening._on_devices, []

    def blind_at_first(devices: Devices) -> Outage | None:
        calls.append(devices)
        return None if len(calls) == 1 else real(devices)

    monkeypatch.setattr(opening, "_on_devices", blind_at_first)
    monkeypatch.setattr(opening, "_explaining", lambda _ids: None)
    assert refused("outage_known", lambda: place.fault(feeders="F1")).facts["outage"] == known.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Scope.objects.create(
            outage=place.plan(areas="A1"), kind="feeder", object_id=place.net.feeders["F1"], holds=True
        )


def test_one_source_has_one_live_outage(place: Place) -> None:
    first = place.fault(areas="A1", source="hotline.case:7")
    assert place.fault(areas="A2", source="hotline.case:7").pk == first.pk
    services.withdraw(outage_id=first.pk, reason="客户表后故障", by=MACHINE, at=NOW)
    second = place.fault(areas="A1", source="hotline.case:7")
    assert [row[0] for row in selectors.outages_of_source("hotline.case:7")] == [second.pk, first.pk]
    plan = place.plan(areas="A1", source="workorders.order:9")
    assert place.plan(areas="A1", source="workorders.order:9").pk == plan.pk


def test_a_client_key_registers_once(place: Place) -> None:
    plan = NewPlan(
        kind=Kind.PLANNED, reason_code="maintenance", devices=place.off(feeders="F1"), starts_at=at("03-09 08:00"),
        ends_at=at("03-09 18:00"),
    )  # fmt: skip
    ids = {services.open_once(what=plan, key="same-key-1", by=place.who("dept"), at=NOW) for _ in range(2)}
    assert len(ids) == Outage.objects.count() == 1


def test_many_areas_cost_as_many_statements_as_few(place: Place) -> None:
    rows = [AreaRow(f"N{n:04}", f"新台区{n}", 200, section_code="S3", grid_code="G1") for n in range(600)]
    network.keep_areas(rows=rows, by=MACHINE, at=NOW)
    counted = []
    for number, codes in enumerate(("S4", "S3")):
        with CaptureQueriesContext(connection) as asked:
            outage = place.fault(sections=codes, when=NOW + timedelta(minutes=number))
        counted.append(len(asked))
    assert outage.areas == 601
    assert counted[0] == counted[1] <= 40, counted


@pytest.mark.django_db(transaction=True)
def test_four_desks_report_one_feeder_at_once() -> None:
    place, said = a_place(), list[str]()

    def report() -> None:
        try:
            place.fault(feeders="F1", by=place.who("desk"), confirmed=False)
            said.append("registered")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    desks = [threading.Thread(target=report) for _ in range(4)]
    [desk.start() for desk in desks]
    [desk.join(60) for desk in desks]
    assert sorted(said) == ["outage_known"] * 3 + ["registered"]
    assert (Outage.objects.count(), Affected.objects.count()) == (1, 3)
