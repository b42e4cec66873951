"""Same matter, joining, parting and linking, by people and by the house, two at once included."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case, Link
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.same import Decision, Offer
from longzhong.cases.hotline.rules.words import CallOutcome, LinkKind
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import selectors as orders
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from tests.cases.hotline.acts import refuses
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case, category, hotline_county

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LOW, OUT, ONE, HALL = (
    "repair.quality.low",
    "repair.lv.area_out",
    "repair.lv.single_out",
    "complaint.service.hall_attitude",
)
pytestmark = pytest.mark.django_db


def closed(hotline: Hotline, case: Case, when: Any) -> Case:
    """A case answered on the phone at once."""
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_at=when)
    case.refresh_from_db()
    return case


def found(hotline: Hotline, actor: Any = None, **asked: Any) -> list[selectors.Likeness]:
    given = {"category_id": category(LOW), "at": MORNING + 5 * HOUR, **asked}
    return selectors.same_matter(actor, **given)


def test_the_same_account_is_found_open_closed_and_never_another(hotline: Hotline) -> None:
    mine = a_case(hotline, LOW)
    a_case(hotline, LOW, account=2)
    (one,) = found(hotline, account_id=hotline.accounts[1], text="家里没电了，楼道灯亮着")
    assert (one.case_id, one.decision, one.offer) == (mine.pk, Decision.MERGE, Offer.URGE)
    assert "同一户号" in one.reasons
    assert one.state_label == "已受理"
    closed(hotline, mine, MORNING + HOUR)
    (one,) = found(hotline, account_id=hotline.accounts[1])
    assert (one.decision, one.offer) == (Decision.LINK, Offer.REPEAT)
    assert found(hotline, account_id=hotline.accounts[1], at=MORNING + 40 * DAY) == []
    assert found(hotline, account_id=hotline.accounts[3]) == []
    assert found(hotline) == []


def test_a_customer_who_moved_house_keeps_their_history(hotline: Hotline) -> None:
    phone = "13900139000"
    old = a_case(hotline, LOW, caller=Caller(phone=phone, account_id=hotline.accounts[1]))
    closed(hotline, old, MORNING + HOUR)
    index = customers.phone_index(phone)
    (one,) = found(hotline, account_id=hotline.accounts[5], phone_index=index, at=MORNING + 3 * DAY)
    assert one.case_id == old.pk
    assert "同一来电号码，户号不同（可能已搬家）" in one.reasons
    run = selectors.repeat_of(account_id=hotline.accounts[5], phone_index=index, at=MORNING + 3 * DAY)
    assert (run.calls, run.case_ids) == (1, (old.pk,))
    assert not run.is_repeat


def test_neighbours_at_one_fault_are_offered_the_open_parent_only(hotline: Hotline) -> None:
    first = a_case(hotline, OUT, account=1)
    second = a_case(hotline, OUT, account=2, when=MORNING + HOUR)
    services.join(case_id=second.pk, parent_id=first.pk, by=hotline.desk, at=MORNING + 2 * HOUR)
    asked = {"account_id": hotline.accounts[4], "area_id": hotline.areas["A1"], "category_id": category(ONE)}
    (one,) = found(hotline, **asked)
    assert (one.case_id, one.offer, one.is_mine) == (first.pk, Offer.JOIN, False)
    assert found(hotline, **{**asked, "at": MORNING + 30 * HOUR}) == []
    assert found(hotline, **{**asked, "category_id": category(HALL)}) == []


def test_nothing_outside_the_scope_is_offered(hotline: Hotline) -> None:
    a_case(hotline, LOW, account=5)
    asked = {"account_id": hotline.accounts[5]}
    assert len(found(hotline, **asked)) == len(found(hotline, hotline.desk, **asked)) == 1
    assert found(hotline, hotline.head, **asked) == []
    assert found(hotline, hotline.manager, **asked) == []


def test_candidates_cost_three_queries_and_are_bounded(hotline: Hotline) -> None:
    for hours in range(4):
        a_case(hotline, LOW, when=MORNING + hours * HOUR / 2)
    asked = {"account_id": hotline.accounts[1], "phone_index": "x" * 64, "text": "电压低", "case_id": 0}
    found(hotline, **asked)
    with CaptureQueriesContext(connection) as queries:
        assert len(found(hotline, **asked)) == 4
    own = [row["sql"] for row in queries if '"hotline_' in row["sql"]]
    assert len(own) <= 3, own
    assert all("LIMIT 200" in sql for sql in own if 'FROM "hotline_case"' in sql)


def test_join_stops_the_work_clocks_and_leave_starts_them_from_the_opening(hotline: Hotline) -> None:
    parent = a_case(hotline, OUT)
    child = a_case(hotline, OUT, account=2, when=MORNING + HOUR)
    services.dispatch(case_id=child.pk, by=hotline.desk, at=MORNING + 2 * HOUR)
    child.refresh_from_db()
    order_id = child.order_id
    assert order_id
    joined = services.join(case_id=child.pk, parent_id=parent.pk, by=hotline.desk, at=MORNING + 3 * HOUR)
    assert (joined.state, joined.parent_id, joined.order_id) == (State.FOLLOWING, parent.pk, None)
    assert joined.owner_id == child.owner_id
    assert orders.standing(order_id).state == "cancelled"
    assert child.calls.get().outcome == CallOutcome.JOINED
    assert "joined" in [step.verb for step in matters.steps(selectors.label(parent.pk))]
    refuses("leave_needs_reason", services.leave, case_id=child.pk, reason=" ", by=hotline.desk, at=MORNING + 4 * HOUR)
    left = services.leave(case_id=child.pk, reason="不是一个台区", by=hotline.desk, at=MORNING + 4 * HOUR)
    assert (left.state, left.parent_id) == (State.TAKEN, None)


def test_the_limit_of_a_joined_case_counts_from_its_opening_again(hotline: Hotline) -> None:
    parent = a_case(hotline, "complaint.quality.frequent")
    child = a_case(hotline, "complaint.quality.frequent", account=2, when=MORNING + HOUR)
    label = selectors.label(child.pk)
    before = {card.name: card.due_at for card in matters.clock_cards(label, MORNING + 2 * HOUR) if card.is_live}
    services.join(case_id=child.pk, parent_id=parent.pk, by=hotline.desk, at=MORNING + 2 * HOUR)
    held = {card.name for card in matters.clock_cards(label, MORNING + 2 * HOUR) if card.is_live}
    assert held == {"contact", "answer"}  # each caller is still called and answered
    services.leave(case_id=child.pk, reason="另一件事", by=hotline.desk, at=MORNING + 3 * DAY)
    after = {card.name: card.due_at for card in matters.clock_cards(label, MORNING + 3 * DAY) if card.is_live}
    assert after == before


def test_an_older_case_loses_no_time_by_joining_a_younger_one(hotline: Hotline) -> None:
    old = a_case(hotline, "complaint.quality.frequent")
    young = a_case(hotline, "complaint.quality.frequent", account=2, when=MORNING + HOUR)
    services.join(case_id=old.pk, parent_id=young.pk, by=hotline.desk, at=MORNING + 2 * HOUR)
    live = {name for name, _key in matters.live_policies(selectors.label(old.pk))}
    assert {"dispatch", "reply"} <= live


def test_a_parent_of_a_parent_is_the_root_and_children_come_along(hotline: Hotline) -> None:
    a, b, c, d = (a_case(hotline, OUT, account=n, when=MORNING + n * HOUR) for n in (1, 2, 3, 4))
    services.join(case_id=b.pk, parent_id=a.pk, by=hotline.desk, at=MORNING + 5 * HOUR)
    assert services.join(case_id=c.pk, parent_id=b.pk, by=hotline.desk, at=MORNING + 5 * HOUR).parent_id == a.pk
    services.join(case_id=a.pk, parent_id=d.pk, by=hotline.desk, at=MORNING + 6 * HOUR)
    assert set(Case.objects.filter(parent=d.pk).values_list("id", flat=True)) == {a.pk, b.pk, c.pk}


def test_no_circle_no_closed_parent_no_stranger(hotline: Hotline) -> None:
    a, b = a_case(hotline, OUT), a_case(hotline, OUT, account=2)
    far = a_case(hotline, OUT, account=5)
    when = MORNING + HOUR
    refuses("join_circle", services.join, case_id=a.pk, parent_id=a.pk, by=hotline.desk, at=when)
    services.join(case_id=b.pk, parent_id=a.pk, by=hotline.desk, at=when)
    refuses("join_circle", services.join, case_id=a.pk, parent_id=b.pk, by=hotline.desk, at=when)
    refuses("wrong_state", services.join, case_id=b.pk, parent_id=a.pk, by=hotline.desk, at=when)
    refuses("not_found", services.join, case_id=a.pk, parent_id=far.pk, by=hotline.head, at=when)
    own = a_case(hotline, OUT, account=4)
    refuses("not_allowed", services.join, case_id=own.pk, parent_id=a.pk, by=hotline.manager, at=when)
    closed(hotline, far, when)
    refuses("parent_closed", services.join, case_id=a.pk, parent_id=far.pk, by=hotline.desk, at=when)
    assert Case.objects.get(pk=a.pk).state == State.TAKEN


def test_link_once_whichever_way_and_never_after_an_override(hotline: Hotline) -> None:
    early, late = a_case(hotline, LOW), a_case(hotline, HALL, when=MORNING + HOUR)
    when = MORNING + 2 * HOUR
    made = services.link(case_id=early.pk, earlier_id=late.pk, by=hotline.desk, at=when)
    assert (made.case_id, made.earlier_id, made.kind) == (late.pk, early.pk, LinkKind.REPEAT)
    assert services.link(case_id=late.pk, earlier_id=early.pk, by=hotline.desk, at=when).pk == made.pk
    refuses("link_itself", services.link, case_id=late.pk, earlier_id=late.pk, by=hotline.desk, at=when)
    kind = LinkKind.OVERRIDDEN
    refuses(
        "link_kind_unknown", services.link, case_id=late.pk, earlier_id=early.pk, kind=kind, by=hotline.desk, at=when
    )
    refuses(
        "override_needs_reason",
        services.override,
        case_id=late.pk,
        earlier_id=early.pk,
        reason="",
        by=hotline.desk,
        at=when,
    )
    services.override(case_id=late.pk, earlier_id=early.pk, reason="两回事", by=hotline.desk, at=when)
    refuses("link_overridden", services.link, case_id=late.pk, earlier_id=early.pk, by=hotline.desk, at=when)
    assert Link.objects.get().kind == LinkKind.OVERRIDDEN


def test_an_overridden_pair_is_never_offered_again(hotline: Hotline) -> None:
    early, late = a_case(hotline, LOW), a_case(hotline, LOW, when=MORNING + HOUR)
    when = MORNING + 2 * HOUR
    assert [one.case_id for one in selectors.candidates_of(hotline.desk, late, when)] == [early.pk]
    services.join(case_id=late.pk, parent_id=early.pk, by=hotline.desk, at=when)
    services.override(case_id=late.pk, earlier_id=early.pk, reason="一个是表箱一个是线路", by=hotline.desk, at=when)
    late.refresh_from_db()
    assert (late.state, late.parent_id) == (State.TAKEN, None)
    assert selectors.candidates_of(hotline.desk, late, when) == []
    assert selectors.candidates_of(hotline.desk, early, when) == []
    services.count_repeat(case_id=late.pk, by=SYSTEM, at=when)
    assert list(Link.objects.values_list("kind", flat=True)) == [LinkKind.OVERRIDDEN]
    ties = selectors.ties_of(hotline.desk, late)
    assert [line.kind for line in ties.links] == ["人工判为不同事项"]


@pytest.mark.django_db(transaction=True)
def test_two_people_join_crosswise_at_once() -> None:
    hotline = hotline_county()
    a, b = a_case(hotline, OUT), a_case(hotline, OUT, account=2)
    start, codes = threading.Barrier(2), []

    def act(case_id: int, parent_id: int) -> None:
        try:
            start.wait(timeout=20)
            services.join(case_id=case_id, parent_id=parent_id, by=hotline.desk, at=MORNING + HOUR)
            codes.append("done")
        except Refused as refusal:
            codes.append(refusal.code)
        finally:
            connections.close_all()

    both = [threading.Thread(target=act, args=pair) for pair in ((a.pk, b.pk), (b.pk, a.pk))]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert sorted(codes) == ["done", "join_circle"]
    assert Case.objects.filter(parent__isnull=False).count() == 1
