"""整治明细: the complaints that a campaign counts, in its days or in its baseline; frozen numbers may differ after appeals."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.campaigns import selectors
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import READERS
from longzhong.cases.complaints.rules import STATE_LABELS, VERDICT_LABELS, State, Verdict
from longzhong.kit import clock, web


@dataclass(frozen=True)
class BehindPage:
    title: str
    what: str
    table: web.Listing
    back: str


@web.page(*READERS)
def behind(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """?span=now or base, ?side=all or upheld; as far as the reader may see them."""
    who = web.actor(request)
    base, upheld = request.GET.get("span") == "base", request.GET.get("side") == "upheld"
    row, rows = selectors.behind(who, campaign_id, base=base, upheld=upheld, at=clock.now())
    what = f"{_span(row, base=base)} · " + (_("属实（申诉后）") if upheld else _("受理"))
    table = web.listing(
        request, rows.select_related("case", "category", "unit"), COLUMNS, title=f"{row.title} {what}", sort="-accepted",
        href=lambda one: reverse("complaints:detail", args=[one.pk]),
    )  # fmt: skip
    page = BehindPage(row.title, what, table, reverse("campaigns:detail", args=[campaign_id]))
    return web.show(request, page, "campaigns/behind.html")


def _span(row: Campaign, *, base: bool) -> str:
    """Which days are counted, in words."""
    words, first, last = (
        (_("基线期"), row.base_from, row.base_to) if base else (_("整治期"), row.starts_on, row.ends_on)
    )
    return _("%(words)s %(first)s 至 %(last)s") % {"words": words, "first": first, "last": last}


COLUMNS = (
    web.Column("number", "编号", "case.number", note="category.name"),
    web.Column("unit", "责任单位", lambda row: row.unit.short_name or row.unit.name),
    web.Column("state", "状态", lambda row: STATE_LABELS[State(row.state)]),
    web.Column("final", "定性（申诉后）", lambda row: VERDICT_LABELS[Verdict(row.final_verdict)]),
    web.Column("accepted", "受理时间", "accepted_at", "moment", sort="accepted_at"),
)
