"""What petitioners hear: calls and cases. And what others ask of the labels: door, title, address, words."""

from longzhong.cases.hotline.events import CallTaken, CaseMoved
from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.selectors.telling import FILE_WORDS, INCIDENT_WORDS, told
from longzhong.dispatch.matters.rules.nouns import register_noun
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

EARS = Actor.machine("petitioners.calls")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=selectors.url,
    words=FILE_WORDS,
    says=told,
)
register_noun(
    selectors.INCIDENT_NOUN,
    door=selectors.is_visible_incident,
    title=selectors.incident_title,
    url=selectors.incident_url,
    words=INCIDENT_WORDS,
    says=told,
)


@on(CallTaken)
def follow_a_call(fact: CallTaken) -> None:
    services.follow_call(call_id=fact.call_id, by=EARS, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.verb == "open")
def follow_a_case(fact: CaseMoved) -> None:
    services.follow_case(case_id=fact.case_id, by=EARS, at=fact.at)
