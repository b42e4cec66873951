"""Who asks: every request gets its actor of today; idle sessions end; an expired password is changed first.

Idle time runs in the machine's own time, not the county's: a demo county may leap over days while somebody is at work,
and a session is a matter of this desk and this hour. The moment of the last request is written at most once a minute,
so a session ends up to a minute before its limit, never after.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.register.access import selectors

SEEN, IDLE = "seen_at", "idle_s"
TOUCH_S = 60.0


class Doorkeeper:
    """Sets `request.actor` (None for strangers). Stands after sessions, users and messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated:
            if _went_idle(request):
                logout(request)
                messages.warning(request, _("长时间未操作，已自动退出，请重新登录。"))
                return self.get_response(request)
            request.actor = selectors.actor_of(user, clock.now())  # type: ignore[attr-defined]
            if user.must_change_password and request.path not in (reverse("access:password"), reverse("access:logout")):
                return redirect("access:password")
        return self.get_response(request)


def begin_session(request: HttpRequest) -> None:
    """Start the idle clock of a fresh session, with the limit in force."""
    request.session[SEEN] = clock.real_now().timestamp()
    request.session[IDLE] = selectors.limits_on(clock.today()).idle_min * 60


def _went_idle(request: HttpRequest) -> bool:
    quiet = clock.real_now().timestamp() - request.session.get(SEEN, 0.0)
    if quiet > request.session.get(IDLE, 0):
        return True
    if quiet > TOUCH_S:
        begin_session(request)
    return False
