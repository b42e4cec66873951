"""A made-up fortnight of the hotline: many rows at once, seeded, so that plain Python can count them again."""

import itertools
import random
from datetime import date, datetime, timedelta

from longzhong.cases.hotline.models import Call, CallBack, Case, Link, Promise, Urge
from longzhong.cases.hotline.rules.words import CaseType, Channel, RootCause
from longzhong.kit.clock import CST
from longzhong.register.categories import selectors as categories
from tests.cases.hotline.make import Hotline, at

WEEK = date(2026, 3, 2)
START, UNTIL = at("2026-03-02 00:00"), at("2026-03-09 00:00")
MONDAY = at("2026-03-09 08:30")
_keys = itertools.count()


def key() -> str:
    return f"bulletin-{next(_keys):06}"


def moment(rng: random.Random, first: datetime = START - timedelta(days=7), days: float = 16) -> datetime:
    return first + timedelta(minutes=rng.randrange(int(days * 1440)))


def many_cases(hotline: Hotline, seed: int = 7, number: int = 120) -> list[Case]:
    """Cases of two stations with calls, promises, urges, call-backs and links, over sixteen days."""
    rng = random.Random(seed)
    leaves = [node for kind in ("repair", "complaint", "enquiry", "praise") for node in categories.leaves(kind)[:4]]
    cases = Case.objects.bulk_create(_case(hotline, rng, n, leaves) for n in range(number))
    calls, promises, urges, backs = [], [], [], []
    for case in cases:
        calls.append(_call(case, case.opened_at - timedelta(minutes=1), "case"))
        calls += [
            _call(case, case.opened_at + timedelta(hours=rng.randrange(1, 200)), "joined")
            for _n in range(rng.choice((0, 0, 1)))
        ]
        for _n in range(rng.choice((0, 1, 2))):
            made, due = case.opened_at, case.opened_at + timedelta(hours=rng.randrange(1, 200))
            ended = rng.choice((None, due - timedelta(minutes=1), due, due + timedelta(hours=3)))
            state = "open" if ended is None else "kept" if ended <= due else "broken"
            promises.append(Promise(case=case, text="明天到场", made_at=made, due_at=due, ended_at=ended, state=state))
        if rng.random() < 0.3:
            when = case.opened_at + timedelta(hours=rng.randrange(1, 150))
            at_unit = {"urged_unit_id": case.unit_id, "within_limit": True, "dispatched": False}
            urges.append(Urge(case=case, number=1, reason="progress", at=when, **at_unit))
        result = rng.choice(("satisfied", "fair", "dissatisfied", "no_answer", None))
        if result:
            backs.append(CallBack(case=case, purpose="review", attempt=1, result=result, at=moment(rng)))
    Call.objects.bulk_create(calls)
    Promise.objects.bulk_create(promises)
    Urge.objects.bulk_create(urges)
    CallBack.objects.bulk_create(backs)
    later = rng.sample(cases[number // 2 :], 12)
    kinds = itertools.cycle(("repeat", "reopened", "overridden"))
    Link.objects.bulk_create(
        Link(case=one, earlier=cases[n], kind=next(kinds), score=1.0, at=one.opened_at) for n, one in enumerate(later)
    )
    return cases


def _case(hotline: Hotline, rng: random.Random, n: int, leaves: list[categories.Node]) -> Case:
    county, leaf, opened = hotline.county, rng.choice(leaves), moment(rng)
    void = rng.random() < 0.08
    closed = opened + timedelta(hours=rng.randrange(1, 240)) if void or rng.random() < 0.5 else None
    owner = county.staff["zhang"]
    return Case(
        number=f"T{n:05}", type=CaseType(leaf.type), category_id=leaf.id, channel=rng.choice(list(Channel)), site="urban",
        unit_id=rng.choice((county.station, county.other_station)), first_asked_id=owner, owner_id=owner, opened_at=opened,
        root_cause=rng.choice(("", *RootCause)), state="void" if void else "closed" if closed else "handling", closed_at=closed,
        due_at=None if closed else opened + timedelta(hours=rng.randrange(1, 300)),
        content=rng.choice(("频繁停电", "电压不稳", "")),
    )  # fmt: skip


def _call(case: Case, when: datetime, outcome: str) -> Call:
    return Call(channel=case.channel, at=when, unit_id=case.unit_id, case=case, outcome=outcome)


__all__ = ["CST", "MONDAY", "START", "UNTIL", "WEEK", "key", "many_cases"]
