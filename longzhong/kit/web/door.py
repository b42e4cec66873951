"""The door of every page: signed in, the right role, the scope of today; and what a refusal looks like."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

SCOPE_KEY = "unit_scope"
STATUS = {"not_allowed": 403, "not_found": 404}


def page(*roles: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """A view for signed-in people who hold any of these roles (no roles: anybody signed in).

    The menu reads `page_roles` and shows only doors that open. A `Refused` that the view lets through becomes a sentence beside
    the form (HTMX), or a 403, 404 or 409 page that says what was kept. A redirect after an HTMX POST becomes a whole page load.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            who: Actor | None = getattr(request, "actor", None)
            if who is None:
                return _sign_in(request)
            request.whole_actor = who  # type: ignore[attr-defined]
            request.actor = narrow(who, request.session.get(SCOPE_KEY))  # type: ignore[attr-defined]
            try:
                if roles and not who.has(*roles):
                    raise Refused("not_allowed", _("您的岗位看不到这个页面。需要时请联系本单位系统管理员。"))
                return _whole_page(request, view(request, *args, **kwargs))
            except Refused as refusal:
                return refused(request, refusal)

        wrapper.page_roles = roles  # type: ignore[attr-defined]
        return wrapper

    return decorate


def actor(request: HttpRequest) -> Actor:
    """Who asks, with the scope that they chose in the top bar. Only inside a `@page`."""
    who: Actor = request.actor  # type: ignore[attr-defined]
    return who


def whole_actor(request: HttpRequest) -> Actor:
    """Who asks, with all their grants whatever the scope switch says (the switch itself needs it)."""
    who: Actor = request.whole_actor  # type: ignore[attr-defined]
    return who


def narrow(who: Actor, chosen: Mapping[str, object] | None) -> Actor:
    """The actor seen through the unit scope switch: never wider than their grants, all of them if nothing is chosen."""
    if not chosen or who.system:
        return who
    units = frozenset(int(str(unit)) for unit in chosen.get("units", ()))  # type: ignore[attr-defined]
    kept = tuple(replace(scope, units=scope.units & units) for scope in who.scopes if scope.units & units)
    return replace(who, scopes=kept) if kept else who


def act(request: HttpRequest, do: Callable[[], object], *, done: str, back: str) -> HttpResponseBase:
    """One service call of a POST: its success as a message on the next page, its refusal left to the door."""
    do()
    messages.success(request, done)
    return redirect(back)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as people should meet it; the browser keeps what they typed."""
    status = STATUS.get(refusal.code, 409)
    context = {"refusal": refusal, "status": status}
    if request.headers.get("HX-Request") and request.method == "POST":
        response = render(request, "kit/_refusal.html", context, status=422)
        response["HX-Retarget"] = "find .lz-refusal"
        response["HX-Reswap"] = "innerHTML"
        response["HX-Reselect"] = "unset"
        return response
    template = f"{status}.html" if status in (403, 404) else "409.html"
    return render(request, template, context, status=status)


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    answer = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.method == "POST" and request.headers.get("HX-Request") and response.status_code in (301, 302, 303):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
