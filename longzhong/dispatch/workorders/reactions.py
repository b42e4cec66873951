"""What orders hear: what their clocks told. And what others ask of an order's label: its door, its title, its address."""

from django.urls import reverse

from longzhong.dispatch.matters.events import Alarm, ClockLate, ClockWarned
from longzhong.dispatch.matters.rules.nouns import register_noun
from longzhong.dispatch.workorders import selectors, services
from longzhong.kit.actor import Actor
from longzhong.kit.events import on

CLOCKS = Actor.machine("workorders.clocks")

register_noun(
    "workorders.order",
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda order_id: reverse("workorders:detail", args=[order_id]),
    words=selectors.WORDS,
    says=selectors.told,
)


@on(ClockWarned)
@on(ClockLate)
def note_alarm(fact: Alarm) -> None:
    services.note_alarm(matter=fact.matter, alarm=fact.alarm, by=CLOCKS, at=fact.at)
