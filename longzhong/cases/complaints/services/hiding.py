"""The customer wants secrecy midway (保密转述): what the unit reads from now on is the office's retelling."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint, Decision, Finding, Reply
from longzhong.cases.complaints.services.dispatching import summary_of
from longzhong.cases.complaints.services.moving import HOUSE, begin, complete, note
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as hotline_services
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.dispatch.matters.services import Said
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

SEALED: dict[type[Finding | Reply | Decision], tuple[str, ...]] = {
    Finding: ("words_sealed",),
    Reply: ("facts_sealed", "measures_sealed", "analysis_sealed", "review_measures_sealed"),
    Decision: ("basis_sealed",),
}
"""Where people wrote about a complaint beside its timeline."""


@transaction.atomic
def hide(*, complaint_id: int, reason: str, summary: str, by: Actor, at: datetime) -> Complaint:
    """Retell a complaint, and ask for secrecy where it isn't secret yet (`reason`: how the customer said so). The latest retelling
    counts.
    """
    row, move = begin(complaint_id=complaint_id, verb="hide", by=by)
    if not hotline.may_hide(by, row.case):
        raise Refused("not_allowed", _("只有首问人员和优质服务办公室可以登记客户要求保密；什么都没有改动。"))
    if row.case.secrecy == Secrecy.OPEN:
        hotline_services.keep_secret(case_id=row.case_id, reason=reason, by=by, at=at)
    follow_secrecy(row=row, at=at)
    row.summary_sealed = vault.seal(summary_of(summary=summary, row=row, by=by))
    return complete(row=row, move=move, said=Said(), fields=("summary_sealed",), by=by, at=at)


def follow_secrecy(*, row: Complaint, at: datetime) -> None:
    """The case has become secret: the complaint lies in no cell any more, and what was written tells no more who complained."""
    case = hotline.case_of(HOUSE, row.case_id)
    if row.secrecy == case.secrecy:
        return
    row.case, row.secrecy, row.grid = case, case.secrecy, None
    row.save(update_fields=["secrecy", "grid"])
    without = hotline.without_caller(case)
    for model, fields in SEALED.items():
        for one in model.objects.filter(complaint=row):
            for field in fields:
                setattr(one, field, vault.seal(without(vault.unseal(getattr(one, field)))))
            one.save(update_fields=list(fields))
    hotline_services.untell(case=case, matter=selectors.label(row.pk), by=HOUSE, at=at)
    note(row=row, verb="become_secret", said=Said(), by=HOUSE, at=at)
