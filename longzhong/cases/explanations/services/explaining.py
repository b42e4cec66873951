"""Explain an account's usage: what was measured, what the appliances make, and the comparison, frozen in one sheet (S0-20)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import CONDITIONS, WRITERS, Use, compare, estimate
from longzhong.cases.explanations.selectors import Evidence, Span, evidence, label
from longzhong.cases.hotline import selectors as hotline
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True)
class Asked:
    """What the customer doubts: the days, the appliances at home, the advert's conditions that differ there, a case's label."""

    span: Span
    uses: Sequence[Use] = ()
    advert: Sequence[str] = ()
    case: str = ""
    note: str = field(default="", repr=False)


@transaction.atomic
def explain(*, account_id: int, asked: Asked, by: Actor, at: datetime) -> Sheet:
    """Keep a sheet as it is shown now; a later reading changes no sheet. Refuses days without any reading."""
    need(by, *WRITERS)
    account = customers.visible_to(by).select_related("area").filter(pk=account_id).first()
    if account is None:
        raise Refused("not_found", _("没有这一户，或不在您的管辖范围内。"), account=account_id)
    _check(asked, by)
    found = evidence(by, account_id, asked.span)
    if not found.picture.counted:
        raise Refused("no_readings", _("这段时间没有一天的负荷数据是完整的，解释不了；什么都没有保存，请换一段时间。"))
    sheet = Sheet.objects.create(
        account_id=account_id, unit_id=account.unit_id, grid_id=account.area.grid_id if account.area else None,
        case=asked.case, first_on=asked.span.first, last_on=asked.span.last, uses=[asdict(use) for use in asked.uses],
        advert=list(asked.advert), figures=_figures(found, asked.uses), explained_at=at, explained_by_id=by.staff_id,
    )  # fmt: skip
    sheet.number = f"YD{civil_day(at):%Y%m%d}{sheet.pk:06d}"
    sheet.save(update_fields=["number"])
    data = {"account": account_id, "case": asked.case, "days": found.picture.counted}
    step = matters.NewStep("explain", data, {"note": asked.note})
    matters.add_step(matter=label(sheet.pk), step=step, by=by, at=at)
    return sheet


def _check(asked: Asked, by: Actor) -> None:
    if unknown := [code for code in asked.advert if code not in CONDITIONS]:
        raise Refused("condition_unknown", _("没有这个广告条件；什么都没有保存。"), codes=unknown)
    if not asked.case:
        return
    case_id = hotline.case_id_of(asked.case)
    if case_id is None or not hotline.is_visible(by, case_id):
        raise Refused("case_unknown", _("没有这件诉求，或不在您的管辖范围内；什么都没有保存。"), case=asked.case)


def _figures(found: Evidence, uses: Sequence[Use]) -> dict[str, Any]:
    """Everything that the sheet will ever show, as plain JSON."""
    picture, made = found.picture, estimate(uses)
    return {
        "comparison": asdict(compare(picture.mean_kwh, made)),
        "lines": [asdict(line) for line in made.lines],
        "days": [
            {"day": one.day.isoformat(), "kwh": one.kwh, "base_kw": one.base_kw, "peak_kw": one.peak_kw, "known": one.known}
            for one in picture.days
        ],
        "average": found.average,
        "chosen": list(found.curves[found.chosen]) if found.chosen else [],
        "chosen_on": found.chosen.isoformat() if found.chosen else "",
        "base_kw": picture.base_kw,
        "base_share": picture.base_share,
        "peak_kw": picture.peak_kw,
        "counted": picture.counted,
        "neighbours": found.neighbours.median,
        "neighbours_count": found.neighbours.count if found.neighbours.median is not None else 0,
        "meters": list(found.meters),
    }  # fmt: skip
