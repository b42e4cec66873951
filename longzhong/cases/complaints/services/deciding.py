"""Professional review (专业审核), decision by the quality office (属实核定), the answer, and correction by an appeal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints.events import ComplaintDecided, ComplaintUpheld
from longzhong.cases.complaints.models import Complaint, Decision, Reply
from longzhong.cases.complaints.rules import STANDING, Given
from longzhong.cases.complaints.rules.deciding import FLAWS, Finding, counts_against, flaw, is_written
from longzhong.cases.complaints.services import underneath
from longzhong.cases.complaints.services.dispatching import words_of
from longzhong.cases.complaints.services.ending import follow_case
from longzhong.cases.complaints.services.moving import HOUSE, begin, complete, enter, note, sealed
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.nearmisses import services as nearmisses
from longzhong.dispatch.matters.services import Said
from longzhong.kit import outbox, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused

STANDS = ("verdict", "responsibility", "root_cause", "violations")
FINAL = ("final_verdict", "final_responsibility", "final_at", "corrected_by")


@transaction.atomic
def return_reply(*, complaint_id: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """The department returns the reply for more evidence (退回补查); it counts."""
    row, move = begin(complaint_id=complaint_id, verb="return", by=by)
    words = words_of(reason=reason, row=row, by=by)
    last = _last(row)
    last.passed, last.analysis_sealed, last.reviewed_by_id, last.reviewed_at = False, vault.seal(words), by.staff_id, at
    last.save(update_fields=["passed", "analysis_sealed", "reviewed_by", "reviewed_at"])
    row.times_returned += 1
    underneath.send_back(row=row, reason=words, at=at)
    said = Said({"reply": last.number, "times": row.times_returned}, {"reason": words})
    return complete(row=row, move=move, said=said, fields=("times_returned",), by=by, at=at)


@transaction.atomic
def pass_reply(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """The department stands for the reply with its own analysis, and measures where the proposal counts against the unit."""
    row, move = begin(complaint_id=complaint_id, verb="pass", by=by)
    last = _last(row)
    if not is_written(given.analysis):
        raise Refused("analysis_missing", _("请写明专业分析；什么都没有改动。"))
    if counts_against(last.verdict) and not is_written(given.measures):
        raise Refused("measures_missing", _("拟定属实的要写明专业整改措施；什么都没有改动。"))
    last.passed, last.reviewed_by_id, last.reviewed_at = True, by.staff_id, at
    last.analysis_sealed = sealed(row=row, text=given.analysis, by=by)
    last.review_measures_sealed = sealed(row=row, text=given.measures, by=by)
    last.save(update_fields=["passed", "reviewed_by", "reviewed_at", "analysis_sealed", "review_measures_sealed"])
    row.reviewed_at = at
    return complete(row=row, move=move, said=Said({"reply": last.number}), fields=("reviewed_at",), by=by, at=at)


@transaction.atomic
def send_back(*, complaint_id: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """The quality office wants the review done again (退回重审)."""
    row, move = begin(complaint_id=complaint_id, verb="send_back", by=by)
    words = words_of(reason=reason, row=row, by=by)
    return complete(row=row, move=move, said=Said({"reply": _last(row).number}, {"reason": words}), by=by, at=at)


@transaction.atomic
def decide(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """The verdict with responsibility, root cause, violations and basis. Both ledgers begin with it (raw and final)."""
    row, move = begin(complaint_id=complaint_id, verb="decide", by=by)
    found = Finding(given.verdict, given.responsibility, given.root_cause, given.violations)
    if (code := flaw(found) or (None if is_written(given.basis) else "basis_missing")) is not None:
        raise Refused(code, _(FLAWS[code]), verdict=given.verdict, responsibility=given.responsibility)
    row.verdict, row.responsibility, row.root_cause = given.verdict, given.responsibility, given.root_cause
    row.violations, row.decided_by_id, row.decided_at = sorted(set(given.violations)), by.staff_id, at
    row.final_verdict, row.final_responsibility, row.final_at, row.corrected_by = (
        row.verdict,
        row.responsibility,
        at,
        "",
    )
    number = _write(row, Corrected(row.verdict, row.responsibility, given.basis), by, at)
    data = {"decision": number, "violations": row.violations, **_codes(row)}
    fields = (*STANDS, *FINAL, "decided_by", "decided_at")
    done = complete(row=row, move=move, said=Said(data), fields=fields, by=by, at=at)
    _tell(row, row.verdict, row.responsibility, "", at)
    return done


@transaction.atomic
def answer(*, complaint_id: int, answer: str, by: Actor, at: datetime) -> Complaint:
    """The customer has the answer; an over-level complaint's answer goes back the way it came. The call-back alone ends it."""
    row, move = begin(complaint_id=complaint_id, verb="answer", by=by)
    if not is_written(answer):
        raise Refused("answer_missing", _("请写明答复客户的内容；什么都没有改动。"))
    row.answered_at = at
    underneath.answer(row=row, at=at)
    data = {"channel": row.channel, "over_level": row.over_level}
    said = Said(data, {"text": redact(answer.strip())[:1000]})
    complete(row=row, move=move, said=said, fields=("answered_at",), by=by, at=at)
    follow_case(case_id=row.case_id, by=HOUSE, at=at)
    return Complaint.objects.get(pk=row.pk)


@dataclass(frozen=True)
class Corrected:
    """What an appeal puts in the place of a verdict, and why."""

    verdict: str
    responsibility: str
    basis: str


@transaction.atomic
def correct(
    *, complaint_id: int, verdict: str, responsibility: str, basis: str, appeal: str, by: Actor, at: datetime
) -> Complaint:
    """An appeal was allowed: the final ledger changes from `at` on, the raw one stands. The same appeal again changes nothing;
    a verdict that doesn't stand any more (investigated again while the panel sat) isn't corrected.
    """
    need(by, "quality")
    row = enter(complaint_id=complaint_id, by=by)
    if not row.verdict:
        raise Refused("not_decided", _("这件投诉还没有核定，不能按申诉更正；什么都没有改动。"), complaint=complaint_id)
    if not appeal or not is_written(basis):
        raise Refused("basis_missing", _(FLAWS["basis_missing"]))
    if row.decisions.filter(appeal=appeal).exists():
        return row
    if row.state not in STANDING:
        raise Refused(
            "verdict_reopened",
            _("这件投诉正在重新调查、已撤回或已作废，原核定不再有效；什么都没有改动。"),
            state=row.state,
        )
    found = Finding(verdict, responsibility, row.root_cause if counts_against(verdict) else "")
    if (code := flaw(found)) is not None:
        raise Refused(code, _(FLAWS[code]), verdict=verdict, responsibility=responsibility)
    was = row.final_verdict
    row.final_verdict, row.final_responsibility, row.final_at, row.corrected_by = verdict, responsibility, at, appeal
    row.save(update_fields=list(FINAL))
    number = _write(row, Corrected(verdict, responsibility, basis), by, at, appeal=appeal)
    data = {"decision": number, "appeal": appeal, "was": was, "verdict": verdict, "responsibility": responsibility}
    note(row=row, verb="correct", said=Said(data), by=by, at=at)
    _tell(row, verdict, responsibility, appeal, at)
    return row


def _last(row: Complaint) -> Reply:
    return row.replies.select_for_update().latest("number")


def _write(row: Complaint, decided: Corrected, by: Actor, at: datetime, *, appeal: str = "") -> int:
    number = row.decisions.count() + 1
    Decision.objects.create(
        complaint=row, number=number, round=row.round, verdict=decided.verdict, responsibility=decided.responsibility,
        root_cause=row.root_cause if counts_against(decided.verdict) else "",
        basis_sealed=sealed(row=row, text=decided.basis, by=by),
        violations=row.violations if counts_against(decided.verdict) else [], appeal=appeal, by_staff_id=by.staff_id, at=at,
    )  # fmt: skip
    return number


def _codes(row: Complaint) -> dict[str, str]:
    return {"verdict": row.verdict, "responsibility": row.responsibility, "root_cause": row.root_cause}


def _tell(row: Complaint, verdict: str, responsibility: str, appeal: str, at: datetime) -> None:
    """The record of whom it is about follows the verdict; and others hear of it."""
    _mark(row, verdict, at)
    outbox.tell(
        ComplaintDecided(
            complaint_id=row.pk, case_id=row.case_id, kind=row.kind, verdict=verdict, responsibility=responsibility,
            appeal=appeal, category_id=row.category_id, unit_id=row.unit_id, department_id=row.department_id,
            about_staff_id=row.about_staff_id, at=at,
        )
    )  # fmt: skip
    if counts_against(verdict):
        outbox.tell(
            ComplaintUpheld(
                complaint_id=row.pk, case_id=row.case_id, kind=row.kind, grade=row.grade, category_id=row.category_id,
                root_cause=row.root_cause, unit_id=row.unit_id, department_id=row.department_id,
                about_staff_id=row.about_staff_id, at=at,
            )
        )  # fmt: skip


def _mark(row: Complaint, verdict: str, at: datetime) -> None:
    """The service record of the person complained about; who has no mark there (a report) has none to change."""
    if row.about_staff_id is None:
        return
    standing = "upheld" if counts_against(verdict) else "dismissed"
    try:
        nearmisses.set_standing(cause=hotline.label(row.case_id), standing=standing, by=HOUSE, at=at)
    except Refused as no:
        if no.code != "mark_unknown":
            raise
