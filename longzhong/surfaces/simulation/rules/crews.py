"""How the county's people behave (模拟人员): quick and slow, careful and hasty; decided once for each order by chance.

Most accept within hours and finish within days; some are late, some never come, some report the wrong cause and are sent back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from longzhong.surfaces.simulation.rules.chance import uniforms

_TEMPER = 31
IDLE_SHARE, LATE_SHARE, HASTY_SHARE, AGAIN_HASTY_SHARE = 0.07, 0.18, 0.26, 0.1
PROJECT_SHARE = 0.3
MILESTONE_DAYS = 3
MOST_TRIES = 3
LEFT_TO_A_PERSON_H = 18.0  # who would take longer to decide leaves it to somebody in the browser


class Verb(StrEnum):
    """What somebody may do next with an order."""

    TAKE = "take"
    ACCEPT = "accept"
    ARRIVE = "arrive"
    FINISH = "finish"
    PROJECT = "make_project"
    MILESTONE = "milestone"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Temper:
    """What chance has in store for one order: hours until each step, and whether the work will be right."""

    idle: bool
    accept_h: float
    arrive_h: float
    finish_h: float
    hasty: bool
    hasty_again: bool
    project: bool
    decide_h: float


def temper_of(seed: int, order_id: int, priority: int) -> Temper:
    """The course of an order; urgent ones are handled faster."""
    lot = uniforms(seed, order_id, 0, _TEMPER, 9)
    pace = {1: 0.25, 2: 0.6, 3: 1.0}.get(priority, 1.0)
    slow = 6.0 if lot[0] < LATE_SHARE else 1.0
    return Temper(
        idle=bool(lot[1] < IDLE_SHARE),
        accept_h=float(0.2 + 3.0 * lot[2] * pace * slow),
        arrive_h=float(1.0 + 18.0 * lot[3] * pace * slow),
        finish_h=float(2.0 + 44.0 * lot[4] * pace * slow),
        hasty=bool(lot[5] < HASTY_SHARE),
        hasty_again=bool(lot[6] < AGAIN_HASTY_SHARE),
        project=bool(lot[7] < PROJECT_SHARE),
        decide_h=float(2.0 + 30.0 * lot[8]),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as its owner sees it: state, since when, how often it came back, what it was opened for."""

    state: str
    since: datetime
    times_returned: int
    fault: str
    kind: str


def next_verb(order: Standing, temper: Temper, at: datetime) -> Verb | None:
    """What happens to an order at this moment, if anything."""
    if temper.idle:
        return None
    waited = at - order.since
    if order.state in ("new", "dispatched", "returned"):
        wait, verb = temper.accept_h, Verb.TAKE if order.state == "new" else Verb.ACCEPT
    elif order.state == "accepted":
        wait, verb = temper.arrive_h, Verb.ARRIVE
    elif order.state == "arrived":
        wait, verb = temper.finish_h, Verb.PROJECT if _gives_up(order, temper) else Verb.FINISH
    elif order.state == "project":
        wait, verb = MILESTONE_DAYS * 24.0, Verb.MILESTONE
    elif order.state == "unproven" and temper.decide_h < LEFT_TO_A_PERSON_H:
        wait, verb = temper.decide_h, Verb.DECIDE
    else:
        return None
    return verb if waited >= timedelta(hours=wait) else None


def _gives_up(order: Standing, temper: Temper) -> bool:
    """Operation can't cure it: low voltage that came back once (some), anything of an area that came back three times."""
    again = order.times_returned >= 1 and order.fault == "low_voltage" and temper.project
    return order.kind == "area_fault" and (again or order.times_returned >= MOST_TRIES)


def is_hasty(temper: Temper, times_returned: int) -> bool:
    """Whether the wrong cause is reported this time."""
    return temper.hasty if times_returned == 0 else temper.hasty and temper.hasty_again
