"""Write a case, change it, and one address for every other step."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.lessons import selectors, services
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.pages.detail import detail_page
from longzhong.cases.lessons.pages.forms import LessonForm, form_for, initial_of, source_of
from longzhong.cases.lessons.rules import MAKERS, PART_LABELS, PARTS, READERS
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused

SAID = ("personal_data", "stale_version", "source_unknown")
"""Refusals that the form shows by itself, so that what was typed stays on the page."""


@dataclass(frozen=True)
class EditPage:
    """`newer`: the text that somebody saved while this was written."""

    title: str
    form: LessonForm
    newer: list[tuple[str, list[str]]]
    back: str


@web.page(*MAKERS)
def new(request: HttpRequest) -> HttpResponseBase:
    who, back = web.actor(request), reverse("lessons:board")
    form = LessonForm(request.POST or None, initial={"source": source_of(request.GET.get("from", ""))})
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("client_key", "")
        try:
            made = services.draft_once(given=form.given(), key=key, by=who, at=clock.now())
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, _("案例已保存为草稿；核对后提交优质服务办公室审核。"))
            return redirect(reverse("lessons:detail", args=[made]))
    return web.show(request, EditPage(_("编写案例"), form, [], back), "lessons/edit.html")


@web.page(*MAKERS)
def edit(request: HttpRequest, lesson_id: int) -> HttpResponseBase:
    who, back = web.actor(request), reverse("lessons:detail", args=[lesson_id])
    row = selectors.lesson_of(who, lesson_id)
    form = LessonForm(request.POST or None, initial=initial_of(row))
    newer: list[tuple[str, list[str]]] = []
    if request.method == "POST" and form.is_valid():
        given, key = form.given(), request.POST.get("client_key", "")
        try:
            services.take_step(lesson_id=lesson_id, verb="edit", given=given, key=key, by=who, at=clock.now())
        except Refused as refused:
            newer = _newer(form, selectors.lesson_of(who, lesson_id)) if refused.code == "stale_version" else []
            _told(form, refused)
        else:
            return redirect(back)
    return web.show(request, EditPage(_("修改案例"), form, newer, back), "lessons/edit.html")


@require_POST
@web.page(*READERS)
def move(request: HttpRequest, lesson_id: int, verb: str) -> HttpResponseBase:
    """Read the form, call the one service, go back; what was typed stays if the form isn't whole."""
    who = web.actor(request)
    form = form_for(verb, who, request.POST)
    if not form.is_valid():
        return web.show(request, detail_page(who, lesson_id, (verb, form)), "lessons/detail.html")
    key = request.POST.get("client_key", "")
    services.take_step(lesson_id=lesson_id, verb=verb, given=form.given(), key=key, by=who, at=clock.now())
    messages.success(request, _("“%(step)s”已登记。") % {"step": selectors.VERB_WORDS.get(verb, verb)})
    return redirect(reverse("lessons:detail", args=[lesson_id]))


def _told(form: LessonForm, refused: Refused) -> None:
    if refused.code not in SAID:
        raise refused
    form.add_error(None, refused.message)


def _newer(form: LessonForm, row: Lesson) -> list[tuple[str, list[str]]]:
    """The newer text to compare with; the form stands upon it from now on, with what was typed."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict is frozen until copied
    typed["base"] = str(row.version)
    form.data = typed
    return [("标题", [row.title]), *((PART_LABELS[one], getattr(row, one).splitlines()) for one in PARTS)]
