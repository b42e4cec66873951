"""抢修协同 (S4-20): repair, dispatch and marketing look at the same outage: estimate, crews, what was told, who called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.dispatch.crews import selectors as crews
from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications.selectors import NoticeCard, ReachLine
from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders.rules import STATE_LABELS
from longzhong.dispatch.workorders.rules import State as OrderState
from longzhong.register.org import selectors as org
from longzhong.sensing.announcements.models import Proposal, Round
from longzhong.sensing.announcements.selectors.boards import errands_of
from longzhong.sensing.announcements.selectors.doors import HOUSE, open_proposal, rounds
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Outage
from longzhong.sensing.restorations import selectors as restorations
from longzhong.sensing.troubles import selectors as troubles


@dataclass(frozen=True)
class Estimated:
    """What the model says beside the word that customers are told."""

    low_at: datetime
    median_at: datetime
    high_at: datetime
    is_adopted: bool


@dataclass(frozen=True)
class CrewLine:
    """A repair order of the outage, and which crew comes when (None: nobody is planned yet)."""

    order_id: int
    number: str
    state: str
    crew: str
    arrive_at: datetime | None


@dataclass(frozen=True)
class RoundLine:
    """A telling with its batch as it stands now, and reach and acknowledgement of each channel."""

    row: Round
    notice: NoticeCard | None
    reach: tuple[ReachLine, ...]


@dataclass(frozen=True)
class Joint:
    """Everything about one outage that three desks need at one time; `heard`: signals by kind (call, last_gasp …)."""

    outage: Outage
    estimate: Estimated | None
    crews: tuple[CrewLine, ...]
    readiness: str
    heard: Mapping[str, int]
    rounds: tuple[RoundLine, ...]
    errands: Mapping[str, Mapping[str, int]]
    proposal: Proposal | None


def joint_board(outage: Outage, at: datetime) -> Joint:
    """The board of an outage whose door the caller has passed."""
    label = outages.label(outage.pk)
    cards = {card.id: card for card in notices.of_cause(label)}
    told = [_round(row, cards) for row in rounds(outage.pk)]
    return Joint(
        outage=outage, estimate=_estimate(label), crews=_crews(label), readiness=crews.readiness(outage.unit_id, at),
        heard=troubles.heard_of(outage.pk), rounds=tuple(told), errands=errands_of(outage.pk), proposal=open_proposal(outage.pk),
    )  # fmt: skip


def _round(row: Round, cards: Mapping[int, NoticeCard]) -> RoundLine:
    card = cards.get(row.notice_id or 0)
    return RoundLine(row, card, tuple(notices.reach(card.id)) if card else ())


def _estimate(label: str) -> Estimated | None:
    row = restorations.expected([label]).get(label)
    return None if row is None else Estimated(row.low_at, row.median_at, row.high_at, row.adopted_at is not None)


def _crews(label: str) -> tuple[CrewLine, ...]:
    """Orders that were opened for the outage, with the stop of the plan in force, else with the owner's name."""
    found = {row.pk: row for row in orders.visible_to(HOUSE).filter(cause=label).order_by("id")}
    stops: dict[int, Any] = {
        stop.order_id: stop for stop in crews.visible_stops(HOUSE).filter(order__in=found).select_related("crew")
    }
    names = org.staff_names([row.owner_id for row in found.values() if row.owner_id])
    return tuple(
        CrewLine(
            pk, row.number or "", STATE_LABELS[OrderState(row.state)],
            stops[pk].crew.name if pk in stops else names.get(row.owner_id or 0, ""),
            stops[pk].arrive_at if pk in stops else None,
        )
        for pk, row in found.items()
    )  # fmt: skip
