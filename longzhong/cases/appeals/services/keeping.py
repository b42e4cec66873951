"""Retention: when the evidence of a complaint is erased (by grade), so are the words and files of its appeals; results stay."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Appeal
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal
from longzhong.kit.actor import Actor

BATCH = 200


def erase_due(*, by: Actor, at: datetime) -> int:
    """Erase appeals whose complaint is erased; returns how many."""
    rows = Appeal.objects.filter(erased_at=None, complaint__erased_at__isnull=False).order_by("id")
    return sum(_erase(pk, by, at) for pk in list(rows.values_list("id", flat=True)[:BATCH]))


@transaction.atomic
def _erase(appeal_id: int, by: Actor, at: datetime) -> bool:
    row = Appeal.objects.select_for_update().filter(pk=appeal_id, erased_at=None).first()
    if row is None:  # another worker was here
        return False
    row.members.update(reason_sealed="")
    row.basis_sealed, row.conclusion_sealed, row.erased_at = "", "", at
    row.save(update_fields=["basis_sealed", "conclusion_sealed", "erased_at"])
    matter = selectors.label(row.pk)
    matters.erase_all(matter=matter, reason="retention", by=by, at=at)
    journal.record(by, "appeals.erase", matter, at=at)
    return True
