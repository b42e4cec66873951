"""Contact, investigate, reply: what the responsible unit does (调查、单位回复)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints.models import Complaint, Finding, Reply
from longzhong.cases.complaints.rules import Evidence, Given, Kind
from longzhong.cases.complaints.rules.deciding import FLAWS, counts_against, flaw, is_written
from longzhong.cases.complaints.rules.deciding import Finding as Proposed
from longzhong.cases.complaints.rules.secrecy import UNCALLED
from longzhong.cases.complaints.services.dispatching import words_of
from longzhong.cases.complaints.services.moving import begin, complete, note, sealed
from longzhong.cases.complaints.services.underneath import finish, reach
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import CallResult
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

UNCALLED_RESULT = "none"
RESULTS = (CallResult.REACHED, CallResult.NO_ANSWER, CallResult.BUSY, CallResult.WRONG_NUMBER)


@transaction.atomic
def contact(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """The customer was called, or (confidential, anonymous) isn't to be, with the reason; then nobody owes a call."""
    row, move = begin(complaint_id=complaint_id, verb="contact", by=by)
    uncalled = row.secrecy in UNCALLED
    if uncalled and given.result != UNCALLED_RESULT:
        raise Refused("not_to_be_called", _("客户要求保密或匿名，调查阶段不联系客户；什么都没有改动。"))
    if not uncalled and given.result not in {one.value for one in RESULTS}:
        raise Refused("contact_result_unknown", _("请选择联系结果；什么都没有改动。"), result=given.result)
    words = (
        redact(given.reason.strip())
        if given.result == CallResult.REACHED
        else words_of(reason=given.reason, row=row, by=by)
    )
    row.contacted_at = row.contacted_at or at
    said = Said({"result": given.result}, {"reason": words})
    done = complete(row=row, move=move, said=said, fields=("contacted_at",), by=by, at=at)
    reach(row=row, result=given.result, words=words, wish=given.wish, by=by, at=at)
    return done


@transaction.atomic
def find(*, complaint_id: int, given: Given, uploads: Sequence[Upload] = (), by: Actor, at: datetime) -> Complaint:
    """One piece of evidence: its kind, what it says, its files (a photo or a document says something without words)."""
    row, move = begin(complaint_id=complaint_id, verb="find", by=by)
    if given.evidence not in set(Evidence):
        raise Refused("evidence_unknown", _("请选择证据种类；什么都没有改动。"), evidence=given.evidence)
    if not uploads and not is_written(given.reason):
        raise Refused("evidence_empty", _("请上传文件或写明证据内容；什么都没有改动。"))
    piece = Finding.objects.create(
        complaint=row, round=row.round, kind=given.evidence, words_sealed=sealed(row=row, text=given.reason[:4000], by=by),
        files=len(uploads), by_staff_id=by.staff_id, at=at,
    )  # fmt: skip
    data = {"finding": piece.pk, "evidence": given.evidence, "files": len(uploads), "round": row.round}
    piece.seq = note(row=row, verb=move.verb, said=Said(data, uploads=uploads), by=by, at=at)
    piece.save(update_fields=["seq"])
    return row


@transaction.atomic
def reply(*, complaint_id: int, given: Given, by: Actor, at: datetime) -> Complaint:
    """The unit's reply: facts on evidence of this round, a proposed verdict with responsibility and cause, measures.

    An opinion is answered by its facts alone; measures are needed where the proposal counts against the unit.
    """
    row, move = begin(complaint_id=complaint_id, verb="reply", by=by)
    if not is_written(given.facts):
        raise Refused("facts_missing", _("请写明调查的事实；什么都没有改动。"))
    if row.kind != Kind.OPINION:
        _check(row, given)
    proposal = (given.verdict, given.responsibility, given.root_cause) if row.kind != Kind.OPINION else ("", "", "")
    number = row.replies.count() + 1
    Reply.objects.create(
        complaint=row, number=number, round=row.round, facts_sealed=sealed(row=row, text=given.facts, by=by), verdict=proposal[0],
        responsibility=proposal[1], root_cause=proposal[2], measures_sealed=sealed(row=row, text=given.measures, by=by),
        by_staff_id=by.staff_id, at=at,
    )  # fmt: skip
    row.replied_at = at
    finish(row=row, at=at)
    data = {"reply": number, "verdict": proposal[0], "responsibility": proposal[1], "root_cause": proposal[2]}
    return complete(row=row, move=move, said=Said(data), fields=("replied_at",), by=by, at=at)


def _check(row: Complaint, given: Given) -> None:
    if not row.findings.filter(round=row.round).exists():
        raise Refused("evidence_missing", _("本轮调查还没有证据；请先登记证据。什么都没有改动。"), round=row.round)
    proposed = Proposed(given.verdict, given.responsibility, given.root_cause)
    if (code := flaw(proposed)) is not None:
        raise Refused(code, _(FLAWS[code]), verdict=given.verdict, responsibility=given.responsibility)
    if counts_against(given.verdict) and not is_written(given.measures):
        raise Refused("measures_missing", _("拟定属实的要写明整改措施；什么都没有改动。"))
