"""Colours of sheets, and the charts that the trial and the sheet share."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.explanations.rules import State
from longzhong.cases.explanations.rules.estimate import Verdict
from longzhong.kit import web
from longzhong.kit.web.parts import Tone
from longzhong.sensing.curves.rules import SLOTS, slot_clock

STATE_TONES: dict[str, Tone] = {
    State.EXPLAINED: "soon",
    State.ACCEPTED: "good",
    State.DECLINED: "late",
    State.TEST_WANTED: "info",
}
VERDICT_TONES: dict[str, Tone] = {
    Verdict.WITHIN: "good",
    Verdict.MORE: "soon",
    Verdict.LESS: "info",
    Verdict.UNKNOWN: "closed",
}
TIMES = [slot_clock(slot) for slot in range(SLOTS)]
Values = Sequence[float | None]


def load_chart(average: Values, chosen: Values, chosen_on: str, base_kw: float | None) -> dict[str, Any]:
    """The mean day and the chosen day on one axis, the night shaded, the base load as a line."""
    lines = [web.Line(_("平均日"), average)]
    if chosen:
        lines.append(web.Line(chosen_on, chosen))
    limits = [web.Limit(_("基础 %.2f") % base_kw, base_kw, "$info")] if base_kw is not None else []
    shades = [web.Shade("01:00", "05:00", _("深夜"))]
    return web.curve_chart(TIMES, lines, unit="kW", limits=limits, shades=shades, zero=True)


def day_chart(days: Sequence[tuple[str, float | None]]) -> dict[str, Any]:
    """Energy of each day; a day without enough readings is a gap."""
    return web.bar_chart([day for day, _kwh in days], [web.Line(_("每天"), [kwh for _day, kwh in days])], unit="kWh")
