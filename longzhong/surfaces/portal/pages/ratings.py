"""What customers said of the service, for those who answer for it (behind the login)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import web
from longzhong.kit.web import Badge, Column, Filter, Listing
from longzhong.surfaces.portal import selectors
from longzhong.surfaces.portal.models import Rating
from longzhong.surfaces.portal.rules import READERS, STARS
from longzhong.surfaces.portal.selectors import RatingCounts

TONES: dict[int, web.Tone] = {1: "late", 2: "late", 3: "soon", 4: "good", 5: "good"}


@dataclass(frozen=True)
class RatingsPage:
    counts: RatingCounts
    table: Listing


@web.page(*READERS)
def ratings(request: HttpRequest) -> HttpResponseBase:
    """The newest first; a low one leads to the call by which the hotline heard of it."""
    who = web.actor(request)
    table = web.listing(
        request, selectors.ratings(who), COLUMNS, FILTERS, title=_("服务评价"), sort="-at",
        href=lambda row: reverse("hotline:case", args=[row.case_id]),
    )  # fmt: skip
    return web.show(request, RatingsPage(selectors.rating_counts(who), table), "portal/ratings.html")


def _stars(row: Rating) -> Badge:
    return Badge(TONES[row.stars], f"{row.stars} 星 {STARS[row.stars]}")


def _call(row: Rating) -> str:
    return row.call.number or "" if row.call else ""


def _call_address(row: Rating) -> str:
    return reverse("hotline:call", args=[row.call_id]) if row.call_id else ""


def _starred(rows: Any, value: str) -> Any:
    return rows.filter(stars=int(value)) if value.isdigit() and int(value) in STARS else rows


COLUMNS = (
    Column("number", "诉求", "case.number", "code"),
    Column("at", "评价时间", "at", "moment", "at"),
    Column("stars", "评价", _stars, "badge", "stars"),
    Column("words", "客户说", "words"),
    Column("unit", "单位", "unit.name", sort="unit__name"),
    Column("owner", "办理人", "owner.name", sort="owner__name"),
    Column("call", "转来电", _call, "code", href=_call_address),
)
FILTERS = (
    Filter("stars", "星级", _starred, choices=[(str(number), f"{number} 星") for number in STARS]),
    Filter("q", "诉求编号", lambda rows, value: rows.filter(case__number__icontains=value), "text"),
)
