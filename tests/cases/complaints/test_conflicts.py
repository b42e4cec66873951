"""Whoever is complained about neither handles nor reviews nor signs: on the case's page, by order, as acting head, named late."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.rules import Kind, State
from longzhong.cases.complaints.selectors.placing import free_of
from longzhong.cases.hotline import selectors as hotline_reads
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.words import CaseType, Channel
from longzhong.cases.hotline.services import NewCase
from longzhong.cases.nearmisses.models import StaffMark
from longzhong.cases.rectifications.rules import Part
from longzhong.cases.rectifications.selectors.people import holders
from longzhong.dispatch.workorders import services as order_services
from longzhong.dispatch.workorders.selectors import standing
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow, UnitRow
from tests.cases.complaints.make import (
    RUDE,
    TEXT,
    a_complaint,
    client,
    dispatch_given,
    people,
    someone,
    step,
    taken_to,
)
from tests.cases.hotline.make import LONG_AGO, MORNING, SYSTEM, Hotline, a_call, a_case, category

HOUR = timedelta(hours=1)
NOON = MORNING + 6 * HOUR
DAY = civil_day(MORNING)


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as told:
        act()
    assert told.value.code == code, told.value


def test_the_accused_takes_no_step_on_the_case_itself(hotline: Hotline) -> None:
    """The desk clerk who is complained about doesn't call the customer back, and so can't end it with "satisfied"."""
    accused = hotline.desk
    complaint = a_complaint(hotline, about_staff_id=accused.staff_id, by=people(hotline).office)
    case = complaint.case_id
    later = NOON + HOUR
    refused(
        "not_allowed",
        lambda: hotline_services.promise(case_id=case, text="明天办好", due_at=later, by=accused, at=NOON),
    )
    refused("not_allowed", lambda: hotline_services.claim(case_id=case, by=accused, at=NOON))
    taken_to(hotline, complaint, State.ANSWERED, at=NOON)
    call = {"case_id": case, "purpose": "review", "result": "satisfied", "wish": "客户要求", "at": NOON + 5 * HOUR}
    refused("not_allowed", lambda: hotline_services.record_call(by=accused, **call))
    card = hotline_reads.case_card(accused, case, NOON)
    assert (card.moves, card.roles) == ((), frozenset())
    assert hotline_services.record_call(by=people(hotline).office2, **call).state == "closed"


def test_who_is_praised_may_go_on(hotline: Hotline) -> None:
    case = a_case(hotline, "praise.service", "小王服务好", about_staff_id=hotline.desk.staff_id)
    assert case.type == CaseType.PRAISE and hotline_reads.may(hotline.desk, ("desk",), case)


def test_it_is_never_given_to_the_accused(hotline: Hotline) -> None:
    """By name, by the usual way (the manager of the cell), offered, or as they take the order on its own page."""
    who, manager = people(hotline), hotline.manager
    assert manager.staff_id is not None
    case = a_case(hotline, RUDE, TEXT, account=1, about_staff_id=manager.staff_id)
    given = {"case_id": case.pk, "by": who.desk, "at": NOON}
    refused("person_accused", lambda: hotline_services.dispatch(owner_id=manager.staff_id, **given))
    refused("person_accused", lambda: hotline_services.offer(to_staff_id=manager.staff_id or 0, **given))
    done = hotline_services.dispatch(**given)
    assert standing(done.order_id or 0).owner_id not in (None, manager.staff_id)
    outbox.deliver_all()
    complaint = selectors.of_case(case.pk)
    assert complaint is not None
    taken_to(hotline, complaint, State.DISPATCHED, at=NOON + HOUR)
    order = Case.objects.get(pk=case.pk).order_id or 0
    order_services.assign(order_id=order, owner_id=manager.staff_id, by=hotline.head, at=NOON + 2 * HOUR)
    order_services.accept(order_id=order, by=manager, at=NOON + 3 * HOUR)
    outbox.deliver_all()
    assert standing(order).owner_id == who.handler.staff_id
    complaint.refresh_from_db()
    assert (complaint.state, complaint.handler_id) == (State.DISPATCHED, who.handler.staff_id)


def test_a_complaint_that_a_machine_took_is_not_the_accuseds(hotline: Hotline) -> None:
    call = a_call(hotline, TEXT, by=SYSTEM, channel=Channel.GOV_12345)
    wanted = NewCase(category_id=category(RUDE), chosen=False, confidence=0.99, about_staff_id=hotline.manager.staff_id)
    case = hotline_services.open_case(call_id=call.pk, case=wanted, by=SYSTEM, at=MORNING)
    assert hotline.manager.staff_id not in (case.first_asked_id, case.owner_id)


def test_an_acting_head_is_investigated_from_above(hotline: Hotline) -> None:
    """And whoever stands in for the accused head doesn't sign in their name."""
    county, staff = hotline.county, hotline.county.staff
    org_services.stand_in(
        absent_id=staff["head"], stand_in_id=staff["crew"], from_on=DAY, to_on=date(2026, 4, 1), by=SYSTEM, at=MORNING
    )
    assert free_of(staff["crew"], county.station, NOON) == county.county
    part = Part(county.station, "station")
    assert holders(part, DAY) == [staff["crew"]]
    assert staff["crew"] not in holders(part, DAY, {staff["head"]})


def test_named_once_it_is_known(hotline: Hotline) -> None:
    who, li = people(hotline), hotline.county.staff["li"]
    complaint = taken_to(hotline, a_complaint(hotline), State.INVESTIGATING)
    accused = someone("li", "grid", (hotline.county.station,))
    assert selectors.conflict(accused, complaint, "find") is None
    step(complaint, "name", who.office, NOON, about_id=li, reason="调阅录像确认")
    assert (complaint.about_staff_id, complaint.state) == (li, State.INVESTIGATING)
    complaint = services_row(complaint.pk)
    assert selectors.conflict(accused, complaint, "find") == "own_complaint"
    assert StaffMark.objects.get(cause=hotline_reads.label(complaint.case_id)).staff_id == li
    card = selectors.complaint_card(who.office, complaint.pk, NOON)
    assert "被投诉人：" in card.texts[0]
    taken_to(hotline, complaint, State.DECIDED, at=NOON + HOUR)
    assert StaffMark.objects.get(cause=hotline_reads.label(complaint.case_id)).standing == "upheld"


def services_row(complaint_id: int):  # type: ignore[no-untyped-def]
    return selectors.complaint_of(SYSTEM, complaint_id)


@pytest.mark.parametrize(
    ("state", "code"),
    [(State.DISPATCHED, "crew"), (State.INVESTIGATING, "crew"), (State.REPLIED, "crew"), (State.REVIEWED, "mark")],
)
def test_not_while_their_own_work_stands(hotline: Hotline, state: State, code: str) -> None:
    """The handler, who replied, who passed the reply: others begin anew, then they are named."""
    who = people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), state)
    about = someone(code, "grid", ()).staff_id
    act = {"complaint_id": complaint.pk, "about_id": about, "reason": "调阅录像确认", "by": who.office, "at": NOON}
    refused("respondent_took_part", lambda: services.name(**act))
    if state is State.REVIEWED:
        step(complaint, "send_back", who.office, NOON, reason="另一人重审")
        services.name(**act)
        refused(
            "own_complaint", lambda: step(complaint, "pass", who.dept, NOON, analysis="事实清楚", measures="开展培训")
        )
        assert (
            step(complaint, "pass", who.dept2, NOON + HOUR, analysis="事实清楚", measures="开展培训").state
            == "reviewed"
        )
        return
    if state is State.REPLIED:
        step(complaint, "return", who.dept, NOON, reason="请补充调查")
    given = dispatch_given(hotline, complaint, handler_id=hotline.county.staff["zhang"], reason="当事人不能调查")
    given.pop("grade")
    step(complaint, "redispatch", who.office, NOON + HOUR, **given)
    assert services.name(**act).about_staff_id == about
    assert selectors.conflict(who.handler, services_row(complaint.pk), "reply") == "own_complaint"


def test_a_named_head_is_investigated_from_above(hotline: Hotline) -> None:
    who, head = people(hotline), hotline.head.staff_id
    fresh, given = a_complaint(hotline), taken_to(hotline, a_complaint(hotline, account=3), State.DISPATCHED)
    act = {"about_id": head, "reason": "客户说是所长本人", "by": who.office, "at": NOON}
    assert services.name(complaint_id=fresh.pk, **act).unit_id == hotline.county.county
    refused("unit_headed_by_accused", lambda: services.name(complaint_id=given.pk, **act))
    fresh.refresh_from_db()
    assert not selectors.may_handle(who.handler.staff_id or 0, fresh, hotline.county.county, NOON)


def test_a_department_reviews_nothing_about_its_own_head(hotline: Hotline) -> None:
    who, county = people(hotline), hotline.county
    org_services.keep_units(rows=[UnitRow("AJ", "襄城安监部", "department", "CO")], by=SYSTEM, at=LONG_AGO)
    row = StaffRow("director", "魏主任", "13800000024", "YX", "营销部主任", "leader")
    org_services.keep_staff(rows=[row], by=SYSTEM, at=LONG_AGO)
    about, other = org.staff_ids(["director"])["director"], org.unit_ids(["AJ"])["AJ"]
    complaint = a_complaint(hotline, about_staff_id=about)
    assert (complaint.department_id, complaint.unit_id) == (None, county.station)
    assert [one for one, _name in selectors.departments_for(complaint, NOON)] == [other]
    given = dispatch_given(hotline, complaint)
    own = {**given, "department_id": who.department}
    refused("department_headed_by_accused", lambda: step(complaint, "dispatch", who.office, NOON, **own))
    assert step(complaint, "dispatch", who.office, NOON, **{**given, "department_id": other}).state == State.DISPATCHED

    fresh, sent = a_complaint(hotline, account=2), taken_to(hotline, a_complaint(hotline, account=3), State.DISPATCHED)
    act = {"about_id": about, "reason": "客户说是营销部主任", "by": who.office, "at": NOON}
    assert services.name(complaint_id=fresh.pk, **act).department_id is None
    refused("department_headed_by_accused", lambda: services.name(complaint_id=sent.pk, **act))


def test_naming_is_refused_where_it_says_nothing(hotline: Hotline) -> None:
    who, li = people(hotline), hotline.county.staff["li"]
    complaint = a_complaint(hotline, about_staff_id=li)
    for about in (None, li, 10**9):
        act = {"complaint_id": complaint.pk, "about_id": about, "by": who.office, "at": NOON}
        refused("respondent_unknown", lambda act=act: services.name(reason="调阅录像确认", **act))
    nobody: Actor = someone("li", "quality", (hotline.county.station, hotline.county.county))
    refused("own_complaint", lambda: services.name(
        complaint_id=complaint.pk, about_id=hotline.county.staff["zhang"], reason="另有其人", by=nobody, at=NOON))  # fmt: skip
    assert complaint.kind == Kind.COMPLAINT


def test_named_on_its_page(hotline: Hotline) -> None:
    complaint, office = a_complaint(hotline), client(hotline, "office", "quality")
    page = office.get(f"/complaints/{complaint.pk}/").content.decode()
    assert "指明被投诉人" in page and "怎样查明的" in page
    about = hotline.county.staff["li"]
    posted = {"about_id": about, "reason": "调阅录像确认", "client_key": "name-on-page-1"}
    assert office.post(f"/complaints/{complaint.pk}/name/", posted).status_code == 302
    complaint.refresh_from_db()
    assert complaint.about_staff_id == about
