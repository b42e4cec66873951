"""A unit's appeals of a complaint, from the draft to the panel's word, each step at its moment up to a moment of now."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.cases.appeals import selectors, services
from longzhong.cases.appeals.rules import CONCLUDES, Request
from longzhong.cases.complaints import selectors as complaints
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.surfaces.simulation.services.acting import MACHINE, paper, play
from longzhong.surfaces.simulation.services.governing import Matter

Deed = Callable[[datetime], Any]
SIZE = 3
BASIS = "核定依据的记录不完整，补充现场照片和系统记录，请求复核"
VERBS = {choice.value: verb for verb, choice in CONCLUDES.items()}


def appeal(matter: Matter, until: datetime, *, stop: str = "") -> datetime | None:
    """Appeal as the told course has it; returns when the last word was said, None where nothing stands decided."""
    row = complaints.complaint_of(MACHINE, matter.id)
    if row.decided_at is None:
        return None
    last = row.decided_at
    for level, outcome in enumerate(matter.told.appeals):
        held = _draft(matter, last, until)
        if held is None:
            return last
        concluded = _judge(matter, held, outcome, level, last, until, stop)
        if concluded is None:
            return None
        last = concluded
    return last


def _draft(matter: Matter, since: datetime, until: datetime) -> int | None:
    at = since + timedelta(hours=20)
    if at > until:
        return None
    request = Request(grounds=("evidence",), ask="dismissed", responsibility="customer", basis=BASIS)
    row = play(
        at,
        lambda now: services.draft(
            complaint_id=matter.id, request=request, uploads=[paper("系统记录")], by=matter.team.head, at=now
        ),
    )
    return None if row is None else int(row.pk)


def _judge(
    matter: Matter, appeal_id: int, outcome: str, level: int, since: datetime, until: datetime, stop: str
) -> datetime | None:
    """The moment of the conclusion; None where it isn't reached by now."""
    for hours, verb, deed in _road(matter, appeal_id, outcome, level):
        at = since + timedelta(hours=hours)
        if at > until or verb == stop or play(at, deed) is None:
            return None
    return since + timedelta(hours=50)


def _road(matter: Matter, appeal_id: int, outcome: str, level: int) -> Iterator[tuple[float, str, Deed]]:
    head, office = matter.team.head, matter.cast["quality"]
    yield (
        21,
        "scan",
        lambda at: services.attach(appeal_id=appeal_id, uploads=[paper("盖章申诉书")], scan=True, by=head, at=at),
    )
    sealers = (("unit", head), ("department", matter.reviewer), ("quality", matter.cast["quality2"]))
    for n, (part, sealer) in enumerate(sealers):
        yield 22 + n / 10, "seal", partial(_seal, appeal_id, part, sealer, head)
    yield 26, "submit", lambda at: services.submit(appeal_id=appeal_id, by=head, at=at)
    panel = _panel(matter, level)
    members = [int(one.staff_id or 0) for one in panel]
    yield 44, "seat", lambda at: services.seat(appeal_id=appeal_id, members=members, by=office, at=at)
    for n, member in enumerate(panel):
        yield 46 + n / 10, "vote", partial(_vote, appeal_id, outcome, member)
    verdict = {"verdict": "partly", "responsibility": matter.told.responsibility} if outcome == "partly" else {}
    yield (
        50,
        "conclude",
        lambda at: services.conclude(
            appeal_id=appeal_id,
            verb=VERBS[outcome],
            conclusion="评审组核对证据后形成多数意见",
            by=office,
            at=at,
            **verdict,
        ),
    )


def _panel(matter: Matter, level: int) -> list[Actor]:
    free = matter.cast.panel(matter.reviewer)
    return free[level * SIZE : level * SIZE + SIZE]


def _seal(appeal_id: int, part: str, sealer: Actor, by: Actor, at: datetime) -> Any:
    return services.seal(
        appeal_id=appeal_id, part=part, staff_id=int(sealer.staff_id or 0), on=civil_day(at), by=by, at=at
    )


def _vote(appeal_id: int, choice: str, member: Actor, at: datetime) -> Any:
    return services.vote(appeal_id=appeal_id, choice=choice, reason="证据与记录相互印证", by=member, at=at)


def live(complaint_id: int) -> bool:
    """Whether an appeal of the complaint is under way."""
    return selectors.live_of(complaint_id) is not None
