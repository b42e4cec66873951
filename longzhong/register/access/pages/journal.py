"""The journal as the auditor (审计员) reads it: who read or changed what, and whether the chain is whole."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from longzhong.kit import clock, journal, web
from longzhong.kit.models import JournalEntry
from longzhong.kit.web import Column, Filter, Listing
from longzhong.register.access import selectors
from longzhong.register.access.rules import ACTS
from longzhong.register.org.rules import Role


def _ids(row: JournalEntry) -> str:
    return "，".join(f"{key}={value}" for key, value in row.ids.items() if value not in (None, [], ""))


def _code(row: JournalEntry) -> str:
    """The code below its Chinese word; acts without a word are shown by their code alone."""
    return row.act if row.act in ACTS else ""


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", _("时间"), kind="moment", sort="at"),
        Column("actor", _("谁"), note="user_id"),
        Column("act", _("做了什么"), lambda row: ACTS.get(row.act, row.act), sort="act", note=_code),
        Column("label", _("对象"), kind="code"),
        Column("reason", _("原因")),
        Column("ids", _("编号与取值"), _ids, phone=False),
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("act", _("动作"), lambda rows, value: rows.filter(act__startswith=value), kind="text"),
        Filter("who", _("谁"), lambda rows, value: rows.filter(actor__icontains=value), kind="text"),
        Filter("label", _("对象"), lambda rows, value: rows.filter(label=value), kind="text"),
        Filter("day", _("日期"), selectors.journal_day, kind="day"),
    )


@dataclass(frozen=True)
class JournalPage:
    table: Listing


@web.page(Role.AUDITOR)
def journal_page(request: HttpRequest) -> HttpResponseBase:
    """Read it; a POST recomputes the whole chain and says where it is broken."""
    who = web.actor(request)
    if request.method == "POST":
        broken = list(journal.broken_entries())
        journal.record(who, "journal.prove", at=clock.now(), broken=len(broken))
        if broken:
            messages.error(request, _("日志链断在第 %(id)s 条，请立即上报。") % {"id": broken[0]})
        else:
            messages.success(request, _("日志链完整，没有一条被改动或删除。"))
        return redirect("access:journal")
    rows = selectors.journal_entries(who)
    table = web.listing(request, rows, _columns(), _filters(), title=_("审计日志"), sort="-at")
    return web.show(request, JournalPage(table), "access/journal.html")
