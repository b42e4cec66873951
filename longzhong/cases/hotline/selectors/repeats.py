"""How often the same customer called about the same matter, and which runs of calls are open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from longzhong.cases.hotline.models import Call, Case, CaseParty, Link, Oversight, Promise, Urge
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.repeats import RepeatLimits, current_run
from longzhong.cases.hotline.rules.words import LinkKind, PromiseState
from longzhong.cases.hotline.selectors.door import is_secret, may_know_caller, plain, visible_to
from longzhong.cases.hotline.selectors.same import REACH, cases_of_phone
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies

AGAIN = (LinkKind.SAME_MATTER, LinkKind.REPEAT, LinkKind.REOPENED)


@dataclass(frozen=True)
class Repeat:
    """A run of calls about one matter: how many within the window, by which cases, since when."""

    calls: int
    case_ids: tuple[int, ...]
    first_case_id: int | None
    first_at: datetime | None
    last_at: datetime | None

    @property
    def is_repeat(self) -> bool:
        return self.calls > 1


@dataclass(frozen=True)
class RepeatLine:
    """A row of the repeats list: a matter that somebody told more than once."""

    case: Case
    caller: str
    phone: str
    earlier: int
    level: int
    promise_due_at: datetime | None
    promise: str


def limits_at(unit_id: int | None, at: datetime) -> RepeatLimits:
    return policies.limits(RepeatLimits, "repeat", unit_id=unit_id, day=civil_day(at))


def repeat_of(
    *, account_id: int | None = None, phone_index: str = "", category_id: int | None = None, unit_id: int | None = None,
    at: datetime,
) -> Repeat:  # fmt: skip
    """A customer's run of calls up to `at`, about one category or about anything (None), before any case exists."""
    rows = _of_customer(account_id, cases_of_phone(phone_index), at).filter(plain())
    if category_id is not None:
        rows = rows.filter(category=category_id)
    return _run(list(rows.values_list("id", flat=True)), at, limits_at(unit_id, at))


def run_of(case: Case, at: datetime) -> Repeat:
    """The run of calls that a case belongs to: its customer's cases of the same category or linked with it, without those
    that a person has said to be another matter.
    """
    pairs = Link.objects.filter(Q(case=case.pk) | Q(earlier=case.pk)).values_list("case_id", "earlier_id", "kind")
    same, other = set[int](), set[int]()
    for later, earlier, kind in pairs:
        (other if kind == LinkKind.OVERRIDDEN else same).add(earlier if later == case.pk else later)
    phones = CaseParty.objects.filter(Q(case=case.pk) | Q(call__case=case.pk)).exclude(phone_index="")
    behind = {one for index in set(phones.values_list("phone_index", flat=True)) for one in cases_of_phone(index)}
    rows = _of_customer(case.account_id, behind, at).exclude(pk__in=other)
    rows = rows if is_secret(case) else rows.filter(plain())  # its number stands on a page that all may read
    told = rows.filter(Q(category=case.category_id) | Q(pk__in=same)).values_list("id", flat=True)
    return _run(sorted({*told, case.pk}), at, limits_at(case.unit_id, at))


def overseen_level(case_id: int) -> int:
    """The highest level of oversight told about a case; 0: none."""
    return max(Oversight.objects.filter(case=case_id).values_list("level", flat=True), default=0)


def repeats(actor: Actor, at: datetime) -> QuerySet[Case]:
    """Matters told at least `repeat.min_calls` times (the company's policy): the newest case of each run, the newest first."""
    again = Link.objects.filter(earlier=OuterRef("pk"), kind__in=AGAIN)
    rows = visible_to(actor).filter(calls_count__gte=limits_at(None, at).min_calls).exclude(state=State.VOID)
    rows = rows.filter(~Exists(again)).select_related("category__parent", "unit", "grid", "area", "owner")
    return rows.order_by("-opened_at", "-id")


def repeat_lines(actor: Actor, rows: Sequence[Case]) -> list[RepeatLine]:
    """Those cases with who called (masked, as far as the actor may know), oversight and the next promise; four queries."""
    ids = [row.pk for row in rows]
    callers: dict[int, CaseParty] = {}
    parties = CaseParty.objects.filter(Q(case__in=ids) | Q(call__case__in=ids), erased_at=None).select_related("call")
    for party in parties.order_by("-at", "-id"):
        callers[party.case_id or (party.call.case_id if party.call else None) or 0] = party
    due: dict[int, Promise] = {}
    for promise in Promise.objects.filter(case__in=ids, state=PromiseState.OPEN).order_by("-due_at", "-id"):
        due[promise.case_id] = promise
    levels: dict[int, int] = {}
    for case_id, level in Oversight.objects.filter(case__in=ids).order_by("level").values_list("case_id", "level"):
        levels[case_id] = level
    earlier: dict[int, int] = {}
    for case_id in Link.objects.filter(case__in=ids, kind__in=AGAIN).values_list("case_id", flat=True):
        earlier[case_id] = earlier.get(case_id, 0) + 1
    return [
        _line(actor, row, callers.get(row.pk), due.get(row.pk), (earlier.get(row.pk, 0), levels.get(row.pk, 0)))
        for row in rows
    ]


def _line(
    actor: Actor, row: Case, party: CaseParty | None, promise: Promise | None, counts: tuple[int, int]
) -> RepeatLine:
    known = party is not None and may_know_caller(actor, row)
    return RepeatLine(
        case=row,
        caller=party.name_mask if party and known else "",
        phone=party.phone_mask if party and known else "",
        earlier=counts[0],
        level=counts[1],
        promise_due_at=promise.due_at if promise else None,
        promise=promise.text if promise else "",
    )


def _of_customer(account_id: int | None, phone_cases: Collection[int], at: datetime) -> QuerySet[Case]:
    mine = Q(pk__in=phone_cases)
    if account_id is not None:
        mine |= Q(account=account_id)
    return Case.objects.filter(mine, opened_at__gt=at - REACH, opened_at__lte=at).exclude(state=State.VOID)


def _run(ids: Sequence[int], at: datetime, limits: RepeatLimits) -> Repeat:
    """Every time that the customer turned to us about these cases: calls, urges without a call, cases without either."""
    told = list(Call.objects.filter(case__in=ids, at__lte=at).values_list("at", "case_id"))
    told += Urge.objects.filter(case__in=ids, call=None, at__lte=at).values_list("at", "case_id")
    silent = set(ids) - {case_id for _moment, case_id in told}
    told += Case.objects.filter(pk__in=silent, opened_at__lte=at).values_list("opened_at", "id")
    told.sort()
    start = current_run([moment for moment, _case in told], at, limits)
    run = told[start:]
    counted = [case_id for moment, case_id in run if at - moment <= timedelta(days=limits.window_d)]
    if not run:
        return Repeat(0, (), None, None, None)
    return Repeat(len(counted), tuple(dict.fromkeys(one for _at, one in run)), run[0][1], run[0][0], run[-1][0])
