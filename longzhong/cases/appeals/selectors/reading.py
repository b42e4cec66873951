"""One appeal to read: what is asked and on which papers, the panel and its votes, what this actor may do now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from longzhong.cases.appeals.models import Appeal
from longzhong.cases.appeals.rules import (
    ASK_LABELS,
    CHOICE_LABELS,
    CONCLUDES,
    GROUND_LABELS,
    LIVE,
    MACHINE,
    PART_LABELS,
    VOTE_CLOCK,
    Ask,
    Choice,
    Ground,
    Part,
    Seal,
)
from longzhong.cases.appeals.rules.machine import SYSTEM
from longzhong.cases.appeals.rules.voting import outcome
from longzhong.cases.appeals.selectors.door import appeal_of, label, may
from longzhong.cases.appeals.selectors.people import HOUSE
from longzhong.cases.appeals.selectors.telling import told
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, SIGN, Responsibility
from longzhong.cases.complaints.selectors import Dossier
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, FileCard, StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.machine import Move

INSIDE = ("quality", "dept", "leader", "auditor")
"""Who reads which member voted how, once all have voted; the unit reads the numbers and the conclusion."""


@dataclass(frozen=True)
class SealLine:
    """One of the three levels; `on` None: not sealed yet."""

    part: str
    unit: str
    by: str
    on: date | None


@dataclass(frozen=True)
class MemberLine:
    """A member of the panel; `choice` and `reason` are empty while they are secret."""

    staff_id: int
    name: str
    left_at: datetime | None
    voted_at: datetime | None
    choice: str
    reason: str


@dataclass(frozen=True)
class AppealCard:
    """An appeal as its page shows it; `sees` says whether the complaint's own page is open to the actor; `outcome` stands once
    all members have voted; `moves` are open to the actor, `my_seat` is their own place on the panel.
    """

    appeal: Appeal
    dossier: Dossier
    sees: bool
    basis: str
    conclusion: str
    seals: tuple[SealLine, ...]
    evidence: tuple[FileCard, ...]
    members: tuple[MemberLine, ...]
    outcome: Choice | None
    count: str
    my_seat: MemberLine | None
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    texts: tuple[str, ...]
    moves: tuple[Move, ...]


def appeal_card(actor: Actor, appeal_id: int, at: datetime) -> AppealCard:
    """One appeal with everything that its page shows, through the door."""
    row = appeal_of(actor, appeal_id)
    matter, found = label(row.pk), outcome_of(row)
    steps = tuple(matters.steps(matter))
    members, sees = _members(actor, row, open_=found is not None), complaints.is_visible(actor, row.complaint_id)
    mine = next((one for one in members if one.staff_id == actor.staff_id and one.left_at is None), None)
    return AppealCard(
        appeal=row, dossier=dossier_of(actor, row, sees=sees), sees=sees, basis=vault.unseal(row.basis_sealed),
        conclusion=vault.unseal(row.conclusion_sealed), seals=seal_lines(row), evidence=_files(steps), members=members,
        outcome=found, count=_count(row) if found else "", my_seat=mine, clocks=_clocks(actor, matter, at),
        steps=steps, texts=tuple(told(steps)), moves=_moves(actor, row, found, mine),
    )  # fmt: skip


def dossier_of(actor: Actor, row: Appeal, *, sees: bool) -> Dossier:
    """The complaint in words. A member of the panel from elsewhere reads it too, but never what a customer who wants secrecy said,
    nor whom it is about.
    """
    if sees:
        return complaints.dossier(actor, row.complaint_id)
    full = complaints.dossier(HOUSE, row.complaint_id)
    words = vault.unseal(row.complaint.summary_sealed) or _("（客户要求保密）")
    content = full.content if row.complaint.secrecy == Secrecy.OPEN else words
    return replace(full, content=content, about="", timeline=())


def seals_of(row: Appeal) -> list[Seal]:
    """The seals as the rules see them."""
    return [Seal(Part(one.part), one.unit_id, one.staff_id, one.on) for one in row.seals.all()]


def seal_lines(row: Appeal) -> tuple[SealLine, ...]:
    """The three levels in order, sealed or not."""
    held = {one.part: one for one in row.seals.select_related("unit", "staff")}
    return tuple(
        SealLine(PART_LABELS[part], held[part].unit.name, held[part].staff.name, held[part].on)
        if part in held else SealLine(PART_LABELS[part], "", "", None)
        for part in Part
    )  # fmt: skip


def evidence_of(appeal_id: int) -> tuple[FileCard, ...]:
    """The files that hang on an appeal and weren't erased."""
    return _files(matters.steps(label(appeal_id)))


def outcome_of(row: Appeal) -> Choice | None:
    """What the panel came to; None while somebody hasn't voted."""
    votes = [one.choice for one in row.members.all() if one.left_at is None]
    return outcome([Choice(one) for one in votes]) if votes and all(votes) else None


def asked_words(row: Appeal) -> str:
    """What is asked, in words."""
    to = RESPONSIBILITY_LABELS[Responsibility(row.asked_responsibility)]
    return ASK_LABELS[Ask(row.ask)] + (f"（{to}）" if to else "")


def grounds_words(row: Appeal) -> str:
    twin = f"（与 {row.duplicate_of.case.number} 重复）" if row.duplicate_of else ""
    return "；".join(GROUND_LABELS[Ground(one)] for one in row.grounds) + twin


def _clocks(actor: Actor, matter: str, at: datetime) -> tuple[ClockCard, ...]:
    """The panel's clock, and of the members' each their own."""
    own = f"{VOTE_CLOCK}{actor.staff_id}"
    return tuple(
        one for one in matters.clock_cards(matter, at) if one.name == own or not one.name.startswith(VOTE_CLOCK)
    )


def _files(steps: Sequence[StepCard]) -> tuple[FileCard, ...]:
    return tuple(file for step in reversed(steps) for file in step.files if not file.is_erased)


def _members(actor: Actor, row: Appeal, *, open_: bool) -> tuple[MemberLine, ...]:
    """The panel in the order of seating. Votes are secret until all are in; each sees their own."""
    inside = open_ and (may(actor, INSIDE, row) or row.members.filter(staff=actor.staff_id or 0, left_at=None).exists())
    lines = []
    for one in row.members.select_related("staff").order_by("seated_at", "id"):
        shown = inside or (one.staff_id == actor.staff_id and bool(one.choice))
        choice = CHOICE_LABELS[Choice(one.choice)] if shown and one.choice else ""
        reason = vault.unseal(one.reason_sealed) if shown else ""
        lines.append(MemberLine(one.staff_id, one.staff.name, one.left_at, one.voted_at, choice, reason))
    return tuple(lines)


def _count(row: Appeal) -> str:
    votes = [one.choice for one in row.members.all() if one.left_at is None]
    return "，".join(f"{words} {votes.count(choice)}" for choice, words in CHOICE_LABELS.items() if choice in votes)


def _moves(actor: Actor, row: Appeal, found: Choice | None, mine: MemberLine | None) -> tuple[Move, ...]:
    """The rows of the table that this actor may take now."""
    if row.state not in LIVE:
        return ()
    accused = actor.staff_id is not None and actor.staff_id == row.complaint.about_staff_id
    barred = complaints.conflict(actor, row.complaint, SIGN) is not None
    opened = []
    for move in MACHINE.moves_from(row.state):
        if move.verb == "state":
            fits = accused
        elif move.verb == "vote":
            fits = mine is not None and mine.voted_at is None
        elif move.verb in CONCLUDES:
            fits = CONCLUDES[move.verb] is found and may(actor, move.roles, row)
        else:
            waits = move.verb != "replace" or found is None
            fits = move.roles != (SYSTEM,) and waits and may(actor, move.roles, row)
        if fits and (move.verb == "state" or not barred):
            opened.append(move)
    return tuple(opened)
