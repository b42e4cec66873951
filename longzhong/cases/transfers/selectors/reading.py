"""One transfer to read: its defects with their clocks, disputes, ties, papers, and the moves open to the actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.cases.transfers.models import Defect, Dispute, Transfer
from longzhong.cases.transfers.rules import FROM, MACHINE, PAPER_LABELS, DefectState, Paper, State, is_overdue
from longzhong.cases.transfers.selectors.door import label, may, transfer_of
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, FileCard, StepCard
from longzhong.dispatch.matters.selectors.addresses import Linked, linked
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.machine import Move

BY_DEFECT = tuple(FROM)


@dataclass(frozen=True)
class DefectLine:
    """A defect as the page shows it; `verbs` are what the actor may do with it."""

    row: Defect
    overdue: bool
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A transfer as its page shows it; `moves` are open to the actor and about the whole of it."""

    transfer: Transfer
    defects: tuple[DefectLine, ...]
    disputes: tuple[Dispute, ...]
    ties: tuple[Linked, ...]
    papers: tuple[tuple[str, FileCard], ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


def transfer_card(actor: Actor, transfer_id: int, at: datetime) -> Card:
    """One transfer with everything that its page shows."""
    row = transfer_of(actor, transfer_id)
    steps = tuple(matters.steps(label(row.pk)))
    open_ones = MACHINE.moves_from(row.state, actor.roles)
    moves = tuple(move for move in open_ones if may(actor, move.roles, row))
    defects = row.defects.select_related("fixed_by", "verified_by").order_by("due_on", "id")
    lines = tuple(_line(one, actor, moves, at) for one in defects)
    return Card(
        transfer=row,
        defects=lines,
        disputes=tuple(row.disputes.order_by("-begun_at", "-id")),
        ties=tuple(linked(actor, row.ties.order_by("id").values_list("matter", flat=True))),
        papers=_papers(steps),
        clocks=tuple(matters.clock_cards(label(row.pk), at)),
        steps=steps,
        moves=tuple(move for move in moves if _fits(row, move.verb, lines)),
    )


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of its timeline."""
    return [_told(step, step.data) for step in steps]


def _told(step: StepCard, data: Mapping[str, Any]) -> str:
    parts = [f"缺陷 {data['defect']}"] if data.get("defect") else []
    parts += [f"限 {data['due_on']} 前"] if data.get("due_on") else []
    parts += [f"协议编号 {data['contract_no']}"] if data.get("contract_no") else []
    return "；".join(filter(None, [*parts, matters.said(step)]))


def _line(row: Defect, actor: Actor, moves: Sequence[Move], at: datetime) -> DefectLine:
    open_ones = {move.verb for move in moves}
    verbs = [verb for verb in BY_DEFECT if verb in open_ones and row.state == FROM[verb]]
    if actor.staff_id is None or actor.staff_id == row.fixed_by_id:
        verbs = [verb for verb in verbs if verb == "fix"]
    return DefectLine(row, is_overdue(row.state, row.due_on, civil_day(at)), tuple(verbs))


def _fits(row: Transfer, verb: str, lines: Sequence[DefectLine]) -> bool:
    """Steps with a single defect stand beside it; those that wait for defects are hidden until they may be taken."""
    verified = all(line.row.state == DefectState.VERIFIED for line in lines)
    if verb in BY_DEFECT:
        return False
    if verb in ("submit", "clear", "settle_accept"):
        return verified
    if verb == "list_defects":
        return not verified
    was_handed = row.handed_over_at is not None
    return verb != "settle_handed" or (row.state == State.DISPUTED and was_handed)


def _papers(steps: Sequence[StepCard]) -> tuple[tuple[str, FileCard], ...]:
    files = [file for step in steps for file in step.files if not file.is_erased]
    return tuple((PAPER_LABELS.get(Paper(file.kind)) or file.kind, file) for file in files if file.kind in set(Paper))
