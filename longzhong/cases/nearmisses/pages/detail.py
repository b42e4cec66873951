"""One averted complaint: what it was about, how it was dissolved, and who confirmed it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.nearmisses import selectors, services
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.pages.forms import WordsForm
from longzhong.cases.nearmisses.pages.words import (
    case_url,
    how_words,
    label_url,
    mood_words,
    reason_words,
    state_badge,
)
from longzhong.cases.nearmisses.rules import DECIDERS, MACHINE, READERS
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, web
from longzhong.kit.web import Badge, Entry, Fact, MoveForm


@dataclass(frozen=True)
class DetailPage:
    number: str
    state: Badge
    facts: list[Fact]
    moves: list[MoveForm]
    timeline: list[Entry]


@web.page(*READERS)
def detail(request: HttpRequest, near_miss_id: int) -> HttpResponseBase:
    return _show(request, near_miss_id)


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, near_miss_id: int, verb: str) -> HttpResponseBase:
    """One step of the table; what was typed stays if the form isn't whole."""
    needed = any(row.verb == verb and row.needs for row in MACHINE.moves)
    form = WordsForm(request.POST)
    if needed and not form.is_valid():
        return _show(request, near_miss_id, (verb, form))
    return web.act(
        request,
        lambda: services.take_step(
            near_miss_id=near_miss_id, verb=verb, words=form.cleaned_data["words"] if needed else "",
            key=request.POST.get("client_key", ""), by=web.actor(request), at=clock.now(),
        ),
        done=_("“%(step)s”已登记。") % {"step": MACHINE.label(verb)},
        back=reverse("nearmisses:detail", args=[near_miss_id]),
    )  # fmt: skip


def _show(request: HttpRequest, near_miss_id: int, typed: tuple[str, WordsForm] | None = None) -> HttpResponseBase:
    who = web.actor(request)
    row = selectors.near_miss_of(who, near_miss_id)
    page = DetailPage(
        str(row), state_badge(row), _facts(who, row), _moves(who, row, typed), matters.timeline(selectors.label(row.pk))
    )
    return web.show(request, page, "nearmisses/detail.html")


def _facts(who: web.Actor, row: NearMiss) -> list[Fact]:
    """Of a case that the reader may not see neither number nor account: a secret complaint would show whose it is."""
    known = row.case_id is None or hotline.is_visible(who, row.case_id)
    confirmed = f"{row.confirmed_by or _('系统')} · {clock.civil_day(row.confirmed_at)}" if row.confirmed_at else ""
    return [
        Fact(_("时间"), row.at),
        Fact(_("地点"), row.get_place_display()),
        Fact(_("化解人"), row.staff.name, reverse("nearmisses:record", args=[row.staff_id]), str(row.unit)),
        Fact(_("起因"), reason_words(row), note=str(row.category.name) if row.category else ""),
        Fact(_("怎么化解的"), how_words(row)),
        Fact(_("情绪变化"), mood_words(row)),
        Fact(_("相关诉求"), _case_words(row) if known else _("不在您的管辖范围内"), case_url(row) if known else ""),
        Fact(_("相关上访"), _("打开") if row.incident else "–", label_url(row.incident)),
        Fact(_("客户户号"), row.account.code[-4:].rjust(8, "*") if row.account and known else "–"),
        Fact(_("登记人"), row.recorded_by.name, note=f"{clock.civil_day(row.recorded_at)}"),
        Fact(_("确认"), confirmed or _("未确认")),
    ]


def _case_words(row: NearMiss) -> str:
    return hotline.title(row.case_id) if row.case_id else _("没有立单")


def _moves(who: web.Actor, row: NearMiss, typed: tuple[str, WordsForm] | None) -> list[MoveForm]:
    own = who.staff_id in (row.staff_id, row.recorded_by_id)
    found = []
    for one in MACHINE.moves_from(row.state, who.roles):
        if not (selectors.may_decide(who, row) if one.roles == DECIDERS else own):
            continue
        form = (typed[1] if typed and typed[0] == one.verb else WordsForm()) if one.needs else None
        action = reverse("nearmisses:move", args=[row.pk, one.verb])
        ask = "" if one.needs else _("确认后计入化解人的服务档案。")
        found.append(
            MoveForm(
                one.verb, one.label, action, form, ask, "primary" if one.verb in ("confirm", "amend") else "secondary"
            )
        )
    return found
