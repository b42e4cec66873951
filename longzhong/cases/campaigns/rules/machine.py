"""The life of a special campaign (专项整治, S4-10): drafted, running against a frozen baseline, ended, judged by its result.

The baseline is counted and frozen at the start, the result when it is judged: neither moves afterwards, whatever appeals bring.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"
    JUDGED = "judged"
    CANCELLED = "cancelled"


STATE_LABELS = {
    State.DRAFT: "筹备中",
    State.RUNNING: "整治中",
    State.ENDED: "待总结",
    State.JUDGED: "已总结",
    State.CANCELLED: "已取消",
}
LIVE = (State.DRAFT, State.RUNNING, State.ENDED)
ROAD = (State.DRAFT, State.RUNNING, State.ENDED, State.JUDGED)
OFFICE = ("quality", "dept")
HANDS = ("quality", "dept", "station")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
SYSTEM = "system"

_S = State
_OPEN = (_S.DRAFT, _S.RUNNING)
MACHINE = Machine(
    "campaigns.campaign",
    State,
    (
        Move("edit", (_S.DRAFT,), _S.DRAFT, OFFICE, ("plan",), "修改方案"),
        Move("start", (_S.DRAFT,), _S.RUNNING, OFFICE, (), "启动整治"),
        *(Move("add_measure", (at,), at, OFFICE, ("text", "owner", "due_on"), "增加措施") for at in _OPEN),
        *(Move("done_measure", (at,), at, HANDS, ("number", "reason"), "措施已完成") for at in (_S.RUNNING, _S.ENDED)),
        Move("extend", (_S.RUNNING, _S.ENDED), _S.RUNNING, OFFICE, ("ends_on", "reason"), "延期"),
        Move("end", (_S.RUNNING,), _S.ENDED, (*OFFICE, SYSTEM), (), "结束整治"),
        Move("judge", (_S.ENDED,), _S.JUDGED, OFFICE, ("conclusion",), "总结成效"),
        Move("cancel", (_S.DRAFT, _S.RUNNING), _S.CANCELLED, OFFICE, ("reason",), "取消整治"),
    ),
)
