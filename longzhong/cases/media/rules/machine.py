"""The life of public opinion (舆情, S1-33): found, graded, handled, its answer drafted and approved, answered, closed; or false.

Major ones are reported to the leadership at once (clock `report`). A response is published only after a leader approved its text,
and nobody approves their own. What flares up again (再次发酵) is handled again.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    FOUND = "found"
    GRADED = "graded"
    HANDLING = "handling"
    DRAFTED = "drafted"
    APPROVED = "approved"
    ANSWERED = "answered"
    CLOSED = "closed"
    FALSE = "false"


STATE_LABELS = {
    State.FOUND: "待定级",
    State.GRADED: "已定级，待处置",
    State.HANDLING: "处置中",
    State.DRAFTED: "回应待批",
    State.APPROVED: "回应已批，待发布",
    State.ANSWERED: "已回应",
    State.CLOSED: "已平息",
    State.FALSE: "不属实",
}
ROAD = (State.FOUND, State.GRADED, State.HANDLING, State.DRAFTED, State.APPROVED, State.ANSWERED, State.CLOSED)
LIVE = ROAD[:-1]
KNOWN = (State.GRADED, State.HANDLING, State.DRAFTED, State.APPROVED)
"""Graded and not yet answered."""

READERS = ("station", "desk", "quality", "dept", "leader")
FINDERS = ("station", "desk", "quality", "dept")
GRADERS = ("quality", "leader")
HANDLERS = ("station", "quality", "dept")
APPROVERS = ("leader",)

_S = State
MACHINE = Machine(
    "media.item",
    State,
    (
        Move("grade", (_S.FOUND,), _S.GRADED, GRADERS, ("grade",), "定级"),
        *(Move("regrade", (one,), one, GRADERS, ("grade", "reason"), "调整定级") for one in KNOWN),
        *(Move("report", (one,), one, HANDLERS, ("reason",), "登记已上报领导") for one in KNOWN),
        Move("assign", (_S.GRADED,), _S.HANDLING, GRADERS, ("owner",), "指定负责人"),
        Move("reassign", (_S.HANDLING,), _S.HANDLING, GRADERS, ("owner", "reason"), "更换负责人"),
        Move("draft", (_S.HANDLING,), _S.DRAFTED, HANDLERS, ("text",), "拟回应口径"),
        Move("approve", (_S.DRAFTED,), _S.APPROVED, APPROVERS, (), "批准口径"),
        Move("return", (_S.DRAFTED, _S.APPROVED), _S.HANDLING, APPROVERS, ("reason",), "退回口径"),
        Move("answer", (_S.APPROVED,), _S.ANSWERED, HANDLERS, ("where",), "登记已发布"),
        Move("flare", (_S.ANSWERED, _S.CLOSED), _S.HANDLING, HANDLERS, ("reason",), "再次发酵"),
        Move("close", (_S.ANSWERED,), _S.CLOSED, GRADERS, ("reason",), "确认平息"),
        Move("dismiss", (_S.FOUND, _S.GRADED, _S.HANDLING), _S.FALSE, GRADERS, ("reason",), "认定不属实"),
        *(Move("measure", (one,), one, FINDERS, ("heat",), "更新热度") for one in LIVE),
        *(Move("tie", (one,), one, FINDERS, ("label",), "关联事项") for one in LIVE),
    ),
)
