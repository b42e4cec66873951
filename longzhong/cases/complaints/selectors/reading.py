"""One complaint to read: the card of its page, and the dossier that forms and reports are filled from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.cases.complaints.models import Complaint, Decision, Finding, Reply
from longzhong.cases.complaints.rules import (
    EVIDENCE_LABELS,
    MACHINES,
    OFFICE,
    RESPONSIBILITY_LABELS,
    VERDICT_LABELS,
    Evidence,
    Kind,
    Responsibility,
    Tie,
    Verdict,
    refusal,
)
from longzhong.cases.complaints.rules.machine import SYSTEM
from longzhong.cases.complaints.selectors.door import knows_caller, label, may, ties_of, visible_to
from longzhong.cases.complaints.selectors.telling import WORDS, told
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, RootCause, Secrecy
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import moment_words
from longzhong.dispatch.matters.selectors import ClockCard, FileCard, StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories

_BESIDE = (
    "case__area", "case__grid", "case__first_asked", "category", "unit", "grid", "department", "handler", "about_staff",
    "about_unit", "decided_by",
)  # fmt: skip


@dataclass(frozen=True)
class FindingLine:
    """One piece of evidence with its words and files."""

    kind: str
    words: str
    by: str
    at: datetime
    round: int
    files: tuple[FileCard, ...]


@dataclass(frozen=True)
class ReplyLine:
    """A reply of the unit, and what the department said to it (`passed` None: not yet)."""

    number: int
    facts: str
    verdict: str
    responsibility: str
    root_cause: str
    measures: str
    by: str
    at: datetime
    passed: bool | None
    analysis: str
    review_measures: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True)
class DecisionLine:
    """A decision or, with `appeal` (a label), its correction."""

    number: int
    verdict: str
    responsibility: str
    root_cause: str
    basis: str
    appeal: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ComplaintCard:
    """A complaint as its page shows it. `content` is the customer's redacted words, or, where this actor may not learn who it is,
    the office's retelling; `knows` says which, and whether the case's own page (account, place, caller) is open to them.
    `moves` are the steps that this actor may take now; `barred` the verbs that a conflict of interest keeps them from, with codes.
    """

    complaint: Complaint
    category: str
    content: str
    knows: bool
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    texts: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    replies: tuple[ReplyLine, ...]
    decisions: tuple[DecisionLine, ...]
    moves: tuple[Move, ...]
    barred: Mapping[str, str]
    ties: frozenset[Tie]

    @property
    def needs_summary(self) -> bool:
        """Whether dispatching it asks for a retelling."""
        return self.complaint.secrecy != Secrecy.OPEN

    @property
    def is_uncalled(self) -> bool:
        """Whether the customer isn't to be called before the answer."""
        return self.complaint.secrecy != Secrecy.OPEN


def complaint_card(actor: Actor, complaint_id: int, at: datetime) -> ComplaintCard:
    """The card through the door; some fourteen queries for any length of history."""
    row = _row(actor, complaint_id)
    matter, ties, knows = label(row.pk), ties_of(actor, row), knows_caller(actor, row)
    steps = tuple(matters.steps(matter))
    allowed = _moves(actor, row)
    barred = {move.verb: code for move in allowed if (code := refusal(move.verb, ties)) is not None}
    return ComplaintCard(
        complaint=row, category=categories.label_of(row.category_id), content=_content(row, knows=knows), knows=knows,
        clocks=tuple(matters.clock_cards(matter, at)), steps=steps, texts=tuple(told(steps)), findings=_findings(row, steps),
        replies=tuple(_reply(one) for one in row.replies.all()),
        decisions=tuple(_decision(one) for one in row.decisions.all()),
        moves=tuple(move for move in allowed if move.verb not in barred), barred=barred, ties=ties,
    )  # fmt: skip


@dataclass(frozen=True)
class Dossier:
    """A complaint in words, for printed forms and reports: nothing in it says who complained where the actor may not know."""

    complaint_id: int
    number: str
    kind: str
    grade: str
    category: str
    channel: str
    unit: str
    department: str
    handler: str
    about: str
    accepted_at: datetime
    dispatched_at: datetime | None
    contacted_at: datetime | None
    replied_at: datetime | None
    decided_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    content: str
    findings: tuple[FindingLine, ...]
    replies: tuple[ReplyLine, ...]
    decisions: tuple[DecisionLine, ...]
    root_cause: str
    verdict: str
    responsibility: str
    final_verdict: str
    final_responsibility: str
    final_at: datetime | None
    times_returned: int
    timeline: tuple[str, ...]


def dossier(actor: Actor, complaint_id: int) -> Dossier:
    """The complaint through the door, in words. Whom it is about is named to the office and the department only (`about`)."""
    row = _row(actor, complaint_id)
    steps = tuple(matters.steps(label(row.pk)))
    lines = zip(reversed(steps), reversed(told(steps)), strict=True)
    return Dossier(
        complaint_id=row.pk, number=row.case.number or "", kind=row.get_kind_display(), grade=row.get_grade_display(),
        category=categories.label_of(row.category_id), channel=row.case.get_channel_display(), unit=str(row.unit),
        department=str(row.department or ""), handler=str(row.handler or ""), about=_about(actor, row),
        accepted_at=row.accepted_at, dispatched_at=row.dispatched_at, contacted_at=row.contacted_at,
        replied_at=row.replied_at, decided_at=row.decided_at, answered_at=row.answered_at, closed_at=row.closed_at,
        content=_content(row, knows=knows_caller(actor, row)), findings=_findings(row, steps),
        replies=tuple(_reply(one) for one in row.replies.all()),
        decisions=tuple(_decision(one) for one in row.decisions.all()), root_cause=_cause(row.root_cause),
        verdict=_verdict(row.verdict), responsibility=_responsibility(row.responsibility),
        final_verdict=_verdict(row.final_verdict), final_responsibility=_responsibility(row.final_responsibility),
        final_at=row.final_at, times_returned=row.times_returned,
        timeline=tuple(f"{moment_words(one.at)} {WORDS.get(one.verb, one.verb)} {text}".strip() for one, text in lines),
    )  # fmt: skip


def _row(actor: Actor, complaint_id: int) -> Complaint:
    rows = visible_to(actor).select_related(*_BESIDE)
    row = rows.prefetch_related(
        "findings__by_staff", "replies__by_staff", "replies__reviewed_by", "decisions__by_staff"
    )
    found = row.filter(pk=complaint_id).first()
    if found is None:
        raise Refused("not_found", _("没有这件投诉，或不在您的管辖范围内。"), complaint=complaint_id)
    return found


def _content(row: Complaint, *, knows: bool) -> str:
    return (
        row.case.content
        if knows
        else vault.unseal(row.summary_sealed) or _("（客户要求保密或匿名，待优质服务办公室转述）")
    )


def _about(actor: Actor, row: Complaint) -> str:
    if row.about_staff is None:
        return str(row.about_unit or "")
    named = may(actor, (*OFFICE, "dept", "leader"), row)
    return str(row.about_staff) if named else row.about_staff.name[:1] + "*" * (len(row.about_staff.name) - 1)


def _moves(actor: Actor, row: Complaint) -> tuple[Move, ...]:
    """The rows of the table that this actor's roles open, once a verb; the house's own rows are nobody's, secrecy those's who took
    the call and the office's.
    """
    rows = MACHINES[Kind(row.kind)].moves_from(row.state)
    hides = hotline.may_hide(actor, row.case)
    return tuple(
        move for move in rows
        if move.roles != (SYSTEM,) and may(actor, move.roles, row) and (move.verb != "hide" or hides)
    )  # fmt: skip


def _findings(row: Complaint, steps: tuple[StepCard, ...]) -> tuple[FindingLine, ...]:
    files = {step.seq: step.files for step in steps}
    return tuple(_finding(one, files.get(one.seq, ())) for one in sorted(row.findings.all(), key=lambda one: one.pk))


def _finding(one: Finding, files: tuple[FileCard, ...]) -> FindingLine:
    kept = tuple(file for file in files if not file.is_erased)
    words = vault.unseal(one.words_sealed)
    return FindingLine(EVIDENCE_LABELS[Evidence(one.kind)], words, str(one.by_staff or ""), one.at, one.round, kept)


def _reply(one: Reply) -> ReplyLine:
    return ReplyLine(
        number=one.number, facts=vault.unseal(one.facts_sealed), verdict=_verdict(one.verdict),
        responsibility=_responsibility(one.responsibility), root_cause=_cause(one.root_cause),
        measures=vault.unseal(one.measures_sealed), by=str(one.by_staff or ""), at=one.at, passed=one.passed,
        analysis=vault.unseal(one.analysis_sealed), review_measures=vault.unseal(one.review_measures_sealed),
        reviewed_by=str(one.reviewed_by or ""), reviewed_at=one.reviewed_at,
    )  # fmt: skip


def _decision(one: Decision) -> DecisionLine:
    return DecisionLine(
        one.number, _verdict(one.verdict), _responsibility(one.responsibility), _cause(one.root_cause),
        vault.unseal(one.basis_sealed), one.appeal, str(one.by_staff or ""), one.at,
    )  # fmt: skip


def _verdict(code: str) -> str:
    return VERDICT_LABELS[Verdict(code)] if code else ""


def _responsibility(code: str) -> str:
    return RESPONSIBILITY_LABELS[Responsibility(code)]


def _cause(code: str) -> str:
    return CAUSE_LABELS[RootCause(code)] if code else ""
