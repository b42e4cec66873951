"""What telling hears of outages; what others ask of its labels; and its panel on an outage's page."""

from django.urls import reverse

from longzhong.dispatch.matters.rules import register_noun, register_panel
from longzhong.kit.events import on
from longzhong.sensing.announcements import selectors, services
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.events import OutageMoved

register_noun(
    selectors.PREFIX,
    door=selectors.is_visible,
    title=selectors.title,
    url=selectors.url,
    words=selectors.WORDS,
    says=selectors.told,
)
register_noun(
    selectors.TELLING,
    door=outages.is_visible,
    title=selectors.telling_title,
    url=lambda outage_id: reverse("announcements:outage", args=[outage_id]),
    words=selectors.TELLING_WORDS,
    says=selectors.told,
)
register_panel(outages.PREFIX, selectors.panel)


@on(OutageMoved)
def follow(fact: OutageMoved) -> None:
    services.follow_outage(outage_id=fact.outage_id, verb=fact.verb, by=selectors.HOUSE, at=fact.at)
