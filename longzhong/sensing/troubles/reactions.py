"""What troubles hear: outages that explain or end them, areas that curves say are dead; and what others ask of their label."""

from datetime import timedelta

from django.urls import reverse

from longzhong.dispatch.matters.rules.nouns import register_noun
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.events import on
from longzhong.sensing.curves.events import FaultFound
from longzhong.sensing.curves.rules import Kind
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.events import OutageMoved
from longzhong.sensing.troubles import selectors, services
from longzhong.sensing.troubles.rules import NewSignal, SignalKind

SLOT_MIN = 15
TROUBLES = Actor.machine("troubles")

register_noun(
    selectors.PREFIX,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda trouble_id: reverse("troubles:detail", args=[trouble_id]),
    words=selectors.WORDS,
    says=selectors.told,
)


@on(OutageMoved)
def follow_outage(fact: OutageMoved) -> None:
    services.follow_outage(outage_id=fact.outage_id, by=TROUBLES, at=fact.at)


@on(FaultFound)
def hear_dead_area(fact: FaultFound) -> None:
    if fact.kind == Kind.DEAD and civil_day(fact.at) - fact.day <= timedelta(days=1) and not _is_known(fact):
        source = f"curves.dead:{fact.area_id}:{fact.day}"
        silent = NewSignal(kind=SignalKind.MISSING, at=fact.at, source=source, area_id=fact.area_id)
        services.hear_signals(signals=[silent], by=TROUBLES, at=fact.at)


def _is_known(fact: FaultFound) -> bool:
    """The curves of yesterday show an outage that was registered then: no sign of another."""
    return outages.explains_dark(fact.area_id, fact.day, fact.slots * SLOT_MIN)
