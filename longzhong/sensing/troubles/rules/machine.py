"""The life of a trouble (疑似停电): the machine suspects it, somebody who knows the line confirms or dismisses it, or it passes.

Corrections (move a signal, split, merge) are steps too: what a person decided, later groupings leave as it is. A trouble that a
registered outage explains is confirmed by that; when the outage is over, so is the trouble.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED = "closed"


READERS = ("desk", "station", "quality", "dept", "leader", "crew", "grid")
KNOWERS = ("crew", "station", "dept")
PERSONS = ("desk", "station", "dept", "crew")
LIVE = (State.OPEN, State.CONFIRMED)
STATE_LABELS = {
    State.OPEN: "待确认", State.CONFIRMED: "已确认停电", State.DISMISSED: "不是停电", State.CLOSED: "已结束",
}  # fmt: skip

_S = State
MACHINE = Machine(
    "troubles.trouble",
    State,
    (
        Move("confirm", (_S.OPEN,), _S.CONFIRMED, KNOWERS, (), "确认停电"),
        Move("explain", (_S.OPEN,), _S.CONFIRMED, (), (), "已有停电可以解释"),
        Move("move_signal", (_S.OPEN,), _S.OPEN, PERSONS, ("signals", "other"), "移走信号"),
        Move("split", (_S.OPEN,), _S.OPEN, PERSONS, ("signals",), "拆成两处"),
        Move("merge", (_S.OPEN,), _S.OPEN, PERSONS, ("other",), "并入别处的信号"),
        Move("dismiss", (_S.OPEN,), _S.DISMISSED, PERSONS, ("reason",), "不是停电"),
        Move("close", (_S.OPEN, _S.CONFIRMED), _S.CLOSED, (), (), "结束"),
    ),
)
BEHIND = frozenset({"explain", "close"})
VERBS = {"find": "研判为疑似停电", "regroup": "重新研判", **{row.verb: row.label for row in MACHINE.moves}}
