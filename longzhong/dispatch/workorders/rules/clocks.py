"""Which time limits (时限) an order has, and which step starts and stops each: one row a clock.

An order's own `limits` name the policies of its clocks (arrival in town, in a village, at the end of the road: REFERENCE §2.5);
without them a fault's clocks go by its priority, and a caller's by its kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from longzhong.dispatch.workorders.rules.words import ALL, FAULTS, SITE, Kind

PERSISTENT = {"finish": "orders.area_fault.persistent.finish"}
"""The limits of persistent low voltage (持续低电压限时整改, S4-31)."""
OVERSEERS = frozenset({"answer_back"})
"""Clocks that the order's owner waits for: they run against the station, not against the owner."""
_ELSEWHERE = {(Kind.REPAIR, "arrive"): "repair.arrive_min_rural"}


@dataclass(frozen=True)
class ClockRow:
    """A clock of some kinds of orders: started by these verbs, stopped by those; one that runs already runs on."""

    name: str
    label: str
    kinds: frozenset[Kind]
    starts: tuple[str, ...]
    stops: tuple[str, ...]


CLOCKS = (
    ClockRow("accept", "接单", ALL, ("open",), ("take", "accept", "finish", "make_project")),
    ClockRow("arrive", "到场", SITE, ("open",), ("arrive", "finish", "make_project")),
    ClockRow("contact", "联系客户", frozenset({Kind.SERVICE}), ("open",), ("contact", "finish")),
    ClockRow("finish", "完成治理", FAULTS, ("open",), ("finish",)),
    ClockRow("finish", "办结", frozenset({Kind.SERVICE}), ("open",), ("finish",)),
    ClockRow("restore", "恢复送电", frozenset({Kind.REPAIR}), ("arrive",), ("finish",)),
    ClockRow("answer_back", "上报答复", frozenset({Kind.SERVICE}), ("report_up",), ("answer_up",)),
    ClockRow("rework", "返工", ALL, ("send_back", "decide_return"), ("finish",)),
    ClockRow(
        "decide", "人工认定", FAULTS, ("hold_unproven",),
        ("verify", "send_back", "decide_verified", "decide_return", "make_project"),
    ),
)  # fmt: skip
CLOCK_LABELS: dict[Kind, dict[str, str]] = {
    kind: {row.name: row.label for row in CLOCKS if kind in row.kinds} for kind in Kind
}


def started_by(kind: Kind, verb: str) -> tuple[str, ...]:
    """The clocks that a step of this kind of order starts."""
    return tuple(row.name for row in CLOCKS if kind in row.kinds and verb in row.starts)


def stopped_by(kind: Kind, verb: str) -> tuple[str, ...]:
    """The clocks that a step of this kind of order stops."""
    return tuple(row.name for row in CLOCKS if kind in row.kinds and verb in row.stops)


def clock_key(kind: Kind, priority_code: str, clock: str, limits: Mapping[str, str]) -> str:
    """The policy of a clock: the order's own, else its priority's (faults), else its kind's (calls)."""
    by_kind = f"orders.{kind.value}.{priority_code}.{clock}" if kind in FAULTS else f"orders.{kind.value}.{clock}"
    return limits.get(clock) or _ELSEWHERE.get((kind, clock)) or by_kind
