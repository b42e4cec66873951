"""Retention (PIPL 19, 47): who a closed file was about is erased after the policy's days; counts, moods and dates stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Petitioner, PetitionerPhone
from longzhong.cases.petitioners.rules import FileState, Limits
from longzhong.cases.petitioners.selectors import label
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies

BATCH = 200


def erase_due(*, by: Actor, at: datetime) -> int:
    """Erase name, phones, identity and words of closed files that have rested long enough; returns how many."""
    closed = (FileState.CLOSED, FileState.MERGED)
    rows = (
        Petitioner.objects.filter(state__in=closed, erased_at=None)
        .order_by("id")
        .values_list("id", "kept_by_id")[:BATCH]
    )
    return sum(_erase(pk, unit, by, at) for pk, unit in list(rows))


@transaction.atomic
def _erase(petitioner_id: int, unit_id: int, by: Actor, at: datetime) -> bool:
    days = policies.limits(Limits, "petitioners", unit_id=unit_id, day=civil_day(at)).keep_d
    row = Petitioner.objects.select_for_update().get(pk=petitioner_id)
    since = max(filter(None, (row.last_at, row.closed_at, row.opened_at)))
    if row.state == FileState.OPEN or row.erased_at is not None or since > at - timedelta(days=days):
        return False
    PetitionerPhone.objects.filter(petitioner=row).delete()
    row.residences.update(account=None, place=_("（已删除）"))
    row.name_sealed, row.name_index, row.mask, row.person_id, row.erased_at = "", "", _("（已删除）"), None, at
    row.save(update_fields=["name_sealed", "name_index", "mask", "person", "erased_at"])
    matter = label(row.pk)
    for step in matter_reads.steps(matter):
        if step.words or (step.by and not step.is_erased and step.by != _("系统")):
            matters.erase_words(matter=matter, seq=step.seq, reason="retention", by=by, at=at)
    journal.record(by, "petitioners.erase", matter, at=at)
    return True
