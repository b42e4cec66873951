"""全过程核实: a month's sample of closed cases, traced from the call to the call-back (S4-11)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.pages.board import case_url
from longzhong.cases.hotline.pages.words import counted_words, type_words
from longzhong.cases.hotline.rules.reviewing import AUDITS
from longzhong.cases.hotline.rules.words import OUTCOME_LABELS, Outcome
from longzhong.kit import clock, web
from longzhong.kit.web.parts import Tone

TONES: dict[str, Tone] = {"passed": "good", "flawed": "soon", "false": "late"}


@dataclass(frozen=True)
class AuditPage:
    month: str
    closed: int
    checked: int
    table: web.Listing


@web.page("quality", "dept", "leader", "auditor")
def audit(request: HttpRequest) -> HttpResponseBase:
    """The sample of a month (?month=2026-03): drawn by the house, the same for everybody."""
    who = web.actor(request)
    month = _month(request.GET.get("month", ""))
    rows = selectors.audit_sample(who, month)
    table = web.listing(request, rows, COLUMNS, FILTERS, title=_("全过程核实"), href=case_url)
    closed = selectors.closed_in(who, month).count()
    checked = rows.filter(audited_at__isnull=False).count()
    return web.show(request, AuditPage(f"{month:%Y-%m}", closed, checked, table), "hotline/audit.html")


def audit_badge(case: Case) -> web.Badge:
    return web.Badge(TONES[case.audit], AUDITS[case.audit]) if case.audit else web.Badge("info", _("待核实"))


def _month(asked: str) -> date:
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return clock.today().replace(day=1)


COLUMNS = (
    web.Column("number", "诉求单", "number", "code", "id"),
    web.Column("category", "诉求内容", "category.name", note="content"),
    web.Column("type", "类型", type_words, phone=False),
    web.Column("outcome", "结果", lambda case: OUTCOME_LABELS[Outcome(case.outcome)], note=counted_words),
    web.Column("owner", "办理人", "owner.name", sort="owner__name", note="unit.short_name"),
    web.Column("closed", "办结时间", "closed_at", "moment", "closed_at"),
    web.Column("audit", "核实结论", audit_badge, "badge", "audited_at"),
)
FILTERS = (web.Filter("month", "办结月份", lambda rows, _month: rows, "month"),)
