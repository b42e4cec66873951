"""Outages as rows of the 95598 table: cells by column code."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from longzhong.kit.actor import Actor
from longzhong.register.network import selectors as network
from longzhong.sensing.outages.models import Affected, Outage, Scope
from longzhong.sensing.outages.rules import REASON_LABELS, STATE_LABELS, Device, Kind, State
from longzhong.sensing.outages.rules.sheet import PREFIX, TYPES, devices_text
from longzhong.sensing.outages.selectors.doors import visible_to
from longzhong.sensing.outages.selectors.tracing import WHOLE

MOST_NAMES = 60
NEVER = (State.WITHDRAWN, State.MERGED)


def sheet_rows(actor: Actor, start: datetime, end: datetime) -> Iterator[dict[str, object]]:
    """Outages that began, or are planned to, in [start, end), the earliest first; a bounded number of queries."""
    ran = Q(started_at__gte=start, started_at__lt=end)
    will = Q(started_at=None, planned_start__gte=start, planned_start__lt=end)
    rows = list(visible_to(actor).filter(ran | will).exclude(state__in=NEVER).select_related("unit").order_by("id"))
    ids = [row.pk for row in rows]
    devices, names = _devices(ids), _names(ids)
    for row in sorted(rows, key=lambda one: (one.started_at or one.planned_start or one.registered_at, one.pk)):
        yield _cells(row, devices.get(row.pk, []), names.get(row.pk, []))


def _cells(row: Outage, devices: list[tuple[str, str]], names: list[str]) -> dict[str, object]:
    more = f"等{row.areas}个台区" if row.areas > len(names) else ""
    return {
        "poweroff_id": row.source.removeprefix(PREFIX) if row.source.startswith(PREFIX) else row.number,
        "app_no": row.number, "poweroff_scope": "、".join(names) + more, "start_time": row.started_at or row.planned_start,
        "stop_date": row.planned_end or row.expected_end_at or row.restored_at, "org_no": row.unit.code,
        "type_code": TYPES[Kind(row.kind)], "poweroff_area": row.fault_place or row.title,
        "poweroff_reason": "，".join(filter(None, [REASON_LABELS.get(row.reason_code, row.reason_code), row.reason])),
        "power_time": row.restored_at, "devices": devices_text(devices), "state": STATE_LABELS[State(row.state)],
        "accounts": row.accounts, "important": row.important, "changes": row.changes, "delays": row.delays,
        "exemption": row.exemption,
    }  # fmt: skip


def _names(ids: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Affected.objects.filter(outage__in=ids).order_by("outage_id", "area__code")
    for outage_id, name in rows.values_list("outage_id", "area__name"):
        held = found.setdefault(outage_id, [])
        if len(held) < MOST_NAMES:
            held.append(name)
    return found


def _devices(ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """(kind, code) of what is off, by outage; five queries."""
    rows = list(Scope.objects.filter(outage__in=ids, kept=False).order_by("outage_id", "id"))
    wanted = {kind: {row.object_id for row in rows if row.kind == kind} for kind in Device}
    lines = network.visible_feeders(WHOLE)
    sources = {
        Device.SUBSTATION: lines.filter(substation__in=wanted[Device.SUBSTATION]).values_list("substation_id", "substation__code"),
        Device.FEEDER: lines.filter(pk__in=wanted[Device.FEEDER]).values_list("id", "code"),
        Device.SECTION: lines.filter(sections__in=wanted[Device.SECTION]).values_list("sections__id", "sections__code"),
        Device.AREA: network.visible_to(WHOLE).filter(pk__in=wanted[Device.AREA]).values_list("id", "code"),
    }  # fmt: skip
    codes = {(kind.value, number): code for kind, found in sources.items() for number, code in found}
    known: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        if (row.kind, row.object_id) in codes:
            known.setdefault(row.outage_id, []).append((row.kind, codes[(row.kind, row.object_id)]))
    return known
