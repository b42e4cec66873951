"""What complaints hear: cases that are opened or move, clocks; and what others ask of their label: door, title, address, words."""

from django.urls import reverse

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.hotline.events import CaseMoved
from longzhong.dispatch.matters.events import ClockLate, ClockWarned
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.dispatch.workorders.rules import WARNED
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

HOUSE = Actor.machine("complaints")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda complaint_id: reverse("complaints:detail", args=[complaint_id]),
    words=selectors.WORDS,
    says=selectors.told,
)
register_panel("hotline.case", selectors.panel)


@on(CaseMoved)
def accept_case(fact: CaseMoved) -> None:
    if fact.type in set(Kind):
        services.accept(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def follow_case(fact: CaseMoved) -> None:
    services.follow_case(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(ClockWarned)
def note_warning(fact: ClockWarned) -> None:
    services.note_alarm(matter=fact.matter, alarm=WARNED, by=HOUSE, at=fact.at)


@on(ClockLate)
def note_escalation(fact: ClockLate) -> None:
    services.note_alarm(matter=fact.matter, alarm=WARNED + fact.level, by=HOUSE, at=fact.at)
