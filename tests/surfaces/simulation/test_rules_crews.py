"""What people do next, and what the physics sees of their words."""

from datetime import UTC, datetime, timedelta

import pytest

from longzhong.dispatch.workorders.rules import CAUSES, Kind
from longzhong.surfaces.simulation.rules.crews import Standing, Temper, Verb, is_hasty, next_verb, temper_of
from longzhong.surfaces.simulation.rules.cures import RIGHT_CAUSE, WORK_WORDS, WRONG_CAUSE, cure_of, right_cause
from longzhong.surfaces.simulation.rules.faults import Cure, Fault, FaultKind
from tests.surfaces.simulation.make import FIRST_DAY

NOW = datetime(2026, 8, 10, 9, tzinfo=UTC)
CALM = Temper(idle=False, accept_h=1, arrive_h=2, finish_h=3, hasty=True, hasty_again=False, project=True, decide_h=4)


@pytest.mark.parametrize(
    ("state", "hours", "returned", "verb"),
    [
        ("dispatched", 0.5, 0, None),
        ("dispatched", 1, 0, Verb.ACCEPT),
        ("new", 1, 0, Verb.TAKE),
        ("returned", 1, 1, Verb.ACCEPT),
        ("accepted", 2, 0, Verb.ARRIVE),
        ("arrived", 2, 0, None),
        ("arrived", 3, 0, Verb.FINISH),
        ("arrived", 3, 1, Verb.PROJECT),
        ("unproven", 4, 0, Verb.DECIDE),
        ("project", 72, 0, Verb.MILESTONE),
        ("finished", 999, 0, None),
        ("verified", 999, 0, None),
    ],
)
def test_the_next_step_of_an_order(state: str, hours: float, returned: int, verb: Verb | None) -> None:
    order = Standing(state, NOW - timedelta(hours=hours), returned, "low_voltage", "area_fault")
    assert next_verb(order, CALM, NOW) is verb


def test_tempers_are_settled_by_chance_and_urgent_orders_go_faster() -> None:
    some = [temper_of(1, number, 3) for number in range(400)]
    fast = [temper_of(1, number, 1) for number in range(400)]
    assert some[7] == temper_of(1, 7, 3)
    assert 0.02 < sum(one.idle for one in some) / 400 < 0.15
    assert sum(one.accept_h for one in fast) < 0.6 * sum(one.accept_h for one in some)
    assert is_hasty(CALM, 0)
    assert not is_hasty(CALM, 1)


def test_every_cause_of_an_order_has_words_and_means_something_to_the_physics() -> None:
    for kind in Kind:
        for cause in CAUSES[kind]:
            assert isinstance(cure_of(kind, cause, "low_voltage"), Cure)
    assert set(RIGHT_CAUSE.values()) | set(WRONG_CAUSE.values()) <= set(WORK_WORDS)
    assert set(WORK_WORDS) <= set(CAUSES[Kind.AREA_FAULT]) | set(CAUSES[Kind.METER_FAULT])


@pytest.mark.parametrize(
    ("active", "done", "alert", "cause"),
    [
        (FaultKind.OVERLOAD, (), "heavy_load", "overload"),
        (FaultKind.OVERLOAD, (), "low_voltage", "long_line"),
        (FaultKind.OVERLOAD, (Cure.RECONDUCTOR,), "low_voltage", "tap"),
        (FaultKind.NEUTRAL, (), "over_voltage", "neutral"),
        (None, (), "over_voltage", "tap"),
        (None, (Cure.REPLACE_TRANSFORMER,), "overload", "season"),
    ],
)
def test_a_careful_crew_finds_the_cause(
    active: FaultKind | None, done: tuple[Cure, ...], alert: str, cause: str
) -> None:
    here = [Fault(1, active, 0, -1, FIRST_DAY, 1.0, 1.0)] if active else []
    assert right_cause(here, done, alert, Kind.AREA_FAULT) == cause
