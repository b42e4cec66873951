"""One item to read: what it says, how its heat ran, the outage of its area, what it is tied to, and the moves open to the actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.cases.media.models import Item, Reading
from longzhong.cases.media.rules import GRADE_LABELS, MACHINE, Grade, State
from longzhong.cases.media.selectors.door import item_of, label, may
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, StepCard
from longzhong.dispatch.matters.selectors.addresses import Linked, linked
from longzhong.kit.actor import Actor
from longzhong.kit.machine import Move
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import OutageCard


@dataclass(frozen=True)
class Card:
    """An item as its page shows it; `outages` are those of its area now, `moves` are open to the actor."""

    item: Item
    outages: tuple[OutageCard, ...]
    ties: tuple[Linked, ...]
    readings: tuple[Reading, ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


def item_card(actor: Actor, item_id: int, at: datetime) -> Card:
    """One item with everything that its page shows."""
    row = item_of(actor, item_id)
    known = outages.known_at([row.area_id], at).get(row.area_id, []) if row.area_id else []
    return Card(
        item=row,
        outages=tuple(known),
        ties=tuple(linked(actor, row.ties.order_by("id").values_list("matter", flat=True))),
        readings=tuple(row.readings.order_by("at", "id")),
        clocks=tuple(matters.clock_cards(label(row.pk), at)),
        steps=tuple(matters.steps(label(row.pk))),
        moves=_moves(actor, row),
    )


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of its timeline."""
    names = org.staff_names([step.data["owner"] for step in steps if step.data.get("owner")])
    return [_told(step, step.data, names) for step in steps]


def _told(step: StepCard, data: Mapping[str, Any], names: Mapping[int, str]) -> str:
    parts = [f"定级：{GRADE_LABELS[Grade(data['grade'])]}"] if data.get("grade") else []
    parts += [f"负责人：{names.get(data['owner'], '')}"] if data.get("owner") else []
    parts += [f"浏览 {data['views']}，评论和转发 {data['talk']}"] if "views" in data else []
    return "；".join(filter(None, [*parts, matters.said(step)]))


def _moves(actor: Actor, row: Item) -> tuple[Move, ...]:
    """The rows of the table that this actor may take now; nobody approves their own text."""
    open_ones = [move for move in MACHINE.moves_from(row.state, actor.roles) if may(actor, move.roles, row)]
    return tuple(move for move in open_ones if _fits(actor, row, move.verb))


def _fits(actor: Actor, row: Item, verb: str) -> bool:
    if verb == "report":
        return row.reported_at is None
    if verb == "approve":
        return actor.staff_id is not None and actor.staff_id != row.response_by_id
    return verb != "return" or row.state in (State.DRAFTED, State.APPROVED)
