"""Closures and demolitions to test with, built through the services; accounts 1..5 of the hotline's county."""

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from longzhong.cases.closures import services
from longzhong.cases.closures.models import Closure, Household, Project
from longzhong.cases.closures.rules import Given, HouseholdRow, NewClosure, State
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.cases.hotline.make import DAY, MORNING, SYSTEM, Hotline
from tests.dispatch.matters.pictures import jpeg

HOUR = timedelta(hours=1)
LATER = MORNING + HOUR
CODE = "420000000000{}"
READ = Given(kwh="1234.5", removed=True)
_keys = itertools.count()


def key() -> str:
    return f"closures-{next(_keys):06}"


def photo() -> Upload:
    return Upload("photo", "拆表.jpg", jpeg())


def refused(code: str, act: Callable[..., Any], **given: Any) -> Refused:
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code, error.value
    return error.value


def begun(here: Hotline, account: int = 1, *, by: Actor | None = None, when: datetime = MORNING, **new: Any) -> Closure:
    """A wish, unless a document is `shown`."""
    return services.begin(account_id=here.accounts[account], new=NewClosure(**new), by=by or here.desk, at=when)


def taken_to(here: Hotline, state: State, account: int = 1, **new: Any) -> Closure:
    """A closure that came to a state by everybody's steps, with all its documents."""
    row = begun(here, account, **({} if state == State.WISHED else {"shown": "identity"}), **new)
    who: dict[str, Any] = {"closure_id": row.pk, "by": here.desk, "at": LATER}
    road = (State.DOCUMENTS, State.READING, State.SETTLING, State.SETTLED, State.CLOSED)
    reached = road[: road.index(state) + 1] if state in road else ()
    if State.READING in reached:
        for paper in row.papers.filter(brought_at=None):
            services.bring(given=Given(paper=paper.code), **who)
        services.pass_on(given=Given(), **who)
    if State.SETTLING in reached:
        services.read(given=READ, uploads=[photo()], **who)
    if State.SETTLED in reached:
        services.settle(given=Given(yuan="12.34", receipt="PJ001"), **who)
    if State.CLOSED in reached:
        services.close(given=Given(), **who)
    if state == State.WITHDRAWN:
        services.withdraw(given=Given(reason="继续用电"), **who)
    row.refresh_from_db()
    return row


def a_project(here: Hotline, name: str = "檀溪棚改一期", **changes: Any) -> Project:
    values: dict[str, Any] = {
        "name": name, "unit": "ST", "responsible": "zhang", "from_on": date(2026, 1, 1), "area_codes": ["A1", "A2"],
        "estates": ["名仕家天下"], "area_m2": 1_188_000, **changes,
    }  # fmt: skip
    return services.open_project(new=services.NewProject(**values), by=here.quality, at=MORNING)


def listed(here: Hotline, project: Project, *accounts: int, **row: Any) -> list[Household]:
    rows = [HouseholdRow(project=project.number or "", account=CODE.format(one), **row) for one in accounts]
    kept = services.keep_households(rows=rows, by=here.quality, at=MORNING)
    assert kept.refused == (), kept
    ids = [here.accounts[one] for one in accounts]
    return list(Household.objects.filter(project=project, account__in=ids).order_by("id"))


__all__ = [
    "CODE", "DAY", "HOUR", "LATER", "MORNING", "READ", "SYSTEM", "Hotline", "a_project", "begun", "key", "listed", "photo",
    "refused", "taken_to",
]  # fmt: skip
