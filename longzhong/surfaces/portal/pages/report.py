"""Report a fault without a login, and get a code to follow it."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.surfaces.portal import selectors, services
from longzhong.surfaces.portal.pages.door import count, public
from longzhong.surfaces.portal.pages.forms import ReportForm
from longzhong.surfaces.portal.rules import FAULTS, HAZARD_WORDS, AskKind, FaultKind, Report, shown_code
from longzhong.surfaces.portal.selectors import PORTAL, PlaceCard

MOST_PHOTO = 12 * 2**20


@dataclass(frozen=True)
class ReportPage:
    form: ReportForm
    place: PlaceCard | None
    warning: str


@dataclass(frozen=True)
class ReportedPage:
    code: str
    warning: str


@public()
@sensitive_post_parameters("phone", "tail", "where", "words")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """The form; nothing typed is lost when something is missing or refused."""
    count(request, AskKind.LOOK)
    if request.method != "POST":
        token = request.GET.get("place", "")
        form = ReportForm(initial={"key": uuid.uuid4().hex, "place": token if _place(token) else ""})
        return _form(request, form, _place(token))
    form = ReportForm(request.POST, request.FILES)
    place = _place(request.POST.get("place", ""))
    if form.is_valid() and place is None and not (form.cleaned_data["where"] or form.cleaned_data["tail"]):
        form.add_error("where", _("请填户号最后几位，或写明在哪里。"))
    if not form.is_valid():
        return _form(request, form, place)
    return _reported(request, form, place)


def _reported(request: HttpRequest, form: ReportForm, place: PlaceCard | None) -> HttpResponseBase:
    wanted = _report(form, place)
    try:
        count(request, AskKind.REPORT, wanted.phone)
        code = services.report_fault(report=wanted, by=PORTAL, at=clock.now())
    except Refused as refusal:
        if refusal.code == "portal_too_many":
            raise
        form.add_error(None, refusal.message)
        return _form(request, form, place)
    warning = HAZARD_WORDS if FAULTS[wanted.kind].hazard else ""
    return web.show(request, ReportedPage(shown_code(code), warning), "portal/reported.html")


def _report(form: ReportForm, place: PlaceCard | None) -> Report:
    given = form.cleaned_data
    photo = given["photo"]
    return Report(
        kind=FaultKind(given["kind"]), phone=given["phone"], key=given["key"], tail=given["tail"],
        place=place.token if place else "", where=given["where"], words=given["words"],
        photo=photo.read(MOST_PHOTO + 1) if photo else b"",
    )  # fmt: skip


def _form(request: HttpRequest, form: ReportForm, place: PlaceCard | None) -> HttpResponseBase:
    return web.show(request, ReportPage(form, place, HAZARD_WORDS), "portal/report.html")


def _place(token: str) -> PlaceCard | None:
    try:
        return selectors.place_of(token) if token.isalnum() else None
    except Refused:
        return None
