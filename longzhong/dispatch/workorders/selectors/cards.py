"""One order with all that its page says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, OfferCard, OutlookCard, StepCard
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    DETOURS,
    LIVE,
    MACHINES,
    MILESTONES,
    NOT_OWN,
    OWNERS_ONLY,
    TRADES,
    Kind,
    State,
    state_label,
)
from longzhong.dispatch.workorders.selectors.doors import label, may, visible_to
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone and how it stands."""

    code: str
    label: str
    due_on: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class OrderCard:
    """An order, its clocks with their why, its timeline, and what this actor may do next."""

    order: WorkOrder
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    milestones: tuple[MilestoneLine, ...]
    offer: OfferCard | None
    moves: tuple[Move, ...]
    evidence: Mapping[str, Any]
    is_live: bool
    is_mine: bool
    outlook: OutlookCard | None = None

    @property
    def next_clock(self) -> ClockCard | None:
        """The running clock that is due first."""
        return next((clock for clock in self.clocks if clock.is_live and clock.due_at is not None), None)

    @property
    def progress(self) -> tuple[int, int]:
        """Milestones reached, of how many."""
        return sum(line.done_on is not None for line in self.milestones), len(self.milestones)


@dataclass(frozen=True)
class RoadStage:
    """One stage of the stepper: done, now, todo or bad."""

    label: str
    state: str


def order_card(actor: Actor, order_id: int, at: datetime) -> OrderCard:
    """The card through the door; a dozen queries for any length of history."""
    rows = visible_to(actor).select_related("unit", "grid", "area", "owner").prefetch_related("milestones")
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise Refused("not_found", "没有这张工单，或不在您的管辖范围内。", order=order_id)
    steps = tuple(matters.steps(label(order.pk)))
    return OrderCard(
        order=order, clocks=tuple(matters.clock_cards(label(order.pk), at)), steps=steps,
        milestones=_milestones(order, at), offer=matters.open_offer(label(order.pk)), moves=open_moves(actor, order),
        evidence=next((step.data["evidence"] for step in steps if "evidence" in step.data), {}),
        is_live=order.state in LIVE, is_mine=actor.staff_id is not None and order.owner_id == actor.staff_id,
        outlook=matters.outlooks([label(order.pk)], at).get(label(order.pk)) if order.state in LIVE else None,
    )  # fmt: skip


def open_moves(actor: Actor, order: WorkOrder) -> tuple[Move, ...]:
    """The rows of the machine that this actor may take now; nobody gets a machine's own moves."""
    rows = MACHINES[Kind(order.kind)].moves_from(State(order.state))
    return tuple(
        row
        for row in rows
        if not actor.system
        and may(actor, row.roles, order)
        and not (row.verb in OWNERS_ONLY and order.owner_id != actor.staff_id)
        and not (row.verb in NOT_OWN and order.owner_id == actor.staff_id)
        and not (row.verb == "take" and actor.staff_id is None)
    )


def road(order: WorkOrder) -> list[RoadStage]:
    """The stepper: the straight road, with a detour drawn in the place where the order stands."""
    state = State(order.state)
    stages = list(TRADES[Kind(order.kind)].road)
    if state in DETOURS:
        stages[stages.index(DETOURS[state])] = state
    if state is State.CANCELLED:
        return [RoadStage(state_label(order.kind, State.NEW), "done"), RoadStage(state_label(order.kind, state), "bad")]
    here = stages.index(state)
    bad = state in (State.RETURNED, State.UNPROVEN)
    now = "bad" if bad else "done" if state is State.VERIFIED else "now"
    return [
        RoadStage(state_label(order.kind, stage), "done" if n < here else "todo" if n > here else now)
        for n, stage in enumerate(stages)
    ]


def candidates(order: WorkOrder, day: date) -> list[tuple[int, str]]:
    """Who may be given an order: those of its unit who do the work of its kind."""
    hands = TRADES[Kind(order.kind)].hands
    ids = dict.fromkeys(staff_id for role in hands for staff_id in org.staff_with_role(order.unit_id, role, day))
    names = org.staff_names(list(ids))
    return [(staff_id, names[staff_id]) for staff_id in ids if staff_id != order.owner_id]


def _milestones(order: WorkOrder, at: datetime) -> tuple[MilestoneLine, ...]:
    rows = sorted(order.milestones.all(), key=lambda row: row.position)
    days = [civil_day(row.done_at) if row.done_at else None for row in rows]
    return tuple(
        MilestoneLine(row.code, MILESTONES[row.code], row.due_on, done_on, row.due_on < (done_on or civil_day(at)))
        for row, done_on in zip(rows, days, strict=True)
    )
