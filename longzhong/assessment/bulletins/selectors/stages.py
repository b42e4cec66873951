"""抢修四句 (S4-23) and the first-fix rate (S4-22) of repairs told in a period, by unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from longzhong.assessment.bulletins.rules import STAGES, Stage, StageFigure, stage_figure
from longzhong.cases.hotline.selectors import voices
from longzhong.cases.hotline.selectors.voices import Repair
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.selectors import StageTimes
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.register.policies.rules import Book

Row = tuple[Stage, float | None, bool]


@dataclass(frozen=True)
class UnitStages:
    """A unit's six figures; id 0 is all together."""

    unit_id: int
    name: str
    repairs: int
    figures: dict[Stage, StageFigure]


def stages_by_unit(actor: Actor, first: date, last: date) -> list[UnitStages]:
    """All together first, then each unit that had a repair; six queries whatever the size."""
    repairs = voices.repairs_between(actor, first, last)
    times = workorders.stage_times([one.order_id for one in repairs])
    book, chains = policies.book(), org.chains({one.unit_id for one in repairs}, last)
    rows: dict[int, list[Row]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for repair in repairs:
        if (order := times.get(repair.order_id)) is None:
            continue
        limits = _limits(book, chains.get(repair.unit_id, [repair.unit_id]), last, repair.site)
        found = list(_rows(repair, order, limits))
        for unit in (0, repair.unit_id):
            rows[unit] += found
            counts[unit] += 1
    names = org.unit_names([unit for unit in rows if unit])
    return [UnitStages(unit, names.get(unit, ""), counts[unit], _figures(rows[unit])) for unit in sorted(rows)]


def _figures(rows: Iterable[Row]) -> dict[Stage, StageFigure]:
    by_stage: dict[Stage, list[tuple[float | None, bool]]] = {stage: [] for stage in STAGES}
    for stage, minutes, within in rows:
        by_stage[stage].append((minutes, within))
    return {stage: stage_figure(stage, found) for stage, found in by_stage.items()}


def _limits(book: Book, chain: list[int], day: date, site: str) -> dict[Stage, float]:
    """Minutes allowed to a unit; a remote site is restored in a village's time (none is published for it)."""
    restore = "urban" if site == "urban" else "rural"
    hours = {Stage.RESTORE: f"repair.restore_avg_h_{restore}", Stage.CALL_BACK: "repair.callback_h"}
    minutes = {Stage.ACCEPT: "orders.repair.accept", Stage.ARRIVE: f"repair.arrive_min_{site}"}
    found = {stage: 60 * float(str(book.row(key, chain, day).value)) for stage, key in hours.items()}
    return found | {stage: float(str(book.row(key, chain, day).value)) for stage, key in minutes.items()}


def _rows(repair: Repair, order: StageTimes, limits: dict[Stage, float]) -> Iterator[Row]:
    """The stages that this repair has reached."""
    spans = (
        (Stage.ACCEPT, order.opened_at, order.accepted_at),
        (Stage.ARRIVE, repair.opened_at, order.arrived_at),
        (Stage.RESTORE, order.arrived_at, order.restored_at),
        (Stage.CALL_BACK, order.finished_at, repair.called_back_at),
    )
    for stage, start, end in spans:
        minutes = _minutes(start, end)
        if minutes is not None:
            yield stage, minutes, minutes <= limits[stage]
    if order.restored_at is not None:
        yield Stage.INFORM, None, repair.expected_at is not None and repair.told_at is not None
    if repair.held is not None:
        yield Stage.HOLD, None, repair.held


def _minutes(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds() / 60
