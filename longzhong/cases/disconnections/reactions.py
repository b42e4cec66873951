"""What the guard hears: a case that asks for power back; and what others ask of a disconnection's label."""

from longzhong.cases.disconnections import selectors, services
from longzhong.cases.disconnections.rules import RECONNECT
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.events import CaseMoved
from longzhong.dispatch.matters.rules import register_noun
from longzhong.kit.events import on
from longzhong.register.categories import selectors as categories

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=selectors.url,
    words=selectors.WORDS,
    says=selectors.told,
)


@on(CaseMoved, when=lambda fact: fact.verb == "open")
def hear_reconnection(fact: CaseMoved) -> None:
    """已结清欠费的复电登记 of an account that is off and paid up: the reconnection starts."""
    node = categories.by_ids([fact.category_id]).get(fact.category_id)
    if fact.account_id is None or node is None or node.code != RECONNECT:
        return
    cause = hotline.label(fact.case_id)
    services.hear_request(account_id=fact.account_id, cause=cause, by=selectors.GUARD, at=fact.at)
