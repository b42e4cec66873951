"""What an upheld complaint leads to: the form filled in, signed, proved and judged, each step at its moment up to now."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.cases.rectifications import selectors, services
from longzhong.cases.rectifications.rules import Part
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.services.acting import MACHINE, paper, play
from longzhong.surfaces.simulation.services.governing import Matter

Deed = Callable[[datetime], Any]
MEASURE = "组织全员学习服务规范，逐件复盘同类诉求，所长每周抽查"
DUE_D, EFFECT_H = 10, 24 * 45


def put_right(matter: Matter, since: datetime | None, until: datetime, *, stop: str = "") -> str:
    """Put right what still stands upheld; returns the last verb taken, "" where there is no form to work on."""
    row = selectors.visible_to(MACHINE).filter(complaint=matter.id).exclude(state="superseded").first()
    if row is None or since is None:
        return ""
    last = ""
    for hours, verb, deed in _road(matter, row.pk):
        at = since + timedelta(hours=hours)
        if at > until or verb == stop or play(at, deed) is None:
            break
        last = verb
    return last


def _road(matter: Matter, form_id: int) -> Iterator[tuple[float, str, Deed]]:
    head, owner = matter.team.head, matter.handler
    yield 3, "measure", partial(_measure, matter, form_id)
    department, reviewer = matter.cast.department(matter.told.topic)
    office = matter.cast.units[register.QUALITY_OFFICE]
    parts = [Part(matter.team.unit, "station"), Part(department, "dept"), Part(office, "quality")]
    yield 4, "submit", lambda at: services.submit(form_id=form_id, parts=parts, by=head, at=at)
    for n, signer in enumerate((head, reviewer, matter.cast["quality"])):
        yield 20 + n, "sign", partial(_sign, form_id, signer)
    yield 24 * 7, "prove", lambda at: _prove(form_id, at, owner)
    judge = matter.cast["quality2"]
    yield (
        EFFECT_H,
        "effective",
        lambda at: services.judge(
            form_id=form_id, verb="effective", words="一个月内没有同类诉求，措施落实到位", by=judge, at=at
        ),
    )


def _measure(matter: Matter, form_id: int, at: datetime) -> Any:
    due = civil_day(at) + timedelta(days=DUE_D)
    owner = int(matter.handler.staff_id or 0)
    return services.add_measure(form_id=form_id, text=MEASURE, owner_id=owner, due_on=due, by=matter.team.head, at=at)


def _sign(form_id: int, by: Actor, at: datetime) -> Any:
    return services.sign(form_id=form_id, opinion="同意", by=by, at=at)


def _prove(form_id: int, at: datetime, owner: Any) -> Any:
    row = selectors.visible_to(MACHINE).get(pk=form_id)
    papers, words = [paper("培训签到表")], "已组织学习并抽查两次"
    done = [
        services.prove(form_id=form_id, measure_id=one.pk, words=words, uploads=papers, by=owner, at=at)
        for one in selectors.open_measures(row)
    ]
    return done or None
