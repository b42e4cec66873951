"""来电记录: every call, whatever became of it; the kept ones with their age; one call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call
from longzhong.cases.hotline.pages.call_forms import CallForm, RevealForm
from longzhong.cases.hotline.rules.machine import READERS
from longzhong.cases.hotline.rules.words import (
    CALL_OUTCOME_LABELS,
    CHANNEL_LABELS,
    TYPE_LABELS,
    CallOutcome,
    CaseType,
    Channel,
)
from longzhong.cases.hotline.selectors import calls as reads
from longzhong.dispatch.matters.rules import span_words
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Column, Filter, Listing, Tab
from longzhong.kit.web.parts import Tone

TONES: dict[CallOutcome, Tone] = {
    CallOutcome.KEPT: "late", CallOutcome.CASE: "info", CallOutcome.ANSWERED: "good", CallOutcome.OUTAGE: "good"
}  # fmt: skip


@dataclass(frozen=True)
class CallsPage:
    table: Listing
    tabs: list[Tab]
    kept: bool


@dataclass(frozen=True)
class CallPage:
    detail: reads.CallDetail
    form: CallForm
    open: bool
    reveal: RevealForm
    shown: str
    age: datetime


@web.page(*READERS)
def calls(request: HttpRequest) -> HttpResponseBase:
    """All calls; `?tab=kept` those to be dealt with, the oldest first."""
    who, now = web.actor(request), clock.now()
    kept = request.GET.get("tab") == "kept"
    rows = reads.kept_rows(who) if kept else reads.call_rows(who)
    table = web.listing(request, rows, COLUMNS, FILTERS, title=_("来电"), sort="at" if kept else "-at", href=_url)
    return web.show(request, CallsPage(table, _tabs(who, kept, now), kept), "hotline/calls.html")


@web.page(*READERS)
def call(request: HttpRequest, call_id: int) -> HttpResponseBase:
    """One call; a kept one may be opened or answered here."""
    if request.method == "POST":
        form = CallForm(request.POST)
        if form.is_valid():
            said = services.settle_call(
                call_id=call_id,
                done=form.done(),
                key=request.POST.get("client_key", ""),
                by=web.actor(request),
                at=clock.now(),
            )
            messages.success(request, said)
            return redirect(reverse("hotline:call", args=[call_id]))
        return web.show(request, _page(request, call_id, form), "hotline/call.html")
    return web.show(request, _page(request, call_id, CallForm()), "hotline/call.html")


@require_POST
@web.page(*READERS)
def call_reveal(request: HttpRequest, call_id: int) -> HttpResponseBase:
    """One value in plain, shown on this answer only and kept in the journal."""
    form = RevealForm(request.POST)
    if not form.is_valid():
        return web.show(request, _page(request, call_id, CallForm(), form), "hotline/call.html")
    field, reason = form.cleaned_data["field"], form.cleaned_data["reason"]
    shown = services.reveal_call(call_id=call_id, field=field, reason=reason, by=web.actor(request), at=clock.now())
    return web.show(request, _page(request, call_id, CallForm(), form, shown or _("没有登记")), "hotline/call.html")


def _page(
    request: HttpRequest, call_id: int, form: CallForm, reveal: RevealForm | None = None, shown: str = ""
) -> CallPage:
    detail = reads.call_card(web.actor(request), call_id)
    return CallPage(
        detail, form, detail.call.outcome == CallOutcome.KEPT, reveal or RevealForm(), shown, detail.call.at
    )


def _url(row: Call) -> str:
    return reverse("hotline:call", args=[row.pk])


def _tabs(who: web.Actor, kept: bool, now: datetime) -> list[Tab]:
    found = reads.call_counts(who, now)
    home = reverse("hotline:calls")
    forgotten = reads.forgotten(who, now)
    late = _("待处理（%(n)s 个超时）") % {"n": forgotten} if forgotten else _("待处理")
    return [Tab(_("全部来电"), home, None, not kept), Tab(late, f"{home}?tab=kept", found.kept, kept)]


def _outcome(row: Call) -> Badge:
    outcome = CallOutcome(row.outcome)
    return Badge(TONES.get(outcome, "closed"), CALL_OUTCOME_LABELS[outcome])


def _topic(row: Call) -> str:
    return f"{TYPE_LABELS[CaseType(row.case.type)]} · {row.case.category.name}" if row.case else ""


def _age(row: Call) -> Badge | str:
    """How long a kept call has been waiting since it came in; others wait for nothing."""
    return Badge("soon", span_words(clock.now() - row.at)) if row.outcome == CallOutcome.KEPT else ""


def _from(rows: QuerySet[Call], value: str) -> QuerySet[Call]:
    return rows.filter(at__date__gte=value)


def _until(rows: QuerySet[Call], value: str) -> QuerySet[Call]:
    return rows.filter(at__date__lte=value)


COLUMNS = (
    Column("number", "来电", "number", note="external_no"),
    Column("at", "时间", "at", kind="moment", sort="at"),
    Column("channel", "渠道", lambda row: CHANNEL_LABELS[Channel(row.channel)], sort="channel"),
    Column("outcome", "结果", _outcome, kind="badge"),
    Column("age", "已等待", _age, kind="badge"),
    Column("text", "内容（已去标识）", lambda row: row.text[:60] or "—", note=_topic),
    Column("area", "台区", lambda row: str(row.area) if row.area else "—"),
    Column("by", "受理人", lambda row: row.taken_by.name if row.taken_by else _("系统")),
)


def _same(column: str) -> Callable[[QuerySet[Call], str], QuerySet[Call]]:
    return lambda rows, value: rows.filter(**{column: value})


def _choices(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


FILTERS = (
    Filter("channel", "渠道", _same("channel"), choices=_choices(CHANNEL_LABELS)),
    Filter("outcome", "结果", _same("outcome"), choices=_choices(CALL_OUTCOME_LABELS)),
    Filter("topic", "诉求类型", _same("case__type"), choices=_choices(TYPE_LABELS)),
    Filter("from", "起", _from, kind="day"),
    Filter("until", "止", _until, kind="day"),
)
