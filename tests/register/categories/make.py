"""The shipped tree for tests, and ids by code."""

from datetime import datetime

from longzhong.register.categories import selectors
from longzhong.register.categories.services import keep_categories
from longzhong.register.org.rules import CST
from tests.register.org.make import MACHINE

LOADED = datetime(2026, 1, 1, 8, 0, tzinfo=CST)


def tree() -> None:
    keep_categories(by=MACHINE, at=LOADED)


def id_of(code: str) -> int:
    return selectors.category(code).id
