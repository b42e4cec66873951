"""What complaints hear: cases that are opened or move, clocks; and what others ask of their label: door, title, address, words."""

from django.urls import reverse

from longzhong.cases.complaints import selectors, services
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.events import CaseMoved
from longzhong.dispatch.matters.events import Alarm, ClockLate, ClockWarned
from longzhong.dispatch.matters.rules import register_noun, register_panel
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
register_panel(hotline.NOUN, selectors.panel)
register_panel(selectors.NOUN, selectors.filed)


@on(CaseMoved, when=lambda fact: fact.type in set(Kind))
def accept_case(fact: CaseMoved) -> None:
    services.accept(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.type in set(Kind))
def follow_case(fact: CaseMoved) -> None:
    services.follow_case(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(ClockWarned)
@on(ClockLate)
def note_alarm(fact: Alarm) -> None:
    services.note_alarm(matter=fact.matter, alarm=fact.alarm, by=HOUSE, at=fact.at)
