"""闭环各步的清单: the alerts behind each number of the funnel."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.rules import Level
from longzhong.kit import web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Column, Filter, Tab
from longzhong.register.org import selectors as org
from longzhong.sensing.curves.rules import KIND_NAMES
from longzhong.surfaces.cockpit import selectors
from longzhong.surfaces.cockpit.pages.periods import days_asked
from longzhong.surfaces.cockpit.pages.readers import READERS
from longzhong.surfaces.cockpit.rules import STEP_NAMES, Step

LEVEL_TONES: dict[Level, web.Tone] = {Level.RED: "late", Level.AMBER: "soon", Level.BLUE: "info"}
STATE_TONES: dict[str, web.Tone] = {"verified": "good", "dismissed": "closed", "unproven": "soon", "raised": "late"}


@dataclass(frozen=True)
class StepPage:
    title: str
    days: int
    tabs: list[Tab]
    table: web.Listing


@web.page(*READERS)
def steps(request: HttpRequest, step: str) -> HttpResponseBase:
    if step not in tuple(Step) or step == Step.SENSED:
        raise Refused("not_found", _("闭环里没有这一步。"))
    who, days = web.actor(request), days_asked(request)
    span = selectors.period(days)
    loop = selectors.loop(who, span)
    tabs = [Tab(_(STEP_NAMES[one]), f"{step_href(one)}?days={days}", getattr(loop, one), one == step) for one in Step]
    table = web.listing(
        request,
        selectors.loop_alerts(who, Step(step), span),
        COLUMNS,
        _filters(who),
        title=_(STEP_NAMES[Step(step)]),
        href=lambda alert: reverse("alerts:detail", args=[alert.pk]),
    )
    return web.show(request, StepPage(_(STEP_NAMES[Step(step)]), days, tabs, table), "cockpit/steps.html")


def step_href(step: Step) -> str:
    return reverse("curves:findings") if step == Step.SENSED else reverse("cockpit:steps", args=[step.value])


def _state(alert: Any) -> Badge:
    return Badge(STATE_TONES.get(alert.state, "info"), alerts.words(alert)[1])


def _filters(who: web.Actor) -> tuple[Filter, ...]:
    stations = tuple((str(node.id), node.label) for node in org.units(who) if node.kind == "station")
    return (
        Filter("kind", _("异常"), lambda rows, kind: rows.filter(kind=kind), choices=tuple(KIND_NAMES.items())),
        Filter("unit", _("供电所"), lambda rows, unit: rows.filter(unit_id=int(unit)), choices=stations),
        Filter("q", _("台区"), lambda rows, text: rows.filter(area__name__icontains=text), "text"),
    )


COLUMNS = (
    Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    Column("kind", "异常", lambda alert: KIND_NAMES[alert.kind], sort="kind"),
    Column(
        "level", "等级", lambda alert: Badge(LEVEL_TONES[Level(alert.level)], Level(alert.level).word), "badge", "level"
    ),
    Column("state", "状态", _state, "badge", "state"),
    Column("days", "异常天数", "days_abnormal", "number", "days_abnormal"),
    Column("unit", "供电所", "unit.short_name", sort="unit__name"),
    Column("raised", "预警时间", "raised_at", "moment", "raised_at"),
    Column("handled", "完工日", "handled_on", "day", "handled_on", phone=False),
)
