"""What bulletins hear; and how others show one by its label."""

from django.urls import reverse

from longzhong.assessment.bulletins import selectors, services
from longzhong.cases.hotline.events import CaseMoved
from longzhong.dispatch.matters.rules import register_noun
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda bulletin_id: reverse("bulletins:bulletin", args=[bulletin_id]),
    words={"draft": "起草", "recount": "重新统计", "issue": "通报", "answer": "整改回复"},
)


@on(CaseMoved, when=lambda fact: fact.verb in services.TURNS)
def note_turn(fact: CaseMoved) -> None:
    """A case that was sent back counts in the week in which it was."""
    services.note_turn(
        case_id=fact.case_id, unit_id=fact.unit_id, verb=fact.verb, by=Actor.machine("bulletins"), at=fact.at
    )
