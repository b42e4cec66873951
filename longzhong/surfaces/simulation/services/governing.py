"""One complaint on its way through governance, each of its people taking their step at their moment, up to a moment of now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints import services as governance
from longzhong.cases.complaints.rules import Kind, State
from longzhong.cases.complaints.services import Given
from longzhong.cases.hotline import services as cases
from longzhong.cases.hotline.rules.words import Channel, Mood, Secrecy
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.sensing.restorations import services as restorations
from longzhong.surfaces.simulation.rules import laments as words
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.callers import call_back_at
from longzhong.surfaces.simulation.rules.codes import account_code
from longzhong.surfaces.simulation.rules.grievances import Grievance, heard
from longzhong.surfaces.simulation.services.acting import MACHINE, play
from longzhong.surfaces.simulation.services.cast import Cast, Team

Deed = Callable[[datetime], Any]
Steps = Iterator[tuple[float, Deed]]
SUMMARY = "有人反映工作人员服务纪律方面的问题，请核查相关记录"
WISH, ANSWER = "客户要求此时联系", "已向客户说明核查结果和处理措施"
DOERS: dict[str, Callable[..., Any]] = {
    "dispatch": governance.dispatch, "contact": governance.contact, "find": governance.find, "reply": governance.reply,
    "pass": governance.pass_reply, "decide": governance.decide,
}  # fmt: skip
NEXT: dict[str, tuple[str, ...]] = {
    State.ACCEPTED: ("dispatch",), State.DISPATCHED: ("contact",), State.INVESTIGATING: ("find",), State.REPLIED: ("pass",),
    State.REVIEWED: ("decide", "answer"), State.DECIDED: ("answer",), State.ANSWERED: ("call",),
}  # fmt: skip
"""What comes next in a state; the first of them that is on a matter's road."""


@dataclass(frozen=True)
class Matter:
    """A complaint that was opened, with whoever takes part."""

    cast: Cast
    told: Grievance
    id: int
    case_id: int
    team: Team
    about: int | None

    @property
    def handler(self) -> Actor:
        return self.team.handler(self.about)

    @property
    def reviewer(self) -> Actor:
        return self.cast.department(self.told.topic)[1]


def open_matter(cast: Cast, told: Grievance) -> Matter | None:
    """The desk takes it and governance accepts it; None where the hotline refused."""
    if told.thunder:
        play(told.at - timedelta(hours=2), partial(_storm, cast))
    case = play(told.at, partial(_take, cast, told))
    row = complaints.of_case(case.pk) if case is not None else None
    if case is None or row is None:
        return None
    return Matter(cast, told, row.pk, case.pk, cast.team(case.unit_id), case.about_staff_id)


def picked_up(cast: Cast, case: Any) -> Matter | None:
    """A matter that somebody told on the telephone; None where governance doesn't have it, or no station of the county does."""
    row = complaints.of_case(case.pk)
    if row is None or case.unit_id not in cast.stations:
        return None
    told = heard(
        cast.county.seed, row.pk, at=row.accepted_at, category=row.category.code, channel=row.channel, secrecy=row.secrecy,
        accused=row.about_staff_id is not None,
    )  # fmt: skip
    return Matter(cast, told, row.pk, case.pk, cast.team(case.unit_id), row.about_staff_id)


def next_step(cast: Cast, case: Any) -> tuple[datetime, Deed] | None:
    """When who does what next with a governed case, as its rows stand; None when nothing is to be done."""
    matter = picked_up(cast, case)
    if matter is None:
        return None
    row = complaints.complaint_of(MACHINE, matter.id)
    verbs = NEXT.get(row.state, ())
    if row.state == State.INVESTIGATING and row.findings.filter(round=row.round).exists():
        verbs = ("reply",)
    for verb, hours, deed in _road(matter):
        if verb in verbs:
            at = matter.told.at + timedelta(hours=hours)
            return (call_back_at(at) if verb == "call" else at), deed
    return None


def walk(matter: Matter, until: datetime, *, stop: str = "") -> str:
    """Take the steps whose moment has come by `until`, up to the verb `stop`; returns the last verb taken, "" for none."""
    last = ""
    for verb, hours, deed in _road(matter):
        at = matter.told.at + timedelta(hours=hours)
        at = call_back_at(at) if verb == "call" else at
        if at > until or verb == stop or play(at, deed) is None:
            break
        last = verb
    return last


def told_in(told: Grievance) -> str:
    """The customer's words; the same for the same category, as far as a model of texts cares."""
    options = words.TEXTS[told.category]
    return options[told.customer % len(options)]


def _storm(cast: Cast, at: datetime) -> Any:
    county = cast.units[register.COUNTY]
    return restorations.note_weather(
        unit_id=county, kind="thunder", starts_at=at, ends_at=at + timedelta(hours=8), by=MACHINE, at=at
    )


def _take(cast: Cast, told: Grievance, at: datetime) -> Any:
    desk = cast["desk"]
    code = account_code(cast.county, told.customer)
    caller = cases.Caller(account_id=customers.account_ids([code])[code])
    call = cases.take_call(
        call=cases.NewCall(channel=Channel(told.channel), text=told_in(told), caller=caller, mood=Mood.EXCITED), by=desk, at=at
    )  # fmt: skip
    about = cast.team(call.unit_id).accused(told.category) if told.accused else None
    new = cases.NewCase(
        category_id=categories.category(told.category).id, mood=Mood.EXCITED, secrecy=Secrecy(told.secrecy), about_staff_id=about
    )  # fmt: skip
    return cases.open_case(call_id=call.pk, case=new, by=desk, at=at)


def _road(matter: Matter) -> Iterator[tuple[str, float, Deed]]:
    """Verb, hours after the call, deed."""
    told, office, handler, reviewer = matter.told, matter.cast["quality"], matter.handler, matter.reviewer
    judged = not told.category.startswith(Kind.OPINION)
    against = judged and told.verdict != "dismissed"
    ends = {"verdict": told.verdict, "responsibility": told.responsibility, "root_cause": told.cause} if judged else {}
    measures = "约谈责任人，修订班组作业要求并组织培训" if against else ""

    def step(verb: str, by: Actor, **given: Any) -> Deed:
        return lambda at: DOERS[verb](complaint_id=matter.id, given=Given(**given), by=by, at=at)

    yield "dispatch", 0.7, step("dispatch", office, **_placed(matter))
    yield "contact", 1.5, step("contact", handler, **_contact(told))
    yield "find", 20, step("find", handler, evidence="system", reason="调取系统记录并走访核实经过")
    yield "reply", 26, step("reply", handler, facts=_facts(told), measures=measures, **ends)
    yield "pass", 46, step("pass", reviewer, analysis="回复事实清楚，依据充分，措施可行", measures=measures)
    if judged:
        yield "decide", 70, step("decide", office, basis="依据系统记录、现场核查和当事人陈述核定", **ends)
    yield "answer", 74, lambda at: governance.answer(complaint_id=matter.id, answer=ANSWER, by=office, at=at)
    yield "call", 76, partial(_call_back, matter)


def _placed(matter: Matter) -> dict[str, Any]:
    secret = {"summary": SUMMARY} if matter.told.secrecy == "confidential" else {}
    row = complaints.complaint_of(MACHINE, matter.id)
    return {
        "grade": row.grade, "unit_id": matter.team.unit, "department_id": matter.cast.department(matter.told.topic)[0],
        "handler_id": matter.handler.staff_id, **secret,
    }  # fmt: skip


def _contact(told: Grievance) -> dict[str, str]:
    if told.secrecy == "open":
        return {"result": "reached", "wish": WISH}
    return {"result": "none", "reason": "客户要求保密，不联系"}


def _facts(told: Grievance) -> str:
    said = {
        "upheld": "客户反映的情况属实，系工作不到位所致",
        "partly": "客户反映的主要情况属实，个别细节与记录不符",
        "dismissed": "经核查，服务过程和记录符合规定，客户反映与事实不符",
    }
    return said[told.verdict]


def _call_back(matter: Matter, at: datetime) -> Any:
    by = matter.cast["quality2"]
    return cases.record_call(case_id=matter.case_id, purpose="review", result="satisfied", by=by, at=at)
