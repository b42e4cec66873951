"""One filing to read: its scope in words, what it is tied to, its evidence, and the moves open to the actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import LIVE, MACHINE, State
from longzhong.cases.filings.selectors.door import filing_of, label, may
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, FileCard, StepCard
from longzhong.dispatch.matters.selectors.addresses import Linked, linked
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories
from longzhong.register.network import selectors as network
from longzhong.register.policies import selectors as policies

JUDGING = ("accept", "return", "confirm", "misuse")
LATE_KEY = "filings.late_roles"
HOUSE = Actor.machine("filings")


@dataclass(frozen=True)
class ScopeWords:
    """The scope in names and codes: what an edit form shows again and the page reads out. The account is masked."""

    areas: tuple[tuple[str, str], ...]
    feeders: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    account: str


@dataclass(frozen=True)
class Card:
    """A filing as its page shows it; `moves` are open to the actor."""

    filing: Filing
    scope: ScopeWords
    ties: tuple[Linked, ...]
    evidence: tuple[FileCard, ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


def filing_card(actor: Actor, filing_id: int, at: datetime) -> Card:
    """One filing with everything that its page shows."""
    row = filing_of(actor, filing_id)
    steps = tuple(matters.steps(label(row.pk)))
    return Card(
        filing=row,
        scope=scope_words(row),
        ties=tuple(linked(actor, row.ties.order_by("id").values_list("matter", flat=True))),
        evidence=_files(steps),
        clocks=tuple(matters.clock_cards(label(row.pk), at)),
        steps=steps,
        moves=_moves(actor, row, at),
    )


def scope_words(row: Filing) -> ScopeWords:
    """Names and codes of what a filing is for; three queries."""
    areas = network.visible_to(HOUSE).filter(pk__in=row.named_area_ids).order_by("code").values_list("code", "name")
    feeders = network.visible_feeders(HOUSE).filter(pk__in=row.feeder_ids).order_by("code").values_list("code", "name")
    nodes = categories.by_ids(row.named_category_ids).values()
    named = sorted((node.code, node.label) for node in nodes)
    account = f"****{row.account.code[-4:]}" if row.account else ""
    return ScopeWords(tuple(areas), tuple(feeders), tuple(named), account)


def evidence_of(filing_id: int) -> tuple[FileCard, ...]:
    """The files that hang on a filing and weren't erased."""
    return _files(matters.steps(label(filing_id)))


def late_roles(unit_id: int, at: datetime) -> tuple[str, ...]:
    """Who may accept what was filed late (policy)."""
    value = policies.value(LATE_KEY, unit_id=unit_id, day=civil_day(at))
    return tuple(str(role) for role in value) if isinstance(value, (list, tuple)) else (str(value),)


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of its timeline."""
    return [_told(step, step.data) for step in steps]


def _told(step: StepCard, data: Mapping[str, Any]) -> str:
    parts = [f"报备号 {data['number']}"] if data.get("number") else []
    parts += ["补报（晚于事项开始）"] if data.get("late") else []
    parts += [f"暂停报备 {data['months']} 个月，至 {data['until']}"] if data.get("months") else []
    return "；".join(filter(None, [*parts, matters.said(step)]))


def _files(steps: Sequence[StepCard]) -> tuple[FileCard, ...]:
    return tuple(file for step in steps for file in step.files if not file.is_erased)


def _moves(actor: Actor, row: Filing, at: datetime) -> tuple[Move, ...]:
    """The rows of the table that this actor may take now; nobody judges what they drafted or accepted."""
    if row.state not in LIVE:
        return ()
    open_ones = [move for move in MACHINE.moves_from(row.state, actor.roles) if may(actor, move.roles, row)]
    return tuple(move for move in open_ones if move.verb not in JUDGING or _judges(actor, row, move.verb, at))


def _judges(actor: Actor, row: Filing, verb: str, at: datetime) -> bool:
    if actor.staff_id is None or actor.staff_id in (*row.author_ids, row.accepted_by_id):
        return False
    if verb == "accept" and row.late and row.state == State.SUBMITTED:
        return may(actor, late_roles(row.unit_id, at), row)
    return True
