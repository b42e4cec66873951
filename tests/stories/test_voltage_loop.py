"""The voltage loop: a curve, a finding, an alert, an order, a repair, and the days that prove or disprove it.

Village area A1: every evening meter M1 falls to 186 V while its neighbours are well. Nothing is mocked, every fact is heard twice.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from longzhong.cases.alerts import services as alert_services
from longzhong.cases.alerts.models import Alert
from longzhong.cases.alerts.rules import State
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import State as OrderState
from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.org.rules import Role
from longzhong.sensing.curves.models import Finding
from tests.register.access.make import person
from tests.register.policies.make import MACHINE, browser, change
from tests.stories.make import GOOD, LOW, Village, a_village, evening, flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    return a_village()


def the_alert() -> Alert:
    return Alert.objects.get(kind="low_voltage")


def test_two_low_evenings_are_an_observation_three_are_an_alert_with_one_order(village: Village) -> None:
    village.days(2, LOW)
    assert list(Alert.objects.values("kind", "meter")) == []
    assert Finding.objects.filter(kind="low_voltage", verdict="abnormal").count() == 2
    village.live_day(LOW)
    alert, order = the_alert(), WorkOrder.objects.get()
    assert (alert.kind, alert.state, alert.area.code, alert.days_abnormal) == ("low_voltage", State.DISPATCHED, "A1", 3)
    assert (order.pk, order.owner_id, order.unit_id) == (alert.order_id, village.zhang.staff_id, alert.unit_id)
    village.live_day(LOW)
    assert (the_alert().days_abnormal, WorkOrder.objects.count()) == (4, 1)


@pytest.mark.proves("S0-30", page="alerts:board", service="longzhong.cases.alerts.services.raise_alert")
@pytest.mark.proves("S0-31", page="alerts:detail", service="longzhong.cases.alerts.services.prove_day")
@pytest.mark.proves("S2-26", page="cockpit:home", service="longzhong.cases.alerts.services.raise_alert")
@pytest.mark.proves("S4-30", page="curves:findings", service="longzhong.sensing.curves.services.scan_day")
def test_a_repair_is_verified_by_two_days_under_the_same_load(village: Village) -> None:
    village.days(3, LOW)
    order = village.repair()
    assert the_alert().state == State.VERIFYING
    village.live_day(GOOD)
    assert the_alert().state == State.VERIFYING
    village.live_day(GOOD)
    alert = the_alert()
    order.refresh_from_db()
    assert (alert.state, order.state) == (State.VERIFIED, OrderState.VERIFIED)
    assert [row.proof for row in alert.proof_days.order_by("day")] == ["clean", "clean"]
    seen = browser(village.quality)
    assert "低电压" in seen.get(reverse("alerts:board"), {"state": "verified"}).content.decode()
    page = seen.get(reverse("alerts:detail", args=[alert.pk])).content.decode()
    assert "验证通过" in page
    assert "占发现日" in page
    assert seen.get(reverse("curves:findings")).status_code == 200
    assert seen.get(reverse("cockpit:home")).status_code == 200
    assert list(matters.broken_links()) == []


def test_an_unrepaired_area_in_mild_weather_is_never_verified(village: Village) -> None:
    """The evenings are warm, nobody heats, the voltage holds: that proves nothing."""
    village.days(3, LOW)
    village.repair(cause="none")
    village.days(9, GOOD, amperes=30.0)
    assert the_alert().state == State.VERIFYING
    village.live_day(GOOD, amperes=30.0)
    alert = the_alert()
    assert alert.state == State.UNPROVEN
    assert {row.proof for row in alert.proof_days.all()} == {"light_load"}
    assert WorkOrder.objects.get().state == OrderState.UNPROVEN
    at = clock.day_start(village.day) + timedelta(hours=10)
    orders.decide(order_id=alert.order_id, works=False, reason="负荷偏轻，等迎峰度夏复测", by=village.head, at=at)
    deliver_all(twice=True)
    assert the_alert().state == State.DISPATCHED


def test_a_repair_that_did_not_help_goes_back_with_the_evidence(village: Village) -> None:
    village.days(3, LOW)
    village.repair(cause="tap")
    village.live_day(LOW)
    alert, order = the_alert(), WorkOrder.objects.get()
    assert (alert.state, alert.times_sent_back) == (State.DISPATCHED, 1)
    assert (order.state, order.times_returned) == (OrderState.RETURNED, 1)
    village.repair()
    village.days(2, GOOD)
    assert the_alert().state == State.VERIFIED
    assert [(row.round, row.proof) for row in the_alert().proof_days.order_by("day")] == [
        (0, "abnormal"),
        (1, "clean"),
        (1, "clean"),
    ]


def test_days_without_readings_prove_nothing(village: Village) -> None:
    village.days(3, LOW)
    village.repair()
    silent = GOOD.copy()
    silent[40:96] = float("nan")
    village.days(2, silent)
    assert the_alert().state == State.VERIFYING
    assert {row.proof for row in the_alert().proof_days.all()} == {"undetermined"}
    village.days(2, GOOD)
    assert the_alert().state == State.VERIFIED


def test_a_dying_meter_is_dispatched_as_a_meter_never_as_the_grid(village: Village) -> None:
    stuck = flat(186.0, noise=0.0)
    village.days(3, stuck)
    alert, order = Alert.objects.get(), WorkOrder.objects.get()
    assert (alert.kind, alert.quality, alert.meter, order.kind) == ("flat", True, "M1", "meter_fault")


def test_a_dismissed_alert_is_quiet_until_it_gets_worse(village: Village) -> None:
    village.days(3, LOW)
    alert = the_alert()
    at = clock.day_start(village.day) + timedelta(hours=10)
    with pytest.raises(Refused) as refusal:
        alert_services.dismiss(alert_id=alert.pk, reason=" ", by=village.head, at=at)
    assert refusal.value.code == "dismissal_needs_reason"
    seen: Client = browser(village.head)
    with clock.frozen(at):
        seen.post(reverse("alerts:dismiss", args=[alert.pk]), {"reason": "线路改造期间临时供电"})
    deliver_all(twice=True)
    assert the_alert().state == State.DISMISSED
    assert WorkOrder.objects.get().state == OrderState.CANCELLED
    village.days(3, LOW)
    assert Alert.objects.count() == 1
    village.live_day(evening(flat(224.0), 165.0))
    assert list(Alert.objects.order_by("id").values_list("state", flat=True)) == [State.DISMISSED, State.DISPATCHED]


def test_an_alert_outside_the_scope_does_not_exist(village: Village) -> None:
    village.days(3, LOW)
    stranger = person(village.net.city, "tanxi", Role.STATION, "42060202")
    with pytest.raises(Refused) as refusal:
        alert_services.dismiss(alert_id=the_alert().pk, reason="不是我的", by=stranger, at=clock.now())
    assert refusal.value.code == "not_found"
    assert browser(stranger).get(reverse("alerts:detail", args=[the_alert().pk])).status_code == 404


def test_a_broken_terminal_is_one_order_not_one_a_meter(village: Village) -> None:
    """All customers of the area miss the same afternoon, twice: the terminal is at fault, and proved by their return."""
    change("curves.terminal_meters", 2, by=MACHINE)
    gap = GOOD.copy()
    gap[40:60] = float("nan")
    for _ in range(2):
        village.live_day(gap, m2=gap)
    alert = Alert.objects.get(kind="gap")
    assert (alert.meter, alert.meters, alert.quality) == ("", 2, True)
    assert WorkOrder.objects.get().kind == "meter_fault"
    village.repair(cause="collector")
    village.days(2, GOOD)
    assert Alert.objects.get(kind="gap").state == State.VERIFIED
