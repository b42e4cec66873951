"""One outage with all that its page says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.sensing.outages.models import Outage, Scope
from longzhong.sensing.outages.rules import (
    BEHIND,
    COMING,
    LIVE,
    OUTAGE,
    ROADS,
    STATE_LABELS,
    Device,
    Devices,
    Kind,
    Span,
    State,
    answer_words,
    devices_of,
)
from longzhong.sensing.outages.selectors.boards import affected_rows
from longzhong.sensing.outages.selectors.doors import areas_of_outage, label, may, visible_to
from longzhong.sensing.outages.selectors.known import Overlap, overlapping, told_of
from longzhong.sensing.outages.selectors.tracing import NamedDevice

StageState = Literal["done", "now", "todo", "bad"]
MOST_CHOICES = 400
BROKEN_OFF = (State.CANCELLED, State.WITHDRAWN, State.MERGED)


@dataclass(frozen=True)
class OutageDetail:
    """An outage, its devices, timeline, overlaps, what to tell a customer, and what this actor may do next."""

    outage: Outage
    devices: tuple[NamedDevice, ...]
    steps: tuple[StepCard, ...]
    overlaps: tuple[Overlap, ...]
    moves: tuple[Move, ...]
    answer: str
    is_live: bool


def outage_of(actor: Actor, outage_id: int, at: datetime) -> OutageDetail:
    """Through the door; whom it isn't for learns only that it isn't there."""
    outage = visible_to(actor).select_related("unit", "merged_into").filter(pk=outage_id).first()
    if outage is None:
        raise Refused("not_found", _("没有这次停电，或不在您的管辖范围内。"), outage=outage_id)
    is_live = outage.state in LIVE
    return OutageDetail(
        outage=outage, devices=tuple(devices_of_outage(outage.pk)), steps=tuple(matters.steps(label(outage.pk))),
        overlaps=tuple(_overlaps(outage)) if is_live else (), moves=tuple(open_moves(actor, outage)),
        answer=_answer(outage, at), is_live=is_live,
    )  # fmt: skip


def open_moves(actor: Actor, outage: Outage) -> list[Move]:
    """The machine's rows open to this actor now; restoring in part needs several areas."""
    rows = [row for row in OUTAGE.moves_from(outage.state) if row.verb not in BEHIND]
    if outage.areas < 2:
        rows = [row for row in rows if row.verb != "restore_part"]
    if outage.kind != Kind.FAULT:
        rows = [row for row in rows if row.verb != "locate"]
    return [row for row in rows if may(actor, row, outage)]


def devices_of_outage(outage_id: int) -> list[NamedDevice]:
    """The devices that are off, then the sections kept supplied, as they were called."""
    rows = Scope.objects.filter(outage=outage_id).order_by("kept", "id")
    return [NamedDevice(Device(row.kind), row.object_id, row.name, row.kept) for row in rows]


def still_out(outage_id: int) -> list[tuple[int, str]]:
    """Id and name of the areas that wait for power, for a form."""
    rows = affected_rows(outage_id).filter(restored_at=None)
    return list(rows.values_list("area_id", "area__name")[:MOST_CHOICES])


def off_of(outage_id: int) -> Devices:
    """The devices of an outage as they are traced."""
    devices = devices_of_outage(outage_id)
    return devices_of([(one.kind, one.id) for one in devices if not one.kept], [one.id for one in devices if one.kept])


def road(outage: Outage) -> list[tuple[str, StageState]]:
    """The stepper: stages of this life with where it stands; a broken-off one ends in red."""
    way: tuple[State, ...] = ROADS[outage.kind != Kind.FAULT]
    if outage.state != State.ASKED and not outage.exemption:
        way = tuple(state for state in way if state is not State.ASKED)
    if outage.state in BROKEN_OFF:
        return [(STATE_LABELS[way[0]], "done"), (STATE_LABELS[State(outage.state)], "bad")]
    here = way.index(State(outage.state))
    if outage.state != State.PARTLY:  # restored at one stroke: there was no part
        way = tuple(state for state in way if state is not State.PARTLY)
        here = way.index(State(outage.state))
    last = len(way) - 1
    return [
        (STATE_LABELS[state], "done" if number < here or here == last else "now" if number == here else "todo")
        for number, state in enumerate(way)
    ]


def _overlaps(outage: Outage) -> list[Overlap]:
    start = outage.started_at or outage.planned_start or outage.registered_at
    span = Span(start, outage.expected_end_at if outage.state in COMING else None)
    return overlapping(areas_of_outage(outage.pk, still_out=True), span, without=outage.pk)


def _answer(outage: Outage, at: datetime) -> str:
    if outage.state in (*BROKEN_OFF, State.ASKED):
        return ""
    return answer_words(told_of(outage, at, restored_at=outage.restored_at))
