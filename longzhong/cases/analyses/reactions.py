"""What reports hear, and what others ask of their label: door, title, address, words, the panel on a complaint's page."""

from django.urls import reverse

from longzhong.cases.analyses import selectors, services
from longzhong.cases.complaints.events import ComplaintDecided, ComplaintMoved, ComplaintUpheld
from longzhong.cases.complaints.rules import State as Stage
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

HOUSE = Actor.machine("analyses")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda report_id: reverse("analyses:detail", args=[report_id]),
    words=selectors.VERB_WORDS,
)
register_panel("complaints.complaint", selectors.panel)


@on(ComplaintUpheld)
def ask_for_report(fact: ComplaintUpheld) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(ComplaintDecided)
def follow_verdict(fact: ComplaintDecided) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(ComplaintMoved, when=lambda fact: fact.state == Stage.VOID)
def drop_with_complaint(fact: ComplaintMoved) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)
