"""Draft a final answer: the grounds, the words to the customer, the evidence; then hand it in for approval."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.finals import selectors
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import APPROVERS, DRAFTERS, Ground, State
from longzhong.cases.finals.services.moving import begin, complete, note
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules import DONE
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit import vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

CHAIN_KEY = "finals.chain"


@transaction.atomic
def draft(
    *, case_id: int, grounds: Sequence[str], answer: str, uploads: Sequence[Upload] = (), by: Actor, at: datetime
) -> FinalAnswer:
    """Begin a final answer for a case that isn't over; one stands for a case at a time."""
    need(by, *DRAFTERS)
    case = hotline.case_of(by, case_id)
    if case.state in DONE:
        raise Refused("case_ended", _("这件诉求已经结束，不能再作最终答复；什么都没有改动。"), case=case_id)
    if by.staff_id is None:
        raise Refused("drafter_unknown", _("起草人须是在册人员；什么都没有改动。"))
    if (held := selectors.final_of(case_id)) is not None:
        raise _standing(held.pk)
    row = FinalAnswer(
        case_id=case.pk, unit_id=case.unit_id, grid_id=None if hotline.is_secret(case) else case.grid_id, grounds=_grounds(grounds),
        answer_sealed=vault.seal(_answer(answer, case, by)), drafted_by_id=by.staff_id, drafted_at=at, state=State.DRAFT,
    )  # fmt: skip
    try:
        with transaction.atomic():
            FinalAnswer.objects.bulk_create([row])
    except IntegrityError as error:  # somebody else began one at the same moment
        raise _standing() from error
    data = {"case": case.pk, "grounds": row.grounds}
    note(row=row, verb="draft", said=Said(data, uploads=uploads), by=by, at=at)
    return row


@transaction.atomic
def edit(*, final_id: int, grounds: Sequence[str], answer: str, by: Actor, at: datetime) -> FinalAnswer:
    """Change a draft; what was submitted is changed no more."""
    row, move = begin(final_id=final_id, verb="edit", by=by)
    row.grounds, row.answer_sealed = _grounds(grounds), vault.seal(_answer(answer, row.case, by))
    said = Said({"grounds": row.grounds})
    return complete(row=row, move=move, said=said, fields=("grounds", "answer_sealed"), by=by, at=at)


@transaction.atomic
def attach(*, final_id: int, uploads: Sequence[Upload], note: str = "", by: Actor, at: datetime) -> FinalAnswer:
    """Add evidence to a draft: what was answered before, court papers, photos."""
    row, move = begin(final_id=final_id, verb="attach", by=by)
    if not uploads:
        raise Refused("evidence_missing", _("请选择要上传的依据材料；什么都没有改动。"))
    return complete(row=row, move=move, said=Said({}, {"note": note.strip()}, uploads), by=by, at=at)


@transaction.atomic
def submit(*, final_id: int, by: Actor, at: datetime) -> FinalAnswer:
    """Hand it in: at least one file of evidence; the chain of approving roles is that of today's policy."""
    row, move = begin(final_id=final_id, verb="submit", by=by)
    if not selectors.evidence_of(row.pk):
        raise Refused("evidence_missing", _("最终答复至少要有一份依据材料；没有提交，请先上传。"))
    row.chain, row.position, row.submitted_at = _chain(row, at), 0, at
    said = Said({"chain": row.chain})
    return complete(row=row, move=move, said=said, fields=("chain", "position", "submitted_at"), by=by, at=at)


def _standing(final_id: int | None = None) -> Refused:
    return Refused("final_standing", _("这件诉求已有一份最终答复在办；没有重复起草。"), final=final_id)


def _chain(row: FinalAnswer, at: datetime) -> list[str]:
    value = policies.value(CHAIN_KEY, unit_id=row.unit_id, day=civil_day(at))
    roles = [str(role) for role in value] if isinstance(value, (list, tuple)) else [str(value)]
    if not roles or set(roles) - set(APPROVERS):
        raise Refused(
            "chain_unknown",
            _("制度参数“最终答复：逐级审批的岗位”里有不能审批的岗位；没有提交，请联系管理员。"),
            chain=roles,
        )
    return roles


def _grounds(grounds: Sequence[str]) -> list[str]:
    chosen = sorted({one for one in grounds if one in set(Ground)})
    if not chosen or len(chosen) != len(set(grounds)):
        raise Refused("grounds_missing", _("请从清单里选择最终答复的依据；什么都没有改动。"))
    return chosen


def _answer(answer: str, case: Any, by: Actor) -> str:
    """The words to the customer, whom they don't name where secrecy was asked for: the unit reads them too."""
    if len(answer.strip()) < 10:
        raise Refused("answer_missing", _("请写明对客户的答复（至少 10 个字）；什么都没有改动。"))
    return hotline.untold(by, case, answer.strip())
