"""Calls and cases find their way into the file of who called: by identity, phone, then account. Heard twice, kept once.

What counts is how the call and its case stand now. Confidential and anonymous cases never reach a file.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import PartyKind, Secrecy
from longzhong.cases.petitioners.models import Occasion, Petitioner
from longzhong.cases.petitioners.rules import MATCH_POINTS, WHERE_OF, Channel, FileState, MatchBy
from longzhong.cases.petitioners.selectors import Whom, files_of
from longzhong.cases.petitioners.services.moving import note
from longzhong.cases.petitioners.services.occasions import seen
from longzhong.kit.actor import Actor

PARTY = ("parties__phone_index", "parties__person_id", "parties__account_id")
OF_CALL = ("id", "at", "channel", "mood", "taken_by_id", "case_id", "case__category_id", "case__secrecy", *PARTY)
OF_CASE = ("id", "opened_at", "channel", "mood", "first_asked_id", "category_id", "secrecy", *PARTY)
HIDDEN = (Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS)


@transaction.atomic
def follow_call(*, call_id: int, by: Actor, at: datetime) -> bool:
    """Keep a call as an occasion of the caller's file; True if it was new. A case found out later is written in."""
    rows = hotline.visible_calls(by).filter(pk=call_id, parties__kind=PartyKind.CALLER, parties__erased_at=None)
    row = rows.order_by("parties__id").values(*OF_CALL).first()
    if row is None:
        return False
    source = f"{hotline.CALL_NOUN}:{call_id}"
    if row["case__secrecy"] in HIDDEN:
        Occasion.objects.filter(source=source, detached_at=None).update(detached_at=at)
        return False
    case = hotline.label(row["case_id"]) if row["case_id"] else ""
    if Occasion.objects.filter(source=source).update(case=case, category=row["case__category_id"]):
        return False
    of = (source, case, row["case__category_id"], row["taken_by_id"], row["at"])
    return _keep(of, row, by=by, at=at)


@transaction.atomic
def follow_case(*, case_id: int, by: Actor, at: datetime) -> bool:
    """Write a case into its calls' occasions; a case without a call (12345, imported) is an occasion itself."""
    rows = hotline.visible_to(by).filter(pk=case_id)
    calls = list(rows.filter(calls__isnull=False).order_by("calls__id").values_list("calls", flat=True))
    if calls:
        return sum(follow_call(call_id=call, by=by, at=at) for call in calls) > 0
    row = (
        rows.filter(parties__kind=PartyKind.CALLER, parties__erased_at=None)
        .order_by("parties__id")
        .values(*OF_CASE)
        .first()
    )
    if row is None:
        return False
    source = hotline.label(case_id)
    if row["secrecy"] in HIDDEN:
        Occasion.objects.filter(source=source, detached_at=None).update(detached_at=at)
        return False
    if Occasion.objects.filter(source=source).update(category=row["category_id"]):
        return False
    of = (source, source, row["category_id"], row["first_asked_id"], row["opened_at"])
    return _keep(of, row, by=by, at=at)


def _keep(
    of: tuple[str, str, int | None, int | None, datetime], row: Mapping[str, Any], *, by: Actor, at: datetime
) -> bool:
    """`of`: source, case label, category, staff who received, when."""
    source, case, category, staff, met_at = of
    phone, person, account = (row[name] for name in PARTY)
    found = files_of(Whom(phone_index=phone or "", person_id=person, account_id=account))
    if not found:
        return False
    best = min(found, key=lambda pk: (-sum(MATCH_POINTS[way] for way in found[pk]), pk))
    file = Petitioner.objects.select_for_update().filter(pk=best, state=FileState.OPEN).first()
    if file is None or Occasion.objects.filter(source=source).exists():
        return False
    way: MatchBy = found[best][0]
    kept = Occasion.objects.create(
        petitioner=file, at=met_at, channel=WHERE_OF.get(row["channel"], Channel.OTHER), category_id=category, mood=row["mood"],
        case=case, source=source, matched_by=way, staff_id=staff,
    )  # fmt: skip
    seen(row=file, met_at=met_at)
    data = {"occasion": kept.pk, "source": source, "case": case, "by": way, "mood": row["mood"]}
    note(row=file, verb="came", data=data, words={}, by=by, at=at)
    return True
