"""What final answers hear, and what others ask of their label: door, title, address, words."""

from django.urls import reverse

from longzhong.cases.finals import selectors, services
from longzhong.cases.hotline.events import CaseMoved
from longzhong.cases.hotline.rules import DONE
from longzhong.dispatch.matters.rules import register_noun
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

FINALS = Actor.machine("finals")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda final_id: reverse("finals:detail", args=[final_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)


@on(CaseMoved, when=lambda fact: fact.state in DONE)
def withdraw_with_case(fact: CaseMoved) -> None:
    services.withdraw_if_ended(case_id=fact.case_id, by=FINALS, at=fact.at)
