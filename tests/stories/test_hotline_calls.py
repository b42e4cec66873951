"""Calls from the first ring to the call-back (来电到回访): a storm by night, an old lady, a mover, a late case that is urged.

Nothing is mocked, every fact is heard twice, each person acts as themselves.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case, Promise
from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.cases.hotline.rules.words import Channel
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Diagnosis
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.outbox import deliver_all
from longzhong.register.customers import selectors as customers
from tests.cases.hotline.make import PLAIN, Hotline, a_call, a_case, at, category, hotline_county
from tests.dispatch.workorders.make import photo

pytestmark = pytest.mark.django_db
SWEEPER = Actor.machine("stories.clocks")


@pytest.fixture
def here() -> Hotline:
    return hotline_county()


def heard() -> None:
    """Everybody hears everything, twice."""
    deliver_all(twice=True)


def the_order() -> WorkOrder:
    return WorkOrder.objects.latest("id")


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def verbs(case: Case) -> list[str]:
    return [step.verb for step in matters.steps(selectors.label(case.pk))]


def verdicts(case: Case) -> dict[str, str]:
    return dict(Clock.objects.filter(matter=selectors.label(case.pk)).values_list("name", "verdict"))


@pytest.mark.proves("S3-04", page="hotline:promises", service="longzhong.cases.hotline.services.keep_promise")
def test_a_night_call_in_a_storm_is_promised_repaired_and_called_back(here: Hotline) -> None:
    night = at("2026-03-02 22:40")
    with clock.frozen(night):
        case = a_case(here, "repair.lv.single_out", "外面下大雨，我们家一直没电，什么时候能来？", account=3, when=night)
        word = services.promise(
            case_id=case.pk, text="明天中午十二点前恢复", due_at=at("2026-03-03 12:00"), by=here.desk, at=night
        )
        services.dispatch(case_id=case.pk, by=here.desk, at=night + timedelta(minutes=2))
        heard()
    assert (fresh(case).state, fresh(case).owner_id) == ("dispatched", here.desk.staff_id)
    order = the_order()
    crew = here.county.actor("crew", "crew", units=(here.county.station,))
    if order.owner_id != crew.staff_id:
        orders.assign(
            order_id=order.pk, owner_id=here.county.staff["crew"], by=here.head, at=night + timedelta(minutes=3)
        )
    on_site(order, crew, night + timedelta(minutes=5))
    assert (fresh(case).state, fresh(case).owner_id) == ("replied", crew.staff_id) or fresh(case).state == "calling"
    assert fresh(case).first_asked_id == here.desk.staff_id
    services.keep_promise(promise_id=word.pk, words="凌晨已恢复", by=crew, at=at("2026-03-03 01:30"))
    if fresh(case).state == "replied":
        services.review(case_id=case.pk, passed=True, by=here.head, at=at("2026-03-03 08:30"))
    services.record_call(case_id=case.pk, purpose="review", result="satisfied", by=here.desk, at=at("2026-03-03 09:10"))
    heard()
    assert fresh(case).state == "closed"
    assert Promise.objects.get(pk=word.pk).state == "kept"
    assert WorkOrder.objects.get(pk=order.pk).state == "verified"
    assert set(verdicts(case).values()) == {"met"}
    page = here.client().get(reverse("hotline:promises"), {"tab": "kept"}).content.decode()
    assert "明天中午十二点前恢复" in page
    assert not any(secret in page for secret in PLAIN)
    assert list(matters.broken_links()) == []


def on_site(order: WorkOrder, crew: Actor, start: datetime) -> None:
    """The crew drives out in the rain, finds the drop-out fuse at pole 02 of the branch, and mends it."""
    steps: list[Any] = [
        lambda now: orders.accept(order_id=order.pk, by=crew, at=now),
        lambda now: orders.arrive(order_id=order.pk, position=orders.Position(32.02, 112.13, 9.0), by=crew, at=now),
        lambda now: orders.diagnose(
            order_id=order.pk,
            diagnosis=Diagnosis(now + timedelta(hours=1), "10kV哔叭支线02号杆", "utility"),
            by=crew, at=now,
        ),
        lambda now: orders.finish(
            order_id=order.pk,
            outcome=orders.Outcome("drop_fuse", "更换跌落式熔断器，恢复供电"),
            photos=[photo()], by=crew, at=now,
        ),
    ]  # fmt: skip
    for number, step in enumerate(steps):
        step(start + timedelta(minutes=25 * number))
        heard()


@pytest.mark.proves("S0-06", page="hotline:case", service="longzhong.cases.hotline.services.open_case")
def test_an_old_lady_calls_the_grid_manager_who_is_there_in_twenty_minutes(here: Hotline) -> None:
    noon = at("2026-03-02 12:10")
    lady = here.county.actor("head", "station")
    call = a_call(here, "我一个人在家，灯突然不亮了", account=3, by=lady, when=noon, channel=Channel.GRID)
    wish = services.NewCase(category_id=category("repair.lv.single_out"))
    case = services.open_case(call_id=call.pk, case=wish, by=lady, at=noon)
    assert case.urgency == 2  # a lone elder comes before the others
    services.dispatch(case_id=case.pk, owner_id=here.county.staff["li"], by=lady, at=noon)
    heard()
    li, order = here.county.li, the_order()
    orders.accept(order_id=order.pk, by=li, at=noon + timedelta(minutes=1))
    orders.arrive(
        order_id=order.pk, position=orders.Position(32.02, 112.13, 9.0), by=li, at=noon + timedelta(minutes=20)
    )
    heard()
    assert fresh(case).owner_id == li.staff_id  # the hand-over was confirmed by accepting
    assert matters.steps(f"workorders.order:{order.pk}")
    arrived = Clock.objects.get(matter=f"workorders.order:{order.pk}", name="arrive")
    assert (arrived.verdict, WorkOrder.objects.get(pk=order.pk).arrived_at) == ("met", noon + timedelta(minutes=20))
    seen = here.client("office", "quality").get(reverse("hotline:case", args=[case.pk])).content.decode()
    assert "直呼网格员" in seen
    assert "李秀兰" not in seen


def test_a_repeat_caller_who_moves_house_is_known_by_the_phone(here: Hotline) -> None:
    caller = services.Caller(phone="13800138003", account_id=here.accounts[3])
    first = a_case(here, "complaint.quality.frequent", "这个月已经停了三次电", account=3, caller=caller)
    heard()
    moved = services.Caller(phone="13800138003", account_id=here.accounts[1])
    later = at("2026-03-12 10:00")
    again = a_case(
        here, "complaint.quality.frequent", "又停电了，我搬到这边来还是老停电", account=1, when=later, caller=moved
    )
    heard()
    found = selectors.same_matter(
        here.quality, account_id=again.account_id, meter_code=again.meter_code, area_id=again.area_id,
        category_id=again.category_id, text=again.content, at=later, case_id=again.pk,
        phone_index=customers.phone_index("13800138003"),
    )  # fmt: skip
    assert first.pk in {one.case_id for one in found}
    reasons = " ".join(next(one for one in found if one.case_id == first.pk).reasons)
    assert "户号不同（可能已搬家）" in reasons


def test_an_urge_on_a_late_case_is_dispatched_and_heard_by_the_head(here: Hotline) -> None:
    case = a_case(here, "complaint.quality.voltage", "电压低，电器用不了")
    services.dispatch(case_id=case.pk, by=here.desk, at=at("2026-03-02 09:10"))
    heard()
    early = services.urge(case_id=case.pk, reason=UrgeReason.OVERDUE, by=here.desk, at=at("2026-03-02 09:15"))
    assert (early.within_limit, early.dispatched) == (True, False)
    late = at("2026-03-20 10:00")
    while matter_services.sweep(by=SWEEPER, at=late).taken:
        heard()
    urged = services.urge(case_id=case.pk, reason=UrgeReason.OVERDUE, by=here.desk, at=late)
    heard()
    assert (urged.number, urged.within_limit, urged.dispatched) == (2, False, True)
    assert fresh(case).owner_id == case.owner_id  # oversight is added, ownership stays
    levels = Escalation.objects.filter(clock__matter=selectors.label(case.pk), kind="late")
    pairs = list(levels.values_list("lineage", "level"))
    assert len(pairs) == len(set(pairs)) > 0
