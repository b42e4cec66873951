"""Told before (重复致电): a case is linked with earlier ones; a person may decide that they are different matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case, CaseParty, Link
from longzhong.cases.hotline.rules.machine import DESK, HANDS
from longzhong.cases.hotline.rules.same import Decision
from longzhong.cases.hotline.rules.words import LinkKind
from longzhong.cases.hotline.selectors.same import Likeness
from longzhong.cases.hotline.services.joining import leave
from longzhong.cases.hotline.services.moving import enter, note
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class _Why:
    """What a link says."""

    kind: LinkKind
    score: float
    reasons: tuple[str, ...]


DECIDERS = tuple(dict.fromkeys((*DESK, *HANDS)))


@transaction.atomic
def link(
    *, case_id: int, earlier_id: int, kind: LinkKind = LinkKind.REPEAT, score: float = 1.0, reasons: Sequence[str] = (),
    by: Actor, at: datetime,
) -> Link:  # fmt: skip
    """Say that a case tells again of an earlier one; whichever is older is the earlier one. Linked already: the link as it is."""
    if kind == LinkKind.OVERRIDDEN:
        raise Refused("link_kind_unknown", _("要判为不同事项，请用“不是同一件事”；什么都没有改动。"))
    later, earlier = _pair(case_id, earlier_id, by)
    if selectors.is_secret(later) != selectors.is_secret(earlier):
        raise Refused("link_secret", _("客户要求保密或匿名的投诉不与公开的诉求关联，以免看出是谁；什么都没有改动。"))
    held = _held(later, earlier)
    if held is not None and held.kind == LinkKind.OVERRIDDEN:
        raise Refused("link_overridden", _("已有人判定这两件不是同一事项，没有关联；什么都没有改动。"), link=held.pk)
    if held is not None:
        return held
    return _tie(later, earlier.pk, _Why(kind, score, tuple(reasons)), by=by, at=at)


@transaction.atomic
def override(*, case_id: int, earlier_id: int, reason: str, by: Actor, at: datetime) -> Link:
    """A person says that two cases are different matters: they part if one had joined the other, and are never offered again."""
    if not reason.strip():
        raise Refused("override_needs_reason", _("请写明为什么不是同一件事；什么都没有改动。"))
    later, earlier = _pair(case_id, earlier_id, by)
    if not any(selectors.may(by, DECIDERS, case) for case in (later, earlier)):
        raise Refused("not_allowed", _("您的岗位不能判定是否同一事项；什么都没有改动。"), roles=list(DECIDERS))
    for child, parent in ((later, earlier), (earlier, later)):
        if child.parent_id == parent.pk:
            leave(case_id=child.pk, reason=reason, by=by, at=at)
    held = _held(later, earlier)
    if held is None:
        held = Link(case=later, earlier=earlier, score=0.0, reasons=[])
    held.kind, held.at, held.by_staff_id = LinkKind.OVERRIDDEN, at, by.staff_id
    if held.pk is None:
        Link.objects.bulk_create([held])
    else:
        held.save(update_fields=["kind", "at", "by_staff"])
    said = Said({"earlier": earlier.pk}, {"reason": reason.strip()})
    note(case=enter(case_id=later.pk, by=by), verb="override", said=said, by=by, at=at)
    return held


def link_earlier(*, case: Case, by: Actor, at: datetime) -> list[Link]:
    """Link a case with all that the same customer told before about the matter, as the rule sees it; a secret case with secret
    ones only: what hangs on an open case would say who complained.
    """
    phone = CaseParty.objects.filter(case=case.pk).exclude(phone_index="").values_list("phone_index", flat=True).first()
    found = selectors.same_matter(
        None, account_id=case.account_id, phone_index=phone or "", meter_code=case.meter_code,
        category_id=case.category_id, text=case.content, case_id=case.pk, at=case.opened_at,
    )  # fmt: skip
    mine = [one for one in found if one.is_mine]
    alike = Case.objects.filter(~selectors.plain() if selectors.is_secret(case) else selectors.plain())
    alike_ids = set(alike.filter(pk__in=[one.case_id for one in mine]).values_list("id", flat=True))
    known = Link.objects.filter(Q(case=case.pk) | Q(earlier=case.pk)).values_list("case_id", "earlier_id")
    tied = {one for pair in known for one in pair}
    return [_tie(case, one.case_id, _why(one), by=by, at=at) for one in mine if one.case_id in alike_ids - tied]


def _why(one: Likeness) -> _Why:
    kind = LinkKind.REPEAT if one.decision is Decision.LINK else LinkKind.SAME_MATTER
    return _Why(kind, one.score, one.reasons)


def _tie(later: Case, earlier_id: int, why: _Why, *, by: Actor, at: datetime) -> Link:
    """Write the link and its step; the later case is locked, the earlier one needn't be: the pair is unique."""
    defaults = {
        "kind": why.kind, "score": why.score, "reasons": list(why.reasons), "at": at, "by_staff_id": by.staff_id
    }  # fmt: skip
    row, fresh = Link.objects.get_or_create(case=later, earlier_id=earlier_id, defaults=defaults)
    if fresh:
        data = {"earlier": earlier_id, "kind": why.kind, "score": why.score, "reasons": list(why.reasons)}
        note(case=later, verb="link", said=Said(data), by=by, at=at)
    return row


def _pair(case_id: int, earlier_id: int, by: Actor) -> tuple[Case, Case]:
    """Both cases locked, (later, earlier)."""
    if case_id == earlier_id:
        raise Refused("link_itself", _("不能与自己关联；什么都没有改动。"))
    first, second = (enter(case_id=one, by=by) for one in sorted((case_id, earlier_id)))
    earlier, later = sorted((first, second), key=lambda case: (case.opened_at, case.pk))
    return later, earlier


def _held(later: Case, earlier: Case) -> Link | None:
    pair = Q(case=later, earlier=earlier) | Q(case=earlier, earlier=later)
    return Link.objects.select_for_update().filter(pair).first()
