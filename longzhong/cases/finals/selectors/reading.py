"""One final answer to read: its text, who has to approve next, the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import APPROVERS, GROUND_LABELS, HOW_LABELS, LIVE, MACHINE, Ground, How, State
from longzhong.cases.finals.selectors.door import final_by_id, label, may
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import FileCard, StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.machine import Move
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import ROLE_NAMES, Role


@dataclass(frozen=True)
class Level:
    """One level of approval: whose, and who consented when."""

    role: str
    by: str
    at: Any
    is_next: bool


@dataclass(frozen=True)
class Card:
    """A final answer as its page shows it; `moves` are open to the actor."""

    final: FinalAnswer
    answer: str
    grounds: tuple[str, ...]
    levels: tuple[Level, ...]
    evidence: tuple[FileCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


def final_card(actor: Actor, final_id: int) -> Card:
    """One final answer with everything that its page shows."""
    row = final_by_id(actor, final_id)
    steps = tuple(matters.steps(label(row.pk)))
    return Card(
        final=row,
        answer=vault.unseal(row.answer_sealed),
        grounds=tuple(GROUND_LABELS[Ground(one)] for one in row.grounds),
        levels=_levels(row),
        evidence=_files(steps),
        steps=steps,
        moves=_moves(actor, row),
    )


def evidence_of(final_id: int) -> tuple[FileCard, ...]:
    """The files that hang on a final answer and weren't erased."""
    return _files(matters.steps(label(final_id)))


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of its timeline."""
    return [_told(step, step.data) for step in steps]


def _told(step: StepCard, data: Mapping[str, Any]) -> str:
    parts = [f"方式：{HOW_LABELS[How(data['how'])]}"] if data.get("how") else []
    parts += [f"备案号 {data['number']}"] if data.get("number") else []
    return "；".join(filter(None, [*parts, matters.said(step)]))


def _files(steps: Sequence[StepCard]) -> tuple[FileCard, ...]:
    return tuple(file for step in steps for file in step.files if not file.is_erased)


def _levels(row: FinalAnswer) -> tuple[Level, ...]:
    given = {one.position: one for one in row.approvals.order_by("position", "id")}
    names = org.staff_names([one.staff_id for one in given.values()])
    return tuple(
        Level(
            role=ROLE_NAMES[Role(role)],
            by=names.get(given[position].staff_id, "") if position in given else "",
            at=given[position].at if position in given else None,
            is_next=row.state == State.SUBMITTED and position == row.position,
        )
        for position, role in enumerate(row.chain)
    )


def _moves(actor: Actor, row: FinalAnswer) -> tuple[Move, ...]:
    """The rows of the table that this actor may take now; of the two ways to consent the one that fits the level."""
    if row.state not in LIVE:
        return ()
    last = row.position + 1 >= len(row.chain)
    hidden = "endorse" if last else "approve"
    moves = [move for move in MACHINE.moves_from(row.state, actor.roles) if move.verb != hidden]
    return tuple(move for move in moves if _open_to(actor, row, move))


def _open_to(actor: Actor, row: FinalAnswer, move: Move) -> bool:
    if move.verb not in ("endorse", "approve", "refuse"):
        return may(actor, move.roles, row)
    role = row.chain[row.position] if row.position < len(row.chain) else APPROVERS[-1]
    return actor.staff_id != row.drafted_by_id and may(actor, (role,), row)
