"""What alerts hear; and what others ask of an alert's label: its door, its title, its address."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.alerts import selectors, services
from longzhong.cases.alerts.rules import Sighting
from longzhong.dispatch.matters.rules import register_noun
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import FAULTS
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.sensing.curves.events import DayScanned, FaultFound, QualityFound

ALERTS = Actor.machine("alerts")

register_noun(
    "alerts.alert",
    door=selectors.is_visible,
    title=lambda alert_id: _("预警 %(id)s") % {"id": alert_id},
    url=lambda alert_id: reverse("alerts:detail", args=[alert_id]),
    words=selectors.VERB_WORDS,
    says=selectors.told,
)


@on(FaultFound)
def raise_from_fault(fact: FaultFound) -> None:
    services.raise_alert(sighting=_sighting(fact), by=ALERTS, at=fact.at)


@on(QualityFound)
def raise_from_quality(fact: QualityFound) -> None:
    services.raise_alert(sighting=_sighting(fact, quality=True, meter=fact.meter), by=ALERTS, at=fact.at)


@on(DayScanned)
def prove_by_day(fact: DayScanned) -> None:
    services.prove_day(day=fact.day, by=ALERTS, at=fact.at)


@on(OrderMoved, when=lambda fact: fact.kind in FAULTS)
def follow_order(fact: OrderMoved) -> None:
    services.follow_order(order_id=fact.order_id, by=ALERTS, at=fact.at)


def _sighting(fact: FaultFound | QualityFound, *, quality: bool = False, meter: str = "") -> Sighting:
    return Sighting(
        area_id=fact.area_id, unit_id=fact.unit_id, grid_id=fact.grid_id, kind=fact.kind, day=fact.day,
        days_abnormal=fact.days_abnormal, days_window=fact.days_window, beyond_pct=fact.beyond_pct, meters=fact.meters,
        worst=fact.worst, slots=fact.slots, duration_class=fact.duration_class, quality=quality, meter=meter,
    )  # fmt: skip
