"""What the guard must know of accounts: priority, disputes, wanted meter tests; as one query's conditions or one row's facts."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.disconnections.rules import (
    DISPUTED,
    Check,
    Facts,
    Limits,
    Stage,
    checks,
    prestop,
)
from longzhong.cases.explanations import selectors as explanations
from longzhong.cases.explanations.rules import State as SheetState
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules import LIVE as LIVE_CASES
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.rules.priority import Group
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

GUARD = Actor.machine("disconnections")
IN_USE = (AccountState.ACTIVE, AccountState.CLOSING)


def marked(rows: QuerySet[Disconnection], day: date) -> QuerySet[Disconnection]:
    """The rows with `special`, `important`, `disputed`, `meter_test`, of the day; no query of its own. A secret complaint holds
    nothing up: whoever reads why an account isn't cut off would read who complained.
    """
    everyone = customers.visible_to(GUARD)
    disputes = Q(pk__in=())
    for prefix in DISPUTED:
        disputes |= Q(category__code__startswith=prefix)
    cases = hotline.visible_to(GUARD).filter(disputes, hotline.plain(), state__in=LIVE_CASES)
    sheets = explanations.visible_to(GUARD).filter(state=SheetState.TEST_WANTED)
    mine = OuterRef("account")
    return rows.annotate(
        special=Exists(customers.of_group(everyone, Group.SPECIAL, day).filter(pk=mine)),
        important=Exists(customers.of_group(everyone, Group.IMPORTANT, day).filter(pk=mine)),
        disputed=Exists(cases.filter(account=mine)),
        meter_test=Exists(sheets.filter(account=mine)),
        owes=Exists(Arrears.objects.filter(account=mine, paid_at=None)),
    )


def facts_of(row: Disconnection, at: datetime) -> Facts:
    """The guard's facts of a row of `marked` with its account fetched."""
    return Facts(
        at=at, due_on=row.due_on, owed_fen=row.owed_fen if row.owes else 0,  # type: ignore[attr-defined]
        is_resident=row.is_resident, is_in_use=row.account.state in IN_USE, contacted_at=row.contacted_at,
        noticed_at=row.noticed_at, warned_at=row.warned_at, special=row.special, important=row.important,  # type: ignore[attr-defined]
        disputed=row.disputed, meter_test=row.meter_test,  # type: ignore[attr-defined]
    )  # fmt: skip


def limits_of(unit_id: int, at: datetime) -> Limits:
    return policies.limits(Limits, "arrears", unit_id=unit_id, day=civil_day(at))


def guard(disconnection_id: int, at: datetime, stage: Stage, *, acting: bool = False) -> list[Check]:
    """Every line of the guard for one disconnection at a moment, read anew; `acting`: with the last word before the act."""
    rows = marked(Disconnection.objects.filter(pk=disconnection_id), civil_day(at)).select_related("account")
    row = rows.get()
    facts, limits = facts_of(row, at), limits_of(row.account.unit_id, at)
    lines = checks(facts, limits, org.calendar().assuming(), stage)
    return [*lines, prestop(facts, limits)] if acting else lines
