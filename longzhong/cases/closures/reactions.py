"""What closures hear, and what others ask of their labels: door, title, address, words."""

from django.urls import reverse

from longzhong.cases.closures import selectors, services
from longzhong.cases.closures.events import ToldTwice
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

CLOSURES = Actor.machine("closures")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda closure_id: reverse("closures:detail", args=[closure_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)
register_noun(
    selectors.PROJECT_NOUN,
    door=selectors.project_is_visible,
    title=selectors.project_title,
    url=lambda project_id: reverse("closures:project", args=[project_id]),
    words=selectors.PROJECT_WORDS,
    says=selectors.told,
)
register_noun(
    selectors.HOUSE_NOUN,
    door=selectors.household_is_visible,
    title=selectors.household_title,
    url=lambda household_id: reverse("closures:household", args=[household_id]),
    words=selectors.HOUSE_WORDS,
    says=selectors.told,
)
register_noun(
    selectors.FAULT_NOUN,
    door=selectors.fault_is_visible,
    title=selectors.fault_title,
    url=lambda fault_id: reverse("closures:fault", args=[fault_id]),
    words=selectors.FAULT_WORDS,
    says=selectors.told,
)
register_panel(hotline.NOUN, selectors.panel)


@on(ToldTwice)
def review_second_request(fact: ToldTwice) -> None:
    services.start_review(fault_id=fact.fault_id, by=CLOSURES, at=fact.at)
