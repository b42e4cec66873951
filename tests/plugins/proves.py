"""`@pytest.mark.proves("S0-31", page="alerts:board", service="longzhong…raise_alert")`: a requirement, its page, its service.

The marker is believed only when the test passed, the page was really asked for and the service really ran; otherwise the test
fails. What was proved is kept under <var>/proofs, from which `longzhong docs` prints docs/coverage.md.
"""

import inspect
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.utils.module_loading import import_string


@dataclass
class Seen:
    pages: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)


@contextmanager
def _listened(service: str, seen: Seen) -> Iterator[None]:
    """The service notes that it ran and does what it does, whoever holds it by whatever name: its code is lent to another function.

    A profiler would see it too, and make the test five times slower.
    """
    function = inspect.unwrap(import_string(service))
    own = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    own.__kwdefaults__ = function.__kwdefaults__

    def ran(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        seen.services.add(service)
        return own(*args, **kwargs)

    LISTENERS[service] = ran
    scope: dict[str, Any] = {}
    exec(NOTING.format(service=service), scope)
    function.__code__ = scope["noting"].__code__
    try:
        yield
    finally:
        function.__code__ = own.__code__
        del LISTENERS[service]


LISTENERS: dict[str, Callable[[tuple[Any, ...], dict[str, Any]], Any]] = {}
NOTING = """
def noting(*args, **kwargs):
    from tests.plugins.proves import LISTENERS
    return LISTENERS[{service!r}](args, kwargs)
"""
ASKED: set[str] = set()  # every page that any test of this process asked for
_resolve = BaseHandler.resolve_request


def _noting(self: Any, request: Any) -> Any:
    match = _resolve(self, request)
    ASKED.add(match.view_name)
    return match


BaseHandler.resolve_request = _noting  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    claims = list(request.node.iter_markers("proves"))
    if not claims:
        yield
        return
    seen = request.node.stash[SEEN] = Seen()
    before = set(ASKED)
    ASKED.clear()
    with ExitStack() as listened:
        for service in {claim.kwargs["service"] for claim in claims}:
            listened.enter_context(_listened(service, seen))
        yield
    seen.pages |= ASKED
    ASKED.update(before)


SEEN: pytest.StashKey[Seen] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    seen = item.stash.get(SEEN, None)
    if seen is not None:
        seen.pages |= ASKED
    if seen is None or report.when != "call" or not report.passed:
        return report
    missing = [problem for claim in item.iter_markers("proves") for problem in _unproved(claim, seen)]
    if missing:
        report.outcome = "failed"
        report.longrepr = "not proved: " + "; ".join(missing)
    else:
        _keep(item)
    return report


def _unproved(claim: pytest.Mark, seen: Seen) -> Iterator[str]:
    if claim.kwargs["page"] not in seen.pages:
        yield f"{claim.args}: page {claim.kwargs['page']} was not asked for (asked: {sorted(seen.pages)})"
    if claim.kwargs["service"] not in seen.services:
        yield f"{claim.args}: service {claim.kwargs['service']} didn't run"


def _keep(item: pytest.Item) -> None:
    folder = Path(os.environ["LONGZHONG_VAR"]) / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (folder / f"{worker}.jsonl").open("a") as file:
        for claim in item.iter_markers("proves"):
            for requirement in claim.args:
                row = {"id": requirement, "test": item.location[0], **claim.kwargs}
                file.write(json.dumps(row) + "\n")


def pytest_sessionfinish() -> None:
    folder = Path(os.environ["LONGZHONG_VAR"]) / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    (folder / f"{worker}.pages").write_text("\n".join(sorted(ASKED)))


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    for old in (Path(os.environ["LONGZHONG_VAR"]) / "proofs").glob("*.*"):
        old.unlink()
