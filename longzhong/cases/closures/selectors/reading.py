"""One closure, one household, one project, one second request to read, with what the reader may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.cases.closures.models import Closure, ClosurePaper, Household, Project, Telling, ToldAgain
from longzhong.cases.closures.rules import (
    FAULT,
    HOUSEHOLD,
    MACHINE,
    PROJECT,
    READERS,
    REFUSALS,
    SYSTEM,
    Asked,
    Facts,
    Limits,
    may_close,
    may_pass_on,
    paper_words,
)
from longzhong.cases.closures.selectors.door import (
    closure_of,
    fault_label,
    fault_of,
    household_label,
    household_of,
    label,
    may,
    may_project,
    project_label,
    project_of,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, StepCard
from longzhong.dispatch.notifications import selectors as notifications
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.machine import Move
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card
from longzhong.register.policies import selectors as policies


@dataclass(frozen=True)
class ClosureCard:
    """A closure as its page shows it; `blocks` says why the next step can't be taken yet."""

    row: Closure
    customer: Card
    papers: tuple[Asked, ...]
    telling: Telling | None
    again: tuple[ToldAgain, ...]
    blocks: str
    withheld: int
    steps: tuple[StepCard, ...]
    clocks: tuple[ClockCard, ...]
    moves: tuple[Move, ...]

    @property
    def missing(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.papers if not one.brought)


@dataclass(frozen=True)
class HouseCard:
    row: Household
    customer: Card
    closures: tuple[Closure, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class ProjectCard:
    row: Project
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class FaultCard:
    row: ToldAgain
    steps: tuple[StepCard, ...]
    clocks: tuple[ClockCard, ...]
    moves: tuple[Move, ...]


def limits_of(unit_id: int, at: datetime) -> Limits:
    """The policies `closure.*` of a unit on this day."""
    return policies.limits(Limits, "closure", unit_id=unit_id, day=civil_day(at))


def missing_of(closure_id: int) -> tuple[str, ...]:
    """Codes of the documents that are still to be brought."""
    rows = ClosurePaper.objects.filter(closure=closure_id, brought_at=None).order_by("id")
    return tuple(rows.values_list("code", flat=True))


def facts_of(row: Closure, at: datetime) -> Facts:
    """What the conditions are asked about."""
    return Facts(
        ground=row.ground, day=civil_day(at), missing=missing_of(row.pk), signed=row.signed, shown=row.shown,
        idle_since_on=row.idle_since_on, meter_removed=row.removed, settled=row.settled_at is not None,
    )  # fmt: skip


def closure_card(actor: Actor, closure_id: int, at: datetime) -> ClosureCard:
    """One closure with everything that its page shows."""
    row = closure_of(actor, closure_id)
    papers = ClosurePaper.objects.filter(closure=row).order_by("-told", "id")
    telling = Telling.objects.select_related("staff").filter(closure=row).first()
    facts = facts_of(row, at)
    why = {"documents": lambda: may_pass_on(facts, limits_of(row.unit_id, at)), "settled": lambda: may_close(facts)}
    code = why[row.state]() if row.state in why else ""
    return ClosureCard(
        row=row, customer=customers.cards_of(actor, [row.account], civil_day(at))[0],
        papers=tuple(Asked(one.code, paper_words(one.code), one.brought_at is not None, one.told) for one in papers),
        telling=telling,
        again=tuple(ToldAgain.objects.filter(telling=telling).order_by("id")) if telling else (),
        blocks=REFUSALS[code] if code else "", withheld=notifications.withheld([row.account_id]),
        steps=tuple(matters.steps(label(row.pk))), clocks=tuple(matters.clock_cards(label(row.pk), at)),
        moves=tuple(move for move in open_moves(MACHINE, row.state, actor) if may(actor, move.roles, row)),
    )  # fmt: skip


def household_card(actor: Actor, household_id: int, at: datetime) -> HouseCard:
    row = household_of(actor, household_id)
    return HouseCard(
        row=row, customer=customers.cards_of(actor, [row.account], civil_day(at))[0],
        closures=tuple(Closure.objects.filter(household=row).order_by("-id")),
        steps=tuple(matters.steps(household_label(row.pk))),
        moves=tuple(move for move in open_moves(HOUSEHOLD, row.state, actor) if may(actor, move.roles, row)),
    )  # fmt: skip


def project_card(actor: Actor, project_id: int) -> ProjectCard:
    row = project_of(actor, project_id)
    moves = [move for move in open_moves(PROJECT, row.state, actor) if may_project(actor, move.roles, row.unit_id)]
    return ProjectCard(row, tuple(matters.steps(project_label(row.pk))), tuple(moves))


def fault_card(actor: Actor, fault_id: int, at: datetime) -> FaultCard:
    """One second request; nobody judges what they did themselves."""
    row = fault_of(actor, fault_id)
    matter, own = fault_label(row.pk), actor.staff_id in (row.staff_id, row.recorded_by_id)
    moves = [
        move for move in open_moves(FAULT, row.state, actor) if not own and may_project(actor, move.roles, row.unit_id)
    ]
    return FaultCard(row, tuple(matters.steps(matter)), tuple(matters.clock_cards(matter, at)), tuple(moves))


def open_moves(machine: Any, state: str, actor: Actor) -> Sequence[Move]:
    """The rows of a table that people of these roles may take from a state, each verb once."""
    rows = machine.moves_from(state, None if actor.system else actor.roles & {*READERS})
    return tuple({move.verb: move for move in rows if move.roles != (SYSTEM,)}.values())
