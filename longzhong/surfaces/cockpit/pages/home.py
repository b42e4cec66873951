"""驾驶舱: is the loop turning, where not, and who has it in hand. Four cuts: the whole, 事前、事中、事后 (S4-43)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.web import StageCount, Tab
from longzhong.surfaces.cockpit import selectors
from longzhong.surfaces.cockpit.pages.periods import days_asked, period_tabs
from longzhong.surfaces.cockpit.pages.phases import PHASES
from longzhong.surfaces.cockpit.pages.readers import READERS
from longzhong.surfaces.cockpit.pages.steps import step_href
from longzhong.surfaces.cockpit.rules import PHASE_NAMES, STEP_NAMES, Phase, Step
from longzhong.surfaces.cockpit.selectors import Loop, Period

ICONS = {
    "sensed": "wave-sine",
    "warned": "alert-triangle",
    "dispatched": "send",
    "handled": "tool",
    "verified": "shield-check",
}


@dataclass(frozen=True)
class HomePage:
    lead: str
    wall: bool
    now: Any
    days: int
    phases: list[Tab]
    periods: list[Tab]
    funnel: list[StageCount]
    phase: str
    body: Any


@web.page(*READERS)
def home(request: HttpRequest) -> HttpResponseBase:
    """The first screen of everybody who works with orders; others have a first page of their own."""
    who = web.actor(request)
    days = days_asked(request)
    phase = Phase(asked) if (asked := request.GET.get("phase", "")) in tuple(Phase) else Phase.WHOLE
    span = selectors.period(days)
    loop = selectors.loop(who, span)
    page = HomePage(
        lead=_lead(loop, days),
        wall=request.GET.get("wall") == "1",
        now=clock.now(),
        days=days,
        phases=[
            Tab(_(name), f"?phase={key.value}&days={days}", None, key == phase) for key, name in PHASE_NAMES.items()
        ],
        periods=period_tabs(phase, days),
        funnel=funnel(loop, span, days),
        phase=phase.value or "whole",
        body=PHASES[phase](who, span, loop),
    )
    return web.show(request, page, "cockpit/wall.html" if page.wall else "cockpit/home.html")


def funnel(loop: Loop, span: Period, days: int) -> list[StageCount]:
    """Five numbers, each opening its list, each as a share of the one before."""
    counts = [getattr(loop, step) for step in Step]
    notes = [_("近 %s 天异常，台区×类别") % span.days]
    notes += [
        _share(now, before, STEP_NAMES[step]) for now, before, step in zip(counts[1:], counts, Step, strict=False)
    ]
    links = {Step.SENSED: f"{step_href(Step.SENSED)}?days={days}"}
    return [
        StageCount(_(STEP_NAMES[step]), count, note, links.get(step, f"{step_href(step)}?days={days}"), ICONS[step])
        for step, count, note in zip(Step, counts, notes, strict=True)
    ]


def _share(count: int, of: int, name: str) -> str:
    return _("占%(step)s %(share)d %%") % {"step": name, "share": round(100 * count / of)} if of else _("还没有")


def _lead(loop: Loop, days: int) -> str:
    if not loop.warned:
        return _("近 %s 天没有发出预警。") % days
    waiting = loop.warned - loop.dispatched
    tail = _("%s 条还没有派出。") % waiting if waiting else _("都已派单。")
    return _("近 %(days)s 天发出 %(warned)s 条预警，%(verified)s 条已由后续数据核实修复，%(tail)s") % {
        "days": days,
        "warned": loop.warned,
        "verified": loop.verified,
        "tail": tail,
    }
