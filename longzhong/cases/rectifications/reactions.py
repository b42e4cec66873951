"""What forms hear, and what others ask of their label: door, title, address, words, the panel on a complaint's page."""

from django.urls import reverse

from longzhong.cases.complaints.events import ComplaintDecided, ComplaintMoved, ComplaintUpheld
from longzhong.cases.complaints.rules import State as Stands
from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.events import Rectified
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.register.org.events import PostsMoved

HOUSE = Actor.machine("rectifications")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda form_id: reverse("rectifications:detail", args=[form_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)
register_panel("complaints.complaint", selectors.panel)


@on(ComplaintUpheld)
def open_form(fact: ComplaintUpheld) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(ComplaintDecided)
def follow_verdict(fact: ComplaintDecided) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(ComplaintMoved, when=lambda fact: fact.state == Stands.VOID)
def follow_void(fact: ComplaintMoved) -> None:
    services.follow(complaint_id=fact.complaint_id, by=HOUSE, at=fact.at)


@on(PostsMoved)
def follow_posts(_fact: PostsMoved) -> None:
    """Whoever acts today is expected from now on; a change planned for later comes with its day."""
    services.refresh_signers(by=HOUSE, at=clock.now())


@on(Rectified)
def plan_review(fact: Rectified) -> None:
    services.plan_review(form_id=fact.form_id, by=HOUSE, at=fact.at)
