"""Complaints to test with, built through the services: the desk takes one, everybody takes their steps.

`a_complaint(hotline)` is accepted; `taken_to(hotline, complaint, State.REVIEWED)` brings it there; `upheld(hotline)` and
`dismissed(hotline)` are decided. `people(hotline)` are the actors: office (decides), dept (reviews), handler, desk, another office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from longzhong.cases.complaints import services
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import Evidence, Given, Kind, Responsibility, State, Verdict
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules.words import Grade, RootCause
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import outbox
from longzhong.kit.actor import Actor, Scope
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import Share, StaffRow, UnitRow
from tests.cases.hotline.make import LONG_AGO, MORNING, SYSTEM, Hotline, a_case
from tests.dispatch.make import County
from tests.dispatch.matters.pictures import jpeg
from tests.warm import world

RUDE = "complaint.service.hall_attitude"
TEXT = "营业厅的工作人员态度恶劣，办业务推来推去，没人管"
MINUTE = timedelta(minutes=1)
ORDER = (
    State.ACCEPTED, State.DISPATCHED, State.INVESTIGATING, State.REPLIED, State.REVIEWED, State.DECIDED, State.ANSWERED,
    State.CLOSED,
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Who takes part: ids of the department and actors."""

    department: int
    office: Actor
    office2: Actor
    dept: Actor
    dept2: Actor
    handler: Actor
    head: Actor
    desk: Actor
    leader: Actor


def people(hotline: Hotline) -> People:
    """The department 营销部 (YX) with two people, a second person of the office, and the map of 1+1+1; made once."""
    county = hotline.county
    if "mark" not in county.staff:
        county.staff.update(org.staff_ids(["mark", "mark2", "office2"]) or world("people", lambda: _hire(county)))
    department = org.unit_ids(["YX"])["YX"]
    everywhere = (county.county, county.station, county.other_station, department)
    return People(
        department,
        office=county.actor("office", "quality", units=everywhere),
        office2=county.actor("office2", "quality", units=everywhere),
        dept=county.actor("mark", "dept", units=(department,)),
        dept2=county.actor("mark2", "dept", units=(department,)),
        handler=county.actor("crew", "crew"),
        head=hotline.head,
        desk=hotline.desk,
        leader=county.actor("boss", "leader", units=everywhere),
    )


def _hire(county: County) -> dict[str, int]:
    """Their ids by code."""
    org_services.keep_units(rows=[UnitRow("YX", "襄城营销部", "department", "CO")], by=SYSTEM, at=LONG_AGO)
    rows = (
        StaffRow("mark", "钱营销", "13800000021", "YX", "专责", "dept"),
        StaffRow("mark2", "吴营销", "13800000022", "YX", "专责", "dept"),
        StaffRow("office2", "郑优服", "13800000023", "CO", "优服专责", "quality"),
    )
    org_services.keep_staff(rows=rows, by=SYSTEM, at=LONG_AGO)
    units = org.unit_ids(["YX", "YF"])
    for code, name in (("complaint", "投诉"), ("report", "举报"), ("opinion", "意见")):
        share = Share(code, name, county.county, units["YF"], units["YX"])
        org_services.set_responsibility(share=share, from_on=LONG_AGO.date(), by=SYSTEM, at=LONG_AGO)
    return org.staff_ids([row.code for row in rows])


def someone(code: str, role: str, units: Sequence[int]) -> Actor:
    """A staff member with one role over these units."""
    staff = org.staff_ids([code])[code]
    return Actor(user_id=staff + 1000, staff_id=staff, name=code, scopes=(Scope(role, frozenset(units)),))


def client(hotline: Hotline, code: str, role: str) -> Client:
    """A browser of somebody of `people` or of the county."""
    people(hotline)
    hotline.county.staff.setdefault(code, org.staff_ids([code])[code])
    return hotline.client(code, role)


def a_complaint(
    hotline: Hotline, text: str = TEXT, *, code: str = RUDE, when: datetime = MORNING, **changes: Any
) -> Complaint:
    """A complaint that the desk took and governance accepted; `changes` go to `a_case` (secrecy=, about_staff_id=, account=…)."""
    people(hotline)

    def taken() -> Complaint:
        case = a_case(hotline, code, text, when=when, **changes)
        outbox.deliver_all()
        return Complaint.objects.get(case=case)

    return world(f"complaint {code} {text} {when} {sorted(changes.items())}", taken)


def step(
    complaint: Complaint, verb: str, by: Actor, at: datetime, uploads: Sequence[Upload] = (), **given: Any
) -> Complaint:
    """One step as a page takes it, and what follows is heard."""
    key = f"{verb}-{complaint.pk}-{at.timestamp():.0f}"
    services.take_step(
        complaint_id=complaint.pk, verb=verb, given=Given(**given), uploads=uploads, key=key, by=by, at=at
    )
    outbox.deliver_all()
    complaint.refresh_from_db()
    return complaint


def picture() -> Upload:
    return Upload("photo", "现场.jpg", jpeg())


def dispatch_given(hotline: Hotline, complaint: Complaint, **changes: Any) -> dict[str, Any]:
    who = people(hotline)
    secret = {"summary": "客户反映窗口服务质量问题，请核查当日录像"} if complaint.secrecy != "open" else {}
    return {
        "grade": Grade.GENERAL, "unit_id": hotline.county.station, "department_id": who.department,
        "handler_id": who.handler.staff_id, **secret, **changes,
    }  # fmt: skip


def decided_given(verdict: Verdict = Verdict.UPHELD, **changes: Any) -> dict[str, Any]:
    against = verdict != Verdict.DISMISSED
    return {
        "verdict": verdict,
        "responsibility": Responsibility.MARKETING if against else Responsibility.CUSTOMER,
        "root_cause": RootCause.ATTITUDE if against else "",
        "basis": "调取营业厅录像与客户陈述一致" if against else "录像显示服务规范，客户表示误会",
        **changes,
    }


def next_step(hotline: Hotline, complaint: Complaint, at: datetime, verdict: Verdict = Verdict.UPHELD) -> Complaint:
    """The next step on the straight road."""
    who, state = people(hotline), State(complaint.state)
    opinion = complaint.kind == Kind.OPINION
    if state is State.ANSWERED:
        return called_back(hotline, complaint, at)
    if state is State.INVESTIGATING:
        return replied(hotline, complaint, at, verdict)
    reached = (
        {"result": "reached", "wish": "客户要求此时联系"}
        if complaint.secrecy == "open"
        else {"result": "none", "reason": "客户要求保密不联系"}
    )
    told = {"answer": "已向您说明处理结果并致歉"}
    roads: dict[State, tuple[str, Actor, dict[str, Any]]] = {
        State.ACCEPTED: ("dispatch", who.office, dispatch_given(hotline, complaint)),
        State.DISPATCHED: ("contact", handler_of(hotline, complaint), reached),
        State.REPLIED: ("pass", who.dept, {"analysis": "回复事实清楚，措施可行", "measures": "全员开展礼仪培训"}),
        State.REVIEWED: ("answer", who.office, told) if opinion else ("decide", who.office, decided_given(verdict)),
        State.DECIDED: ("answer", who.office, told),
    }
    verb, by, given = roads[state]
    return step(complaint, verb, by, at, **given)


def replied(hotline: Hotline, complaint: Complaint, at: datetime, verdict: Verdict = Verdict.UPHELD) -> Complaint:
    """One piece of evidence (if this round has none) and the unit's reply."""
    handler, proposal = handler_of(hotline, complaint), decided_given(verdict)
    proposal.pop("basis")
    if not complaint.findings.filter(round=complaint.round).exists():
        words = {"evidence": Evidence.SYSTEM, "reason": "调取当日录像并核对排号记录"}
        step(complaint, "find", handler, at, (picture(),), **words)
    given = {"facts": "经调阅录像，窗口人员未使用文明用语", "measures": "约谈当事人并安排培训"}
    given |= {} if complaint.kind == Kind.OPINION else proposal
    return step(complaint, "reply", handler, at + MINUTE, **given)


def called_back(hotline: Hotline, complaint: Complaint, at: datetime, result: str = "satisfied") -> Complaint:
    """The office calls the customer back; a dissatisfied one says why."""
    words = "问题没有解决" if result == "dissatisfied" else ""
    hotline_services.record_call(
        case_id=complaint.case_id, purpose="review", result=result, words=words, wish="客户要求此时回访",
        by=people(hotline).office2, at=at,
    )  # fmt: skip
    outbox.deliver_all()
    complaint.refresh_from_db()
    return complaint


def taken_to(
    hotline: Hotline,
    complaint: Complaint,
    state: State,
    *,
    verdict: Verdict = Verdict.UPHELD,
    at: datetime | None = None,
) -> Complaint:
    """Bring a complaint along the straight road to a state, a quarter of an hour a step."""
    start = at or complaint.accepted_at + timedelta(minutes=5)

    def walk() -> None:
        when = start
        while complaint.state in ORDER and ORDER.index(State(complaint.state)) < ORDER.index(state):
            next_step(hotline, complaint, when, verdict)
            when += timedelta(minutes=15)

    world(f"complaint {complaint.pk} taken to {state} from {start}, {verdict}", walk)
    complaint.refresh_from_db()
    return complaint


def upheld(hotline: Hotline, **changes: Any) -> Complaint:
    """A complaint decided as upheld (marketing, attitude)."""
    return taken_to(hotline, a_complaint(hotline, **changes), State.DECIDED)


def dismissed(hotline: Hotline, **changes: Any) -> Complaint:
    """A complaint decided as not upheld (the customer's)."""
    return taken_to(hotline, a_complaint(hotline, **changes), State.DECIDED, verdict=Verdict.DISMISSED)


def handler_of(hotline: Hotline, complaint: Complaint) -> Actor:
    """Whoever investigates, as an actor of the responsible unit; the crew's before it is dispatched."""
    who = people(hotline)
    if complaint.handler_id in (None, who.handler.staff_id):
        return who.handler
    scope = Scope("desk", frozenset({complaint.unit_id}))
    return Actor(complaint.handler_id + 1000, complaint.handler_id, "handler", (scope,))  # type: ignore[operator]
