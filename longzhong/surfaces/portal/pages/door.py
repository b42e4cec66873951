"""The one public door: no login, answers that nobody keeps, friendly refusals; and who is asking, for the limits only."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.surfaces.portal import services
from longzhong.surfaces.portal.rules import AskKind, client_address
from longzhong.surfaces.portal.selectors import PORTAL

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
STATUS = {"not_found": 404, "portal_code_unknown": 404, "portal_too_many": 429}
BIG = "portal_big"


def public(*, keep_s: int = 0) -> Callable[[View[P]], View[P]]:
    """A view for strangers. `keep_s`: seconds that others may keep the answer (files); 0: nobody keeps or indexes it.

    Every other page of the house is behind `web.page`; `public_page` marks those few that are meant to be open.
    """

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                response = view(request, *args, **kwargs)
            except Refused as refusal:
                response = refused(request, refusal)
            ok = response.status_code == 200 and keep_s
            response["Cache-Control"] = f"public, max-age={keep_s}" if ok else "no-store, private"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        wrapper.public_page = True  # type: ignore[attr-defined]
        return wrapper

    return decorate


def refused(request: HttpRequest, refusal: Refused) -> HttpResponseBase:
    status = STATUS.get(refusal.code, 409)
    response = render(request, "portal/refused.html", {"page": {"refusal": refusal}}, status=status)
    if wait := refusal.facts.get("retry_after_s"):
        response["Retry-After"] = str(wait)
    return response


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; `LONGZHONG_PROXIES` says how many proxies of ours stand before us (none by default)."""
    proxies = int(getattr(settings, "LONGZHONG_PROXIES", 0))
    return client_address(
        str(request.META.get("REMOTE_ADDR") or ""), request.headers.get("X-Forwarded-For", ""), proxies
    )


def count(request: HttpRequest, kind: AskKind, phone: str = "") -> None:
    """One more question of this client; refused when there were too many."""
    services.ask(kind=kind, address=address_of(request), phone=phone, by=PORTAL, at=clock.now())
