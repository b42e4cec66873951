"""One form to read: what was found and decided, measures, signatures, re-visits, what the actor may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules.words import COUNTS_AGAINST
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.rectifications.models import Form, Measure, Revisit, Signature
from longzhong.cases.rectifications.rules import HANDS, MACHINE, UNPROVED, Proof, Sign, State, Visit
from longzhong.cases.rectifications.rules.machine import OWN, SYSTEM
from longzhong.cases.rectifications.selectors.door import form_by_id, is_accused, label, may
from longzhong.cases.rectifications.selectors.people import Standing, barred_from, standing_of
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import ClockCard, FileCard, StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories

HOUSE = Actor.machine("rectifications")
RETOLD_LATER = "（客户要求保密，此处不写诉求原话）"


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its words and the files of its proof; `is_mine`: this actor may prove it now."""

    row: Measure
    text: str
    proof: str
    files: tuple[FileCard, ...]
    is_mine: bool
    is_late: bool


@dataclass(frozen=True)
class PartLine:
    """A part of a round; `standing`: how this actor may sign it now (None: not)."""

    row: Signature
    opinion: str
    standing: Standing | None


@dataclass(frozen=True)
class Texts:
    """What is written on the form, unsealed."""

    said: str
    facts: str
    cause: str
    aim: str
    unit_measures: str
    department_measures: str
    review: str


@dataclass(frozen=True)
class Card:
    """A form as its page shows it. `parts` are those of the present round, `before` of the earlier ones; `similar`: upheld
    complaints of the same category and unit accepted since the measures were proved (None: not proved).
    """

    form: Form
    category: str
    texts: Texts
    measures: tuple[MeasureLine, ...]
    parts: tuple[PartLine, ...]
    before: tuple[PartLine, ...]
    revisits: tuple[Revisit, ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]
    similar: int | None

    @property
    def mine(self) -> list[PartLine]:
        """The parts that this actor may sign now."""
        return [one for one in self.parts if one.standing is not None]


def form_card(actor: Actor, form_id: int, at: datetime) -> Card:
    """The card through the door."""
    row, matter, day = form_by_id(actor, form_id), label(form_id), civil_day(at)
    steps = tuple(matters.steps(matter))
    measures, lines = _measures(actor, row, steps, day), _parts(actor, row, day)
    revisits = tuple(row.revisits.select_related("by_staff").order_by("due_on"))
    return Card(
        form=row, category=categories.label_of(row.complaint.category_id), texts=texts_of(row), measures=measures,
        parts=tuple(one for one in lines if one.row.round == row.signing_round and row.signing_round),
        before=tuple(one for one in lines if one.row.round < row.signing_round), revisits=revisits,
        clocks=tuple(matters.clock_cards(matter, at)), steps=steps,
        moves=_moves(actor, row, (measures, lines, revisits), day), similar=similar_since(row),
    )  # fmt: skip


def texts_of(row: Form) -> Texts:
    """The form's own words, and what was complained of: retold where the customer is to stay unknown, whoever asks."""
    return Texts(
        said_of(row), vault.unseal(row.facts_sealed), vault.unseal(row.cause_sealed),
        vault.unseal(row.aim_sealed), vault.unseal(row.unit_measures_sealed),
        vault.unseal(row.department_measures_sealed), vault.unseal(row.review_sealed),
    )  # fmt: skip


def said_of(row: Form) -> str:
    """What a form may say of the complaint: the redacted words of an open customer, the office's retelling of the others."""
    complaint = row.complaint
    if complaint.secrecy == Secrecy.OPEN:
        return complaint.case.content
    return vault.unseal(complaint.summary_sealed) or RETOLD_LATER


def similar_since(row: Form) -> int | None:
    """Upheld complaints of the same category and unit since the measures were proved; None before."""
    if row.done_at is None:
        return None
    rows = complaints.visible_to(HOUSE).filter(category=row.complaint.category_id, unit=row.complaint.unit_id)
    return rows.filter(accepted_at__gt=row.done_at, final_verdict__in=COUNTS_AGAINST).count()


def _measures(actor: Actor, row: Form, steps: Sequence[StepCard], day: date) -> tuple[MeasureLine, ...]:
    files = {step.seq: tuple(one for one in step.files if not one.is_erased) for step in steps}
    helps = may(actor, HANDS, row) or actor.staff_id == row.owner_id
    rows = row.measures.filter(dropped_at=None).select_related("owner", "proved_by").order_by("number")
    return tuple(
        MeasureLine(
            one, vault.unseal(one.text_sealed), vault.unseal(one.proof_sealed), files.get(one.proof_seq, ()),
            row.state == State.RECTIFYING and one.state in UNPROVED and (helps or actor.staff_id == one.owner_id),
            one.state in UNPROVED and one.due_on < day,
        )
        for one in rows
    )  # fmt: skip


def _parts(actor: Actor, row: Form, day: date) -> tuple[PartLine, ...]:
    rows = list(
        row.signatures.select_related("unit", "signer", "staff", "for_staff", "delegate").order_by("round", "position")
    )
    signing = row.state == State.SIGNING and not is_accused(actor, row)
    barred = barred_from(row) if signing else set()
    return tuple(
        PartLine(
            one, vault.unseal(one.opinion_sealed),
            standing_of(one, actor.staff_id, day, barred)
            if signing and one.state == Sign.WAITING and one.round == row.signing_round else None,
        )
        for one in rows
    )  # fmt: skip


def _moves(
    actor: Actor,
    row: Form,
    lines: tuple[Sequence[MeasureLine], Sequence[PartLine], Sequence[Revisit]],
    day: date,
) -> tuple[Move, ...]:
    """The rows of the table that this actor may take now, without those that have nothing to act on."""
    if is_accused(actor, row):
        return ()
    measures, parts, revisits = lines
    standing = [one.standing for one in parts if one.standing is not None]
    something = {
        "sign": bool(standing),
        "refuse": bool(standing),
        "delegate": any(not one.is_deputy for one in standing),
        "prove": any(one.is_mine for one in measures),
        "submit": bool(measures),
        "drop_measure": any(one.row.state in UNPROVED for one in measures),
        "again": any(one.row.state in UNPROVED for one in measures),
        "return_proof": any(one.row.state == Proof.PROVED for one in measures),
        "revisit": any(one.found == Visit.DUE for one in revisits),
        "effective": row.review_on is not None and row.review_on <= day,
    }
    rows = [one for one in MACHINE.moves_from(row.state) if one.roles != (SYSTEM,) and something.get(one.verb, True)]
    return tuple(one for one in rows if one.verb in OWN or may(actor, one.roles, row))
