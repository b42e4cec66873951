"""修前修后对比: an area's orders, and the same quantity on the day before the order and the day after the work, on one axis.

What is compared follows the order's fault: voltage of the customer who suffered most, apparent power, or the unbalance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.rules import STATE_LABELS, State
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Limit
from longzhong.sensing.curves import selectors
from longzhong.sensing.curves.pages import plots
from longzhong.sensing.curves.pages.asked import Asked
from longzhong.sensing.curves.rules import Kind, Limits
from longzhong.sensing.curves.selectors import CurveDays
from longzhong.sensing.curves.selectors.areas import Curve

TONES: dict[str, web.Tone] = {State.VERIFIED: "good", State.CANCELLED: "closed", State.RETURNED: "late"}
HIGH, LOAD, UNBALANCE = "high", "load", "unbalance"
MEASURES = {
    Kind.OVER_VOLTAGE: HIGH,
    Kind.HEAVY_LOAD: LOAD,
    Kind.OVERLOAD: LOAD,
    Kind.UNBALANCE: UNBALANCE,
}


@dataclass(frozen=True)
class Repair:
    """An order of the area; `compare` opens the curves before and after it."""

    number: str
    href: str
    badge: Badge
    opened: date
    finished: date | None
    compare: str
    chosen: bool


def repairs(who: web.Actor, area_id: int, asked: Asked) -> list[Repair]:
    return [_repair(order, asked) for order in workorders.orders_of_area(who, area_id)]


def _repair(order: Any, asked: Asked) -> Repair:
    opened = clock.civil_day(order.opened_at)
    finished = clock.civil_day(order.finished_at) if order.finished_at else None
    found = opened - timedelta(days=1)
    proof = finished + timedelta(days=1) if finished else None
    measure = MEASURES.get(order.fault, "")
    return Repair(
        number=str(order),
        href=reverse("workorders:detail", args=[order.pk]),
        badge=Badge(TONES.get(order.state, "info"), STATE_LABELS[State(order.state)]),
        opened=opened,
        finished=finished,
        compare=asked.address(day=found, compare=proof, span=1, of=measure, meter="") if proof else "",
        chosen=bool(proof) and (asked.day, asked.compare, asked.of) == (found, proof, measure),
    )


def comparison(area_id: int, asked: Asked, meter: str, kva: float, limits: Limits) -> plots.Chart | None:
    """The day chosen against the one compared with; None if the address asks for none."""
    if asked.compare is None:
        return None
    if asked.of in (LOAD, UNBALANCE):
        ratio, name, mark = _AREA[asked.of](limits)
        pair = [(day, ratio(selectors.area_curves(area_id, day, day), kva)) for day in (asked.day, asked.compare)]
        return plots.compare_chart(pair[0], pair[1], "%", (mark,), name)
    pair = [(day, _volts(area_id, meter, day, highest=asked.of == HIGH)) for day in (asked.day, asked.compare)]
    name = _("户表 %s") % meter if meter else _("总表")
    side = _("各相最高") if asked.of == HIGH else _("各相最低")
    return plots.compare_chart(pair[0], pair[1], "V", tuple(plots.limit_lines(limits)), f"{name} {side}")


def _volts(area_id: int, meter: str, day: date, *, highest: bool) -> Curve:
    found = selectors.meter_curves(meter, day, day) if meter else selectors.area_curves(area_id, day, day)
    return plots.extreme([values for name, values in found.lines.items() if name.startswith("u")], highest=highest)


def _load(limits: Limits) -> tuple[Callable[[CurveDays, float], Curve], str, Limit]:
    def ratio(found: CurveDays, kva: float) -> Curve:
        return np.hypot(plots.array(found.lines["p"]), plots.array(found.lines["q"])) * np.float32(
            100 / kva if kva else 0
        )

    return ratio, _("负载率"), Limit(_("重载 %g %%") % (100 * limits.heavy_ratio), 100 * limits.heavy_ratio)


def _unbalance(limits: Limits) -> tuple[Callable[[CurveDays, float], Curve], str, Limit]:
    def ratio(found: CurveDays, _kva: float) -> Curve:
        lines = np.stack([plots.array(found.lines[name]) for name in plots.AMPERES])
        top = lines.max(axis=0)
        share: Curve = 100 * (top - lines.min(axis=0)) / np.where(top > 0, top, np.float32(np.nan))
        return share

    return (
        ratio,
        _("三相电流不平衡度"),
        Limit(_("限值 %g %%") % (100 * limits.unbalance_ratio), 100 * limits.unbalance_ratio),
    )


_AREA = {LOAD: _load, UNBALANCE: _unbalance}
