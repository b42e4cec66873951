"""Follow a report by its code: look, urge, confirm, rate. The code travels in forms only, never in an address or a log."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.surfaces.portal import selectors, services
from longzhong.surfaces.portal.pages.door import count, public
from longzhong.surfaces.portal.pages.forms import CodeForm, DoneForm, RateForm, UrgeForm
from longzhong.surfaces.portal.rules import AskKind, normal_code
from longzhong.surfaces.portal.selectors import PORTAL, FollowCard


@dataclass(frozen=True)
class FollowPage:
    form: CodeForm
    card: FollowCard | None = None
    code: str = ""
    urge: UrgeForm | None = None
    done: DoneForm | None = None
    rate: RateForm | None = None
    said: str = ""
    refusal: str = ""


@public()
@sensitive_post_parameters("code", "words")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """The code, then the case with what may be done now."""
    if request.method != "POST":
        count(request, AskKind.LOOK)
        return web.show(request, FollowPage(CodeForm()), "portal/follow.html")
    count(request, AskKind.CODE)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return web.show(request, FollowPage(form), "portal/follow.html")
    code = normal_code(form.cleaned_data["code"])
    try:
        selectors.follow_of(code, clock.now())
    except Refused as refusal:
        form.add_error("code", refusal.message)
        return web.show(request, FollowPage(form), "portal/follow.html", status=404)
    return _card(request, form, code)


def _card(request: HttpRequest, form: CodeForm, code: str) -> HttpResponseBase:
    said, refusal = "", ""
    try:
        said = DOERS.get(request.POST.get("do", ""), _look)(request, code)
    except Refused as no:
        refusal = no.message
    at, key = clock.now(), {"key": uuid.uuid4().hex}
    card = selectors.follow_card(selectors.follow_of(code, at), at)
    page = FollowPage(
        form, card, code, UrgeForm(initial=key), DoneForm(initial=key), RateForm(initial=key), said, refusal
    )
    return web.show(request, page, "portal/follow.html")


def _look(_request: HttpRequest, _code: str) -> str:
    return ""


def _urge(request: HttpRequest, code: str) -> str:
    given = _given(UrgeForm(request.POST))
    number = services.press(
        code=code, reason=UrgeReason(given["reason"]), words=given["words"], key=given["key"], by=PORTAL, at=clock.now()
    )
    return _("已替您催办，这是第 %(n)s 次；会尽快给您回话。") % {"n": number}


def _solved(request: HttpRequest, code: str) -> str:
    return _done(request, code, solved=True)


def _unsolved(request: HttpRequest, code: str) -> str:
    return _done(request, code, solved=False)


def _done(request: HttpRequest, code: str, *, solved: bool) -> str:
    given = _given(DoneForm(request.POST))
    services.answer_done(code=code, solved=solved, words=given["words"], key=given["key"], by=PORTAL, at=clock.now())
    return _("谢谢您的确认。") if solved else _("知道了，会马上重新安排，或打电话问您。")


def _rate(request: HttpRequest, code: str) -> str:
    given = _given(RateForm(request.POST))
    services.rate(code=code, stars=given["stars"], words=given["words"], key=given["key"], by=PORTAL, at=clock.now())
    return _("谢谢您的评价。")


def _given(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused("field_missing", _("请把要填的填完整，不要太长；什么都没有改动。"))
    return dict(form.cleaned_data)


DOERS: dict[str, Callable[[HttpRequest, str], str]] = {
    "urge": _urge, "solved": _solved, "unsolved": _unsolved, "rate": _rate,
}  # fmt: skip
