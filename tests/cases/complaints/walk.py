"""Walk every page that somebody can reach, exports included, and say which of some words stand on which page."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from longzhong.kit import clock
from longzhong.project.api import api
from longzhong.project.menu import ROWS

HREF = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
NOT_WALKED = ("/static/", "/logout", "/login", "/p/", "/lang", "/api/docs", "/api/openapi")
EACH = 2  # pages of one kind: a detail page of another id is the same template


def starts() -> list[str]:
    """The addresses of the menu that are there, and what is asked of the API without an id."""
    reads = (path for path, verbs in api.get_openapi_schema()["paths"].items() if "get" in verbs and "{" not in path)
    return [*sorted({prefix for *_row, prefix in ROWS if prefix}), "/", "/start/", *sorted(reads)]


def walk(client: Client, at: datetime, words: Iterable[str], also: Iterable[str] = ()) -> dict[str, set[str]]:
    """Address → the words that stand there; every link that a page offers is followed, to some pages of a kind."""
    queue, seen, found = [*also, *starts()], set[str](), dict[str, set[str]]()
    kinds, wanted = Counter[str](), tuple(words)
    while queue:
        address = queue.pop(0)
        shape, kind = _shape(address), _kind(address)
        if shape in seen or not kind or (kinds[kind] >= EACH and address not in also) or address.startswith(NOT_WALKED):
            continue
        seen.add(shape)
        kinds[kind] += address not in also
        with clock.frozen(at):
            answer = client.get(address, follow=True)
        text = _text(answer)
        found[address] = {word for word in wanted if word in text}
        queue += [one.replace("&amp;", "&") for one in HREF.findall(text)]
    return found


def _shape(address: str) -> str:
    """A list sorted and filtered another way is the same page; its export isn't."""
    path, _mark, query = address.partition("?")
    return path + ("?export" if "export=" in query else "")


def _kind(address: str) -> str:
    """Which view answers, and whether as an export; "" for what isn't there."""
    path, _mark, query = address.partition("?")
    try:
        return resolve(path).view_name + ("?export" if "export=" in query else "")
    except Resolver404:
        return ""


def _text(answer: HttpResponseBase) -> str:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined,arg-type]
    if content[:2] == b"PK" and is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as book:
            return "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
    return content.decode("utf-8", "ignore")
