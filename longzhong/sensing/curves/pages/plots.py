"""Curves as charts: limits and allowed band, gaps as gaps, shaded rest days, and a title that says what is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.web import Limit, Line, Shade
from longzhong.register.org.rules.calendar import Calendar
from longzhong.sensing.curves.rules import SLOTS, Limits, slot_clock
from longzhong.sensing.curves.selectors import CurveDays
from longzhong.sensing.curves.selectors.areas import Curve

WEEKDAYS = "一二三四五六日"
VOLTS = ("ua", "ub", "uc")
AMPERES = ("ia", "ib", "ic")


@dataclass(frozen=True)
class Chart:
    """A chart and the sentence above it; `option` None: nothing to draw."""

    title: str
    option: dict[str, Any] | None
    note: str = ""


def time_labels(days: Sequence[date]) -> list[str]:
    """96 labels a day: the start of each slot, with the day where there are several."""
    if len(days) == 1:
        return [slot_clock(slot) for slot in range(SLOTS)]
    return [f"{day:%m-%d} {slot_clock(slot)}" for day in days for slot in range(SLOTS)]


def rest_shades(days: Sequence[date], calendar: Calendar) -> list[Shade]:
    """Weekends and holidays of a stretch of days, named once a stretch."""
    if len(days) == 1:
        return []
    labels = time_labels(days)
    shades: list[Shade] = []
    before = ""
    for index, day in enumerate(days):
        mark = calendar.mark(day)
        name = "" if mark.working else mark.name or _("周末")
        if name:
            first, last = labels[index * SLOTS], labels[min((index + 1) * SLOTS, len(labels) - 1)]
            shades.append(Shade(first, last, name if name != before else ""))
        before = name
    return shades


def day_words(day: date, calendar: Calendar) -> str:
    """2026-10-01 周四 · 国庆节."""
    mark = calendar.mark(day)
    words = f"{day:%Y-%m-%d} {_('周')}{WEEKDAYS[day.weekday()]}"
    return words if mark.working and not mark.name else f"{words} · {mark.reason}"


def voltage_chart(
    days: Sequence[date], area: CurveDays, extra: CurveDays | None, limits: Limits, shades: list[Shade]
) -> Chart:
    """Phase voltages at the transformer, and of a chosen customer's meter."""
    lines = [Line(_("%s 相") % name[-1].upper(), area.lines[name]) for name in VOLTS] + _laid_over(extra)
    every = array([value for line in lines for value in line.values])
    if np.isnan(every).all():
        return Chart(_("这段时间没有电压曲线"), None)
    band = (limits.low_volts_1p, limits.over_volts_1p)
    marks = limit_lines(limits)
    labels = time_labels(days)
    option = web.curve_chart(labels, lines, unit="V", shades=shades, zoom=len(days) > 1, limits=marks, band=band)
    return Chart(voltage_title(every, limits), option, gap_note(array(area.lines["ua"])))


def _laid_over(extra: CurveDays | None) -> list[Line]:
    """A customer's voltages, at most two phases: five lines are enough."""
    own = {} if extra is None else {name: values for name, values in extra.lines.items() if name.startswith("u_")}
    tail = "" if extra is None else extra.meter[-6:]
    return [
        Line(_("户表 %(tail)s %(phase)s") % {"tail": tail, "phase": name[-1]}, values, "$late", dashed=True)
        for name, values in sorted(own.items())[:2]
    ]


def load_chart(days: Sequence[date], area: CurveDays, kva: float, limits: Limits, shades: list[Shade]) -> Chart:
    """Apparent power against the transformer's rating."""
    power = np.hypot(array(area.lines["p"]), array(area.lines["q"]))
    if np.isnan(power).all():
        return Chart(_("这段时间没有负荷曲线"), None)
    top = float(np.nanmax(power))
    heavy, full = kva * limits.heavy_ratio, kva * limits.overload_ratio
    marks = [Limit(_("额定 %g kVA") % kva, full), Limit(_("重载 %g %%") % (100 * limits.heavy_ratio), heavy, "$soon")]
    lines = [Line(_("视在功率"), power.tolist())]
    option = web.curve_chart(
        time_labels(days), lines, unit="kVA", limits=marks, shades=shades, zero=True, zoom=len(days) > 1
    )
    word = _("过载") if top > full else _("重载") if top > heavy else _("负荷正常")
    share = 100 * top / kva if kva else 0.0
    return Chart(
        _("%(word)s：最高 %(top).0f kVA，为额定的 %(share).0f %%") % {"word": word, "top": top, "share": share}, option
    )


def current_chart(days: Sequence[date], area: CurveDays, shades: list[Shade]) -> Chart:
    """The three phase currents: how even they are."""
    known = {name: array(area.lines[name]) for name in AMPERES}
    if all(np.isnan(values).all() for values in known.values()):
        return Chart(_("这段时间没有电流曲线"), None)
    lines = [Line(_("%s 相") % name[-1].upper(), area.lines[name]) for name in AMPERES]
    option = web.curve_chart(time_labels(days), lines, unit="A", shades=shades, zero=True, zoom=len(days) > 1)
    means = [float(np.nanmean(values)) for values in known.values() if not np.isnan(values).all()]
    spread = 100 * (max(means) - min(means)) / max(means) if max(means) > 0 else 0.0
    return Chart(_("三相电流平均相差 %.0f %%") % spread, option)


def compare_chart(
    before: tuple[date, Curve], after: tuple[date, Curve], unit: str, marks: tuple[Limit, ...], what: str
) -> Chart:
    """The same quantity before and after a repair, on one axis."""
    lines = [
        Line(_("修前 %s") % f"{before[0]:%m-%d}", before[1].tolist(), "$late"),
        Line(_("修后 %s") % f"{after[0]:%m-%d}", after[1].tolist(), "$good"),
    ]
    known = [values[~np.isnan(values)] for values in (before[1], after[1])]
    if not all(values.size for values in known):
        return Chart(_("修前或修后那一天没有曲线"), None)
    band = (marks[0].value, marks[1].value) if len(marks) == 2 else None
    option = web.curve_chart(time_labels([before[0]]), lines, unit=unit, limits=marks, band=band)
    words = _("修前 %(b)s，修后 %(a)s") % {"b": reach(known[0], unit), "a": reach(known[1], unit)}
    return Chart(words, option, what)


def voltage_title(values: Curve, limits: Limits) -> str:
    """What the voltages say, in one sentence."""
    known = values[~np.isnan(values)]
    if not known.size:
        return _("没有读数")
    low, high = float(known.min()), float(known.max())
    if low < limits.low_volts_1p:
        return _("最低 %(v).1f V，低于下限 %(limit)g V") % {"v": low, "limit": limits.low_volts_1p}
    if high > limits.over_volts_1p:
        return _("最高 %(v).1f V，高于上限 %(limit)g V") % {"v": high, "limit": limits.over_volts_1p}
    return _("电压在 %(low).1f–%(high).1f V，都在限值内") % {"low": low, "high": high}


def limit_lines(limits: Limits) -> list[Limit]:
    low, over = limits.low_volts_1p, limits.over_volts_1p
    return [Limit(_("下限 %g") % low, low), Limit(_("上限 %g") % over, over)]


def extreme(lines: Sequence[Sequence[float | None]], *, highest: bool) -> Curve:
    """The highest or lowest of several lines slot by slot; NaN where none has a reading."""
    known = [array(line) for line in lines]
    if not known:
        return np.full(SLOTS, np.nan, dtype=np.float32)
    end: Curve = np.fmax.reduce(known) if highest else np.fmin.reduce(known)
    return end


def array(values: Sequence[float | None]) -> Curve:
    """As numbers, NaN where there is no reading."""
    return np.array(values, dtype=np.float32)


def reach(known: Curve, unit: str) -> str:
    return f"{known.min():.1f}–{known.max():.1f} {unit}"


def gap_note(values: Curve) -> str:
    missing = int(np.isnan(values).sum())
    words = _("15 分钟一点")
    return words if not missing else words + _("；缺 %s 点，曲线断开处没有数据") % missing
