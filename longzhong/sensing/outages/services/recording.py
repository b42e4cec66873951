"""Outages from another system's table: those that are over for the statistics, those that last or come for the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.rules import PLANNERS, REASONS, Kind, NewPlan, NewReport, PastOutage, State
from longzhong.sensing.outages.rules.sheet import SheetRow, row_of
from longzhong.sensing.outages.services.moving import in_order, plain_words
from longzhong.sensing.outages.services.opening import keep_outage, report_outage, unit_of
from longzhong.sensing.outages.services.planning import plan_outage


@dataclass(frozen=True)
class RefusedRow:
    """A row that wasn't kept: its number in the file, a stable code, and why."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True)
class SheetReport:
    """What became of a table's rows."""

    new: int
    known: int
    refused: tuple[RefusedRow, ...]


@transaction.atomic
def record_outage(*, past: PastOutage, by: Actor, at: datetime) -> int:
    """Write down an outage that is over (补录), and return its id; one of the same source, in whatever state, is that one."""
    need(by, *PLANNERS)
    known = Outage.objects.filter(source=past.source).order_by("id").values_list("pk", flat=True).first()
    if known is not None:
        return known
    if past.reason_code not in REASONS[past.kind]:
        raise Refused("reason_unknown", _("停电类型和原因不相符；什么都没有改动。"), reason=past.reason_code)
    in_order(past.started_at, past.restored_at, at)
    named, impact = selectors.named(by, past.devices), selectors.impact(past.devices, civil_day(past.started_at))
    outage = Outage(
        kind=past.kind, state=State.RESTORED, started_at=past.started_at, restored_at=past.restored_at, closed_at=at,
        confirmed_at=past.started_at, planned_start=past.planned_start, planned_end=past.planned_end,
        expected_end_at=past.planned_end, reason_code=past.reason_code, reason=plain_words(past.reason, 200),
        fault_place=plain_words(past.place, 120), source=past.source, registered_at=at,
    )  # fmt: skip
    outage.unit_id = unit_of(wanted=past.unit_id, impact=impact, roles=PLANNERS, by=by, at=at)
    outage_id = keep_outage(outage=outage, named=named, impact=impact, verb="record", by=by, at=at)
    Affected.objects.filter(outage=outage_id).update(restored_at=past.restored_at)
    return outage_id


@transaction.atomic
def keep_sheet(*, rows: Sequence[tuple[int, Mapping[str, object]]], by: Actor, at: datetime) -> SheetReport:
    """Keep the rows of a 95598 table, each for itself; known ones are left as they are, refused ones are told with their reason."""
    need(by, *PLANNERS)
    new = known = 0
    refused = []
    for number, cells in rows:
        try:
            with transaction.atomic():
                if _keep_row(row_of(cells), by, at):
                    new += 1
                else:
                    known += 1
        except Refused as refusal:
            refused.append(RefusedRow(number, refusal.code, refusal.message))
    return SheetReport(new, known, tuple(refused))


def _keep_row(row: SheetRow, by: Actor, at: datetime) -> bool:
    """Whether it was new."""
    if Outage.objects.filter(source=row.source).exists() or Outage.objects.filter(number=row.key).exists():
        return False
    unit = org.unit_ids({row.unit}).get(row.unit) if row.unit else None
    devices = selectors.devices_by_code(by, row.devices)
    if row.restored_at is not None:
        planned = (row.starts_at, row.ends_at) if row.kind is not Kind.FAULT else (None, None)
        past = PastOutage(
            kind=row.kind, reason_code=row.reason_code, reason=row.reason, place=row.place, source=row.source, devices=devices,
            unit_id=unit, started_at=row.starts_at, restored_at=row.restored_at, planned_start=planned[0],
            planned_end=planned[1],
        )  # fmt: skip
        record_outage(past=past, by=by, at=at)
    elif row.kind is Kind.FAULT:
        end = row.ends_at if row.ends_at is not None and row.ends_at > at else None
        report = NewReport(
            reason_code=row.reason_code, reason=row.reason, place=row.place, source=row.source, devices=devices, unit_id=unit,
            started_at=row.starts_at, expected_end_at=end, confirmed=True,
        )  # fmt: skip
        report_outage(report=report, by=by, at=at)
    else:
        plan = NewPlan(
            kind=row.kind, starts_at=row.starts_at, ends_at=row.ends_at or row.starts_at, reason_code=row.reason_code,
            reason=row.reason, place=row.place, source=row.source, devices=devices, unit_id=unit, exemption=row.exemption,
        )  # fmt: skip
        plan_outage(plan=plan, by=by, at=at)
    return True
