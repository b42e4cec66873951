"""The cases behind a number of the customer's voice."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins import selectors
from longzhong.assessment.bulletins.pages.asked import asked
from longzhong.assessment.bulletins.pages.words import case_columns, case_href
from longzhong.assessment.bulletins.rules import READERS
from longzhong.assessment.bulletins.selectors import Asked
from longzhong.cases.hotline.rules.words import CAUSE_LABELS, CHANNEL_LABELS, TYPE_LABELS, CaseType, Channel, RootCause
from longzhong.kit import web
from longzhong.kit.web import Listing
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org


@dataclass(frozen=True)
class ToldPage:
    lead: str
    table: Listing


@web.page(*READERS)
def told(request: HttpRequest) -> HttpResponseBase:
    """Exactly the cases that the number counted, the newest first."""
    which = asked(request)
    rows = selectors.told(web.actor(request), which).select_related("category", "unit", "area", "owner")
    table = web.listing(
        request, rows.order_by("-opened_at", "-id"), case_columns(), title=_("诉求明细"), href=lambda row: case_href(row.pk)
    )  # fmt: skip
    return web.show(request, ToldPage(_lead(which), table), "bulletins/told.html")


def _lead(which: Asked) -> str:
    parts = [
        TYPE_LABELS[CaseType(which.type)] if which.type else "",
        categories.label_of(which.category_id) if which.category_id else "",
        CAUSE_LABELS[RootCause(which.cause)] if which.cause else "",
        CHANNEL_LABELS[Channel(which.channel)] if which.channel else "",
        org.unit_names([which.unit_id]).get(which.unit_id, "") if which.unit_id else "",
        _("反映服务态度的投诉") if which.attitude else "",
        _("内容提到“%(word)s”") % {"word": which.word} if which.word else "",
    ]
    said = {"first": which.first, "last": which.last, "what": "，".join(filter(None, parts)) or _("全部诉求")}
    return _("%(first)s 至 %(last)s 受理：%(what)s。") % said
