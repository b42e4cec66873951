"""Retention: when the evidence of a complaint is erased (by grade), so are its form's words and files; results stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.models import Form
from longzhong.cases.rectifications.rules import LIVE
from longzhong.dispatch.matters import services as matters
from longzhong.kit import journal
from longzhong.kit.actor import Actor

BATCH = 200
SEALED = (
    "facts_sealed", "cause_sealed", "aim_sealed", "unit_measures_sealed", "department_measures_sealed", "review_sealed",
)  # fmt: skip


def erase_due(*, by: Actor, at: datetime) -> int:
    """Erase forms whose complaint is erased; one that is still worked on keeps its words until it ends. Returns how many."""
    return sum(_erase(pk, by, at) for pk in list(_due().order_by("id").values_list("id", flat=True)[:BATCH]))


def _due() -> QuerySet[Form]:
    return Form.objects.filter(erased_at=None, complaint__erased_at__isnull=False).exclude(state__in=LIVE)


@transaction.atomic
def _erase(form_id: int, by: Actor, at: datetime) -> bool:
    row = _due().select_for_update(of=("self",)).filter(pk=form_id).first()
    if row is None:  # another worker was here, or it was opened again
        return False
    row.measures.update(text_sealed="", proof_sealed="")
    row.signatures.update(opinion_sealed="")
    for name in SEALED:
        setattr(row, name, "")
    row.erased_at = at
    row.save(update_fields=[*SEALED, "erased_at"])
    matter = selectors.label(row.pk)
    matters.erase_all(matter=matter, reason="retention", by=by, at=at)
    journal.record(by, "rectifications.erase", matter, at=at)
    return True
