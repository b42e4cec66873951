"""Ask a page as somebody, past sign-in: the door, the list and the form helpers are what is tested."""

from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase
from django.test import RequestFactory

from longzhong.kit.actor import Actor, Scope

ADMIN = Actor(1, 1, "诸葛亮", (Scope("admin", frozenset({1, 2, 3})), Scope("station", frozenset({2, 3}))))


def ask(
    view: Any, path: str, *, who: Actor | None = ADMIN, post: Any = None, htmx: bool = False, session: Any = None
) -> Any:
    factory = RequestFactory(headers={"HX-Request": "true"} if htmx else {})
    request = factory.get(path) if post is None else factory.post(path, post)
    request.session = session if session is not None else {}  # type: ignore[assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    request.actor = who  # type: ignore[attr-defined]
    request.htmx = htmx  # type: ignore[attr-defined]
    answer: HttpResponseBase = view(request)
    return answer
