"""Frequent outage (频繁停电, REFERENCE §3.3, M): the same customers without power 3 times in 60 days is red, 2 amber.

Planned, temporary and fault all count. A watch stands on an area until prevention was done and proved: no further outage in the
days of observation after the work. What was handled isn't raised again by the same outages: only later ones count.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from longzhong.assessment.reliability.rules.metrics import Limits
from longzhong.kit.machine import Machine, Move

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
PERSONS = ("station", "quality", "dept")
KIND = "frequent_outage"


@dataclass(frozen=True)
class WatchLimits:
    """Policies `reliability.*`: days of observation after the work, and of quiet after a dismissal."""

    observe_d: int = 30
    quiet_d: int = 30


class Level(IntEnum):
    """1 is the more urgent."""

    RED = 1
    AMBER = 2

    @property
    def word(self) -> str:
        return {1: "红色", 2: "黄色"}[self]


class State(StrEnum):
    RAISED = "raised"
    DISPATCHED = "dispatched"
    OBSERVING = "observing"
    SETTLED = "settled"
    DISMISSED = "dismissed"


LIVE = (State.RAISED, State.DISPATCHED, State.OBSERVING)
STATE_LABELS = {
    State.RAISED: "已预警",
    State.DISPATCHED: "治理中",
    State.OBSERVING: "观察中",
    State.SETTLED: "已平息",
    State.DISMISSED: "已撤销",
}
MACHINE = Machine(
    "reliability.watch",
    State,
    (
        Move("dispatch", (State.RAISED,), State.DISPATCHED, (), (), "派预防工单"),
        Move("observe", (State.DISPATCHED,), State.OBSERVING, (), (), "治理完成，开始观察"),
        Move("send_back", (State.OBSERVING,), State.DISPATCHED, (), (), "又停电，退回重办"),
        Move("settle", (State.OBSERVING,), State.SETTLED, (), (), "观察期未再停电"),
        Move("dismiss", (State.RAISED, State.DISPATCHED), State.DISMISSED, PERSONS, ("reason",), "撤销"),
    ),
)
VERBS = {"raise": "频繁停电预警", "worsen": "等级上升", **{row.verb: row.label for row in MACHINE.moves}}


def level_of(times: int, limits: Limits) -> Level | None:
    """Red, amber, or neither."""
    if times >= limits.frequent_n:
        return Level.RED
    return Level.AMBER if times >= limits.frequent_amber_n else None
