"""Register an estate whose installation is to be taken over."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.transfers import selectors
from longzhong.cases.transfers.models import Tie, Transfer
from longzhong.cases.transfers.rules import LIVE, SURVEYORS, NewTransfer
from longzhong.cases.transfers.services.moving import (
    begin,
    complete,
    note,
    papers_of,
    refresh_due,
    start_stage,
)
from longzhong.dispatch.matters.selectors.addresses import matter_at
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network

MOST_HOUSEHOLDS = 100_000


@transaction.atomic
def open_transfer(*, new: NewTransfer, unit_id: int, by: Actor, at: datetime) -> Transfer:
    """Begin with the survey; one transfer of an estate runs at a time. Its area, if known, says station and cell."""
    need(by, *SURVEYORS)
    if by.staff_id is None:
        raise Refused("opener_unknown", _("登记人须是在册人员；什么都没有改动。"))
    estate = " ".join(new.estate.split())[:80]
    if len(estate) < 2 or not 0 < new.households <= MOST_HOUSEHOLDS:
        raise Refused("estate_missing", _("请写明小区名称和户数；什么都没有改动。"))
    unit_id, grid_id, area_id = _place(new.area, unit_id, by)
    if Transfer.objects.filter(unit=unit_id, estate=estate, state__in=LIVE).exists():
        raise _standing(estate)
    row = Transfer(
        estate=estate, developer=redact(new.developer.strip())[:80], property_company=redact(new.property_company.strip())[:80],
        households=new.households, unit_id=unit_id, grid_id=grid_id, area_id=area_id, opened_by_id=by.staff_id, opened_at=at,
        entered_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create([row])
    except IntegrityError as error:  # somebody else opened one at the same moment
        raise _standing(estate) from error
    row.number = f"YJ{civil_day(at):%Y%m%d}{row.pk:06}"
    start_stage(row=row, by=by, at=at)
    refresh_due(row=row)
    row.save(update_fields=["number", "due_at"])
    note(row=row, verb="open", said=Said({"households": row.households, "area": area_id}), by=by, at=at)
    return row


@transaction.atomic
def attach(*, transfer_id: int, uploads: list[Upload], note: str = "", by: Actor, at: datetime) -> Transfer:
    """Add papers, each of its kind."""
    row, move = begin(transfer_id=transfer_id, verb="attach", by=by)
    said = Said({}, {"note": note.strip()}, papers_of(uploads))
    return complete(row=row, move=move, said=said, by=by, at=at)


@transaction.atomic
def tie(*, transfer_id: int, address: str, by: Actor, at: datetime) -> Transfer:
    """Tie it to a complaint, a case, an item of public opinion: by label or by the address of its page."""
    row, move = begin(transfer_id=transfer_id, verb="tie", by=by)
    matter = matter_at(by, address, selectors.TIES)
    if row.ties.filter(matter=matter).exists():
        raise Refused("tied_already", _("已经关联过这件事项；没有重复关联。"), matter=matter)
    Tie.objects.create(transfer=row, matter=matter, at=at)
    return complete(row=row, move=move, said=Said({"matter": matter}), by=by, at=at)


def _place(code: str, unit_id: int, by: Actor) -> tuple[int, int | None, int | None]:
    """Unit, cell and area; without an area the unit is one over which the actor may open a transfer."""
    if code.strip():
        found = network.visible_to(by).filter(code=code.strip()).values_list("unit_id", "grid_id", "id").first()
        if found is None or found[0] is None:
            raise Refused("area_unknown", _("没有这个台区，或不在您的管辖范围内；什么都没有改动。"), area=code)
        return found
    if unit_id not in by.units(*SURVEYORS):
        raise Refused("not_found", _("没有这个单位，或不在您的管辖范围内。"), unit=unit_id)
    return unit_id, None, None


def _standing(estate: str) -> Refused:
    return Refused("transfer_standing", _("“%(estate)s”已有在办的移交项目；没有重复登记。") % {"estate": estate})
