"""The alerts behind one number of the indicators."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.assessment.indicators import selectors
from longzhong.assessment.indicators.pages.asked import asked_number
from longzhong.assessment.indicators.rules import COLUMN_WORDS, KIND_WORDS
from longzhong.assessment.indicators.selectors import Behind
from longzhong.cases.alerts import selectors as alerts
from longzhong.cases.alerts.rules import READERS
from longzhong.kit import clock, web
from longzhong.kit.web import Column, Listing


@dataclass(frozen=True)
class BehindPage:
    lead: str
    back: str
    table: Listing


COLUMNS = (
    Column("kind", "异常", lambda alert: alerts.words(alert)[0], sort="kind"),
    Column("area", "台区", "area.name", sort="area__name", note="area.code"),
    Column("unit", "供电所", "unit.short_name", sort="unit__name"),
    Column("level", "等级", lambda alert: alerts.words(alert)[2], sort="level"),
    Column("raised", "预警时间", "raised_at", "moment", "raised_at"),
    Column("state", "状态", lambda alert: alerts.words(alert)[1], sort="state"),
)


@web.page(*READERS)
def behind_page(request: HttpRequest) -> HttpResponseBase:
    """Exactly the alerts that the number counted, as they stand now."""
    number = asked_number(request)
    table = web.listing(
        request,
        selectors.alerts_behind(web.actor(request), number, clock.now()),
        COLUMNS,
        title=_("指标明细"),
        sort="raised",
        href=lambda alert: reverse("alerts:detail", args=[alert.pk]),
    )
    back = f"{reverse('indicators:home')}?month={number.month:%Y-%m}"
    return web.show(request, BehindPage(_lead(number), back, table), "indicators/behind.html")


def _lead(number: Behind) -> str:
    few = len(number.kinds) < len(KIND_WORDS)
    kinds = "、".join(KIND_WORDS[kind] for kind in number.kinds) if few else _("全部异常")
    said = {"month": f"{number.month:%Y-%m}", "kinds": kinds, "column": COLUMN_WORDS[number.column]}
    return _("%(month)s 发出的预警：%(kinds)s，%(column)s。") % said
