"""Ends without a work order: answered on the spot (当场答复, S0-10), void; and the audit of the whole process (S4-11)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.limits import REPLY
from longzhong.cases.hotline.rules.machine import DONE
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.reviewing import AUDITS, LISTENING
from longzhong.cases.hotline.rules.words import CaseType, Outcome
from longzhong.cases.hotline.services.moving import begin, complete, enter, note
from longzhong.cases.hotline.services.ordering import HOUSE
from longzhong.cases.hotline.services.passing import lead_children
from longzhong.cases.hotline.services.pressing import end_order
from longzhong.cases.hotline.services.reviewing import not_own
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

AUDITORS = ("quality", "dept")
TO_BE_CALLED = frozenset({CaseType.REPAIR, CaseType.COMPLAINT, CaseType.REPORT})


@transaction.atomic
def answer_case(*, case_id: int, reply: str, by: Actor, at: datetime) -> Case:
    """The customer got the answer at once and is content with it: what can be explained is explained. Not for what is broken,
    complained of or reported: there somebody has to act, and the customer is called back.
    """
    case, row = begin(case_id=case_id, verb="answer", by=by)
    if case.type in TO_BE_CALLED or case.hazard:
        text = _("故障、隐患、投诉和举报要派单办理并回访，不能当场办结；什么都没有改动。")
        raise Refused("answer_not_enough", text, type=case.type)
    if not reply.strip():
        raise Refused("reply_missing", _("请写一句答复了什么；诉求没有办结。"))
    case.outcome, case.replied_at = Outcome.ANSWERED, at
    matters.stop_clocks(matter=selectors.label(case.pk), names=(REPLY,), by=by, at=at)
    end_order(case=case, reason=_("已当场答复"), by=by, at=at)
    said = Said({"outcome": case.outcome}, {"text": redact(reply.strip())[:1000]})
    fields = ("outcome", "replied_at", "order_id")
    complete(case=case, row=row, said=said, fields=fields, by=by, at=at)
    lead_children(case=case, by=HOUSE, at=at)
    return case


@transaction.atomic
def void_case(*, case_id: int, reason: str, by: Actor, at: datetime) -> Case:
    """It wasn't a matter at all (a test, a wrong entry): the case ends with the reason, and what was kept stays."""
    case, row = begin(case_id=case_id, verb="void", by=by)
    words = redact(written(reason, _("理由")))
    case.outcome = Outcome.VOID
    end_order(case=case, reason=_("诉求已作废"), by=by, at=at)
    said = Said({"outcome": case.outcome}, {"reason": words})
    complete(case=case, row=row, said=said, fields=("outcome", "order_id"), by=by, at=at)
    lead_children(case=case, by=HOUSE, at=at)
    return case


@transaction.atomic
def govern(*, case_id: int, by: Actor, at: datetime) -> Case:
    """A higher app governs this case from now on; hearing it again changes nothing."""
    case = enter(case_id=case_id, by=by)
    if not case.governed:
        case.governed = True
        case.save(update_fields=["governed"])
        note(case=case, verb="govern", said=Said(), by=by, at=at)
    return case


@transaction.atomic
def point_at(*, case_id: int, staff_id: int, by: Actor, at: datetime) -> Case:
    """Whom a case is about, as its governance found out; hearing it again changes nothing."""
    case = enter(case_id=case_id, by=by)
    if case.about_staff_id != staff_id:
        case.about_staff_id = staff_id
        case.save(update_fields=["about_staff"])
        note(case=case, verb="point_at", said=Said({"staff": staff_id}), by=by, at=at)
    return case


@transaction.atomic
def audit(*, case_id: int, result: str, words: str, lacking: Sequence[str] = (), by: Actor, at: datetime) -> Case:
    """The quality office has traced a closed case from the call to the call-back; a later audit replaces the finding.

    `lacking`: what was wanting in listening (S3-06); then nothing is in order.
    """
    case = enter(case_id=case_id, by=by)
    if not selectors.may(by, AUDITORS, case):
        raise Refused("not_allowed", _("只有优服办和专业部门可以核实；什么都没有改动。"), roles=sorted(AUDITORS))
    if case.state not in DONE:
        raise Refused("case_live", _("诉求还没有办结；什么都没有改动。"), case=case_id)
    if result not in AUDITS:
        raise Refused("audit_unknown", _("请从清单里选择核实结论；什么都没有改动。"), result=result)
    if not set(lacking) <= set(LISTENING) or (lacking and result == "passed"):
        raise Refused(
            "audit_contradicts", _("有接听不足时结论不能是“核实无误”；什么都没有改动。"), lacking=list(lacking)
        )
    not_own(case=case, by=by)
    text = redact(written(words, _("理由"))) if result != "passed" else redact(words.strip())
    case.audit, case.audited_at = result, at
    case.save(update_fields=["audit", "audited_at"])
    note(case=case, verb="audit", said=Said({"result": result, "lacking": list(lacking)}, {"text": text}), by=by, at=at)
    return case
