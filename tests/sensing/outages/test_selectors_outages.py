"""What the desk knows, who sees what, and which outages meet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.register.customers.selectors import accounts_of_areas
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.rules import Kind, Span, State
from tests.register.policies.make import change
from tests.register.policies.make import security as security_of
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db
TEN, NOON = at("03-02 10:00"), at("03-02 12:00")


def test_running_first_then_plans_then_what_just_came_back(place: Place) -> None:
    a1, a2 = place.net.areas["A1"], place.net.areas["A2"]
    back = place.fault(areas="A1")
    services.restore(outage_id=back.pk, by=MACHINE, at=TEN)
    plan = place.plan("03-03 08:00", sections="S3")
    place.plan("03-05 08:00", "03-05 18:00", sections="S3")
    running = place.fault(feeders="F1", when=TEN, expected_end_at=NOON, reason_code="outside")
    with CaptureQueriesContext(connection) as asked:
        known = selectors.known_at([a1, a2], TEN + timedelta(minutes=30))
    assert len(asked) <= 3
    assert [card.id for card in known[a1]] == [running.pk, plan.pk, back.pk]
    assert [(card.running, card.planned, card.restored) for card in known[a1]] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert [card.id for card in known[a2]] == [running.pk]
    assert known[a1][0].words == "故障停电 10kV隆中一线 10:00–12:00，预计12:00恢复"
    assert "因外力破坏停电" in selectors.answer_words(known[a1][0])
    assert "预计12:00恢复供电" in selectors.answer_words(known[a1][0])
    assert known[a1][0].url == f"/outages/{running.pk}/"
    later = selectors.known_at([a1], NOON + timedelta(minutes=1))
    assert [card.id for card in later[a1]] == [running.pk, plan.pk], "two hours after it came back nobody asks"
    assert later[a1][0].overdue


def test_how_far_ahead_is_a_policy_and_may_be_asked_otherwise(place: Place) -> None:
    a1 = place.net.areas["A1"]
    plan = place.plan("03-05 08:00", "03-05 18:00", sections="S3")
    assert selectors.known_at([a1], NOW) == {}
    assert [card.id for card in selectors.known_at([a1], NOW, ahead_hours=96)[a1]] == [plan.pk]
    change("outages.known_ahead_h", 72, by=security_of(*place.net.city.units.values()), edition="")
    assert [card.id for card in selectors.known_at([a1], NOW)[a1]] == [plan.pk]


def test_an_area_restored_in_part_is_told_as_back_while_the_others_wait(place: Place) -> None:
    outage, a1, a2 = place.fault(feeders="F1"), place.net.areas["A1"], place.net.areas["A2"]
    services.restore(outage_id=outage.pk, area_ids=[a1], by=MACHINE, at=TEN)
    known = selectors.known_at([a1, a2], TEN)
    assert (known[a1][0].restored, known[a1][0].running) == (True, False)
    assert (known[a2][0].restored, known[a2][0].running) == (False, True)
    assert "已恢复供电" in selectors.answer_words(known[a1][0])


def test_a_report_is_told_as_unconfirmed_and_a_withdrawn_one_not_at_all(place: Place) -> None:
    a1 = place.net.areas["A1"]
    outage = place.fault(areas="A1", confirmed=False)
    card = selectors.known_at([a1], NOW)[a1][0]
    assert (card.confirmed, card.state) == (False, State.REPORTED)
    assert "正在核实" in selectors.answer_words(card)
    assert selectors.areas_out_at(NOW) == frozenset(), "nobody has confirmed it"
    services.withdraw(outage_id=outage.pk, reason="误报", by=MACHINE, at=NOW)
    assert selectors.known_at([a1], NOW) == {}


def test_a_plan_whose_time_has_come_but_that_nobody_started_is_asked_about(place: Place) -> None:
    place.plan("03-02 08:00", "03-02 11:00", areas="A1")
    a1 = place.net.areas["A1"]
    assert "现场是否已停电我们正在核实" in selectors.known_at([a1], TEN)[a1][0].answer
    assert selectors.known_at([a1], NOON) == {}


@pytest.mark.parametrize(
    ("role", "unit", "seen"),
    [
        ("desk", "420602", {"f1", "a1", "a3"}),
        ("station", "42060201", {"f1", "a1"}),
        ("station", "42060202", {"f1", "a3"}),
        ("leader", "4206", {"f1", "a1", "a3"}),
        ("quality", "420606", set()),
        ("security", "420602", set()),
    ],
)
def test_who_sees_which(place: Place, role: str, unit: str, seen: set[str]) -> None:
    made = {"f1": place.plan(feeders="F1"), "a1": place.fault(areas="A1"), "a3": place.fault(areas="A3")}
    found = set(selectors.board(place.who(role, unit)).values_list("pk", flat=True))
    assert found == {made[key].pk for key in seen}
    for key, outage in made.items():
        assert selectors.is_visible(place.who(role, unit), outage.pk) is (key in seen)
        if key not in seen:
            with pytest.raises(Refused, match="没有这次停电"):
                selectors.outage_of(place.who(role, unit), outage.pk, NOW)


def test_a_grid_manager_sees_what_touches_the_cell(place: Place) -> None:
    units, cell = frozenset(place.net.city.units.values()), frozenset({place.net.city.grids["G2"]})
    manager = Actor(7, None, "尚荣成", (Scope("grid", units, cell),))
    mine, other = place.fault(areas="A3"), place.fault(areas="A1")
    assert selectors.is_visible(manager, mine.pk)
    assert not selectors.is_visible(manager, other.pk)
    assert selectors.outage_of(manager, mine.pk, NOW).moves == ()


def test_outages_that_meet(place: Place) -> None:
    plan = place.plan("03-03 08:00", "03-03 18:00", sections="S3")
    place.plan("03-03 18:00", "03-03 20:00", areas="A1")
    place.plan("03-03 08:00", "03-03 18:00", areas="A3")
    fault = place.fault(areas="A1")
    wide = place.fault(feeders="F1", when=NOW + timedelta(minutes=1))
    card = selectors.outage_of(MACHINE, plan.pk, NOW)
    assert [(one.id, one.areas) for one in card.overlaps] == [(fault.pk, 1), (wide.pk, 1)]
    services.restore(outage_id=fault.pk, by=MACHINE, at=TEN)
    services.withdraw(outage_id=wide.pk, reason="误报", by=MACHINE, at=TEN)
    assert selectors.outage_of(MACHINE, plan.pk, TEN).overlaps == ()
    assert selectors.overlapping([place.net.areas["A1"]], Span(at("03-03 18:00"))) != []
    assert selectors.overlapping([], Span(NOW)) == []


def test_the_impact_before_anything_is_registered(place: Place) -> None:
    behind = selectors.impact(place.off(feeders="F1"), NOW.date())
    assert (len(behind.areas), behind.accounts, behind.important, behind.care) == (3, 5, 1, 1)
    assert behind.units == {place.unit("42060201"): 2, place.unit("42060202"): 1}
    assert sum(accounts_of_areas([one.area_id for one in behind.areas]).values()) == behind.accounts


def test_devices_are_found_by_name_and_code_within_ones_own_sight(place: Place) -> None:
    desk = place.who("desk")
    assert [one.key.split(":")[0] for one in selectors.device_search(desk, "隆中")] == [
        "substation", "feeder", "area", "area",
    ]  # fmt: skip
    assert [one.name for one in selectors.device_search(desk, "S4")] == ["10kV隆中一线 支线"]
    assert selectors.device_search(desk, " ") == []
    assert selectors.device_search(place.who("desk", "420606"), "隆中") == []
    for codes in ([("feeder", "XX")], [("area", "XX")], [("section", "F1")]):
        with pytest.raises(Refused) as refusal:
            selectors.devices_by_code(desk, codes)
        assert refusal.value.code == "device_unknown"


def test_labels_lead_to_the_outage(place: Place) -> None:
    outage = place.fault(areas="A1")
    label = selectors.label(outage.pk)
    assert selectors.outage_id_of(label) == outage.pk
    assert selectors.outage_id_of("workorders.order:1") is None
    assert selectors.title(outage.pk) == f"{outage.number} 隆中一台区"
    assert selectors.title(10**9) == ""
    assert selectors.standing(outage.pk).kind == Kind.FAULT
