"""What outages hear of their notices; and what others ask of the labels of outages and stops: doors, titles, addresses."""

from django.urls import reverse

from longzhong.dispatch.matters.rules.nouns import register_noun
from longzhong.dispatch.notifications.events import NoticeMoved
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.sensing.outages import selectors, services

HOUSE = Actor.machine("outages")

register_noun(
    selectors.PREFIX,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda outage_id: reverse("outages:detail", args=[outage_id]),
    words=selectors.WORDS,
    says=selectors.told,
)
register_noun(
    selectors.STOP_PREFIX,
    door=lambda actor, stop_id: selectors.visible_stops(actor).filter(pk=stop_id).exists(),
    title=selectors.stop_title,
    url=lambda _stop_id: reverse("outages:stops"),
    words=selectors.STOP_WORDS,
)


@on(NoticeMoved)
def note_notice(fact: NoticeMoved) -> None:
    services.note_notice(
        cause=fact.cause, notice_id=fact.notice_id, verb=fact.verb, sent=fact.sent, by=HOUSE, at=fact.at
    )
