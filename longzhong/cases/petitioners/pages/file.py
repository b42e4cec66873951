"""The file of one person: homes, moods over time, topics, the three steps; and every step that can be taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.pages.doing import DOERS, form_of, moves_of, script_moves
from longzhong.cases.petitioners.pages.words import FILE_TONES, LEVEL_TONES
from longzhong.cases.petitioners.rules import FILE_LABELS, LEVEL_LABELS, READERS, WRITERS, FileState, Level, advice_of
from longzhong.cases.petitioners.selectors import FileCard
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class FilePage:
    card: FileCard
    title: str
    level: web.Badge
    state: web.Badge
    advice: str
    facts: list[web.Fact]
    moods: dict[str, Any] | None
    topics: list[web.Bar]
    stages: list[web.Stage]
    script: list[web.MoveForm]
    moves: list[web.MoveForm]
    timeline: list[web.Entry]


@dataclass(frozen=True)
class RevealedPart:
    words: str
    value: str


@web.page(*READERS)
def file(request: HttpRequest, petitioner_id: int) -> HttpResponseBase:
    """Opening a file is journalled (services.look)."""
    return web.show(request, file_page(web.actor(request), petitioner_id, clock.now()), "petitioners/file.html")


def file_page(
    who: web.Actor, petitioner_id: int, now: datetime, typed: tuple[str, forms.Form] | None = None
) -> FilePage:
    """The page; with `typed`, that step's form as it was filled in."""
    card = services.look(petitioner_id=petitioner_id, by=who, at=now)
    row = card.row
    return FilePage(
        card=card, title=row.mask or str(row), level=web.Badge(LEVEL_TONES[row.level], LEVEL_LABELS[Level(row.level)]),
        state=web.Badge(FILE_TONES[row.state], FILE_LABELS[FileState(row.state)]), advice=_advice(card), facts=_facts(card),
        moods=_moods(card), topics=[web.Bar(topic, count) for topic, count in card.topics], stages=_stages(card),
        script=script_moves(card, who, typed), moves=moves_of(card, who, typed),
        timeline=matter_reads.timeline(selectors.label(row.pk)),
    )  # fmt: skip


@require_POST
@web.page(*WRITERS)
def move(request: HttpRequest, petitioner_id: int, verb: str) -> HttpResponseBase:
    """One address for every step of a file: read the form, call the one service, go back."""
    who, now = web.actor(request), clock.now()
    if verb not in DOERS:
        raise Refused("not_found", _("没有这一步。"))
    form = form_of(verb, request.POST)
    if not form.is_valid():
        return web.show(request, file_page(who, petitioner_id, now, (verb, form)), "petitioners/file.html")

    def act() -> str:
        DOERS[verb](petitioner_id, form.cleaned_data | {"id": request.POST.get("id", "")}, who, now)
        return "done"

    key = request.POST.get("client_key", "")
    matters.once(key=key, what=f"petitioners.{verb}:{petitioner_id}", act=act, by=who, at=now)
    messages.success(request, _("已登记。"))
    seen = selectors.is_visible(who, petitioner_id)
    return redirect("petitioners:file", petitioner_id) if seen else redirect("petitioners:list")


@require_POST
@web.page(*READERS)
def reveal_part(request: HttpRequest, petitioner_id: int) -> HttpResponseBase:
    """POST field, reason → one value in plain; the journal has it before the browser, which keeps no copy."""
    value = services.reveal(
        petitioner_id=petitioner_id, field=request.POST.get("field", ""), reason=request.POST.get("reason", "")[:300],
        by=web.actor(request), at=clock.now(),
    )  # fmt: skip
    response = web.fragment(request, RevealedPart(_("明文"), value), "petitioners/_revealed.html")
    response["Cache-Control"] = "no-store"
    return response


def _advice(card: FileCard) -> str:
    last_on = clock.civil_day(card.occasions[0].at) if card.occasions else None
    moods = [one.mood for one in card.occasions[:10]]
    return advice_of(card.row.level, moods, [topic for topic, _n in card.topics], last_on)


def _facts(card: FileCard) -> list[web.Fact]:
    row = card.row
    home = next((one for one in card.homes if one.to_on is None), None)
    into = row.merged_into
    facts = [
        web.Fact(_("档案编号"), str(row)),
        web.Fact(_("保管单位"), row.kept_by.name),
        web.Fact(_("现住"), home.place if home else _("未登记"), _account(home.account_id) if home else ""),
        web.Fact(_("建档"), row.opened_at),
        web.Fact(_("最近一次"), row.last_at or _("还没有")),
        web.Fact(_("联系次数"), len(card.occasions)),
    ]
    if into is not None:
        facts.append(web.Fact(_("已并入"), str(into), selectors.url(into.pk)))
    return facts


def _account(account_id: int | None) -> str:
    return reverse("customers:account", args=[account_id]) if account_id else ""


def _moods(card: FileCard) -> dict[str, Any] | None:
    """Moods over time, the oldest first: 1 calm, 2 excited, 3 furious."""
    if len(card.occasions) < 2:
        return None
    marks = list(reversed(card.occasions))
    line = web.Line(_("情绪"), [mark.height for mark in marks])
    limits = [web.Limit(_("激动"), 2, "$soon"), web.Limit(_("非常激动"), 3, "$late")]
    labels = [f"{mark.at.astimezone(clock.CST):%m-%d %H:%M}" for mark in marks]
    return web.curve_chart(labels, [line], unit="", limits=limits, zero=True)


def _stages(card: FileCard) -> list[web.Stage]:
    """The three steps of the open run, or as they would be."""
    stages = []
    for line in card.steps:
        now = card.next is not None and line.stage.position == card.next.position
        state = "done" if line.state == "done" else "bad" if line.state == "skipped" else "now" if now else "todo"
        note = line.staff or (_("跳过") if line.state == "skipped" else "")
        stages.append(web.Stage(line.stage.title, state, note))  # type: ignore[arg-type]
    return stages
