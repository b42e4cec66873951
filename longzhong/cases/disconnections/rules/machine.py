"""The life of a disconnection for arrears (欠费停电): never at sight (不再一钳断电, S3-01).

A machine proposes; somebody visits or reaches the customer and asks why; a written notice is delivered against a receipt; the
station head asks for approval, somebody else of a department or the leadership approves; the crew tells the customer once more
and only then disconnects, with a photo. Payment ends it at any moment before the act and starts the reconnection clock after it
(供电营业规则 §67, 电力供应与使用条例 §39; REFERENCE §5.1, §2.4).
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move

SYSTEM = "system"
READERS = ("desk", "grid", "crew", "station", "quality", "dept", "leader")
MONEY = ("desk", "grid", "station", "quality", "dept", "leader")
"""Who sees how much a customer owes; the crew needs to know only that it may act."""
VISITORS = ("grid", "desk", "station")
HANDS = ("crew", "grid")
APPROVERS = ("dept", "leader")
CASHIERS = ("desk", "station", "quality", SYSTEM)
IMPORTERS = ("admin", "station", "quality", SYSTEM)


class State(StrEnum):
    PROPOSED = "proposed"
    CONTACTED = "contacted"
    NOTICED = "noticed"
    ASKED = "asked"
    APPROVED = "approved"
    WARNED = "warned"
    EXECUTED = "executed"
    RECONNECTING = "reconnecting"
    RECONNECTED = "reconnected"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    State.PROPOSED: "待联系",
    State.CONTACTED: "已联系",
    State.NOTICED: "已送达通知",
    State.ASKED: "待批准",
    State.APPROVED: "已批准",
    State.WARNED: "停前已告知",
    State.EXECUTED: "已停电",
    State.RECONNECTING: "待复电",
    State.RECONNECTED: "已复电待回复",
    State.CLOSED: "已办结",
    State.CANCELLED: "已取消",
}
_S = State
BEFORE = (_S.PROPOSED, _S.CONTACTED, _S.NOTICED, _S.ASKED, _S.APPROVED, _S.WARNED)
"""The customer still has power."""
OFF = (_S.EXECUTED, _S.RECONNECTING)
LIVE = (*BEFORE, *OFF, _S.RECONNECTED)
DONE = (_S.CLOSED, _S.CANCELLED)
ROAD = (*BEFORE, *OFF, _S.RECONNECTED, _S.CLOSED)

MACHINE = Machine(
    "disconnections.disconnection",
    State,
    (
        Move("try_contact", (_S.PROPOSED,), _S.PROPOSED, VISITORS, ("way", "note"), "联系未果"),
        Move("contact", (_S.PROPOSED,), _S.CONTACTED, VISITORS, ("way", "note", "photo"), "已见面或接通"),
        Move("notice", (_S.CONTACTED, _S.NOTICED), _S.NOTICED, VISITORS, ("receipt", "photo"), "送达停电通知书"),
        Move("submit", (_S.NOTICED,), _S.ASKED, ("station",), ("reason",), "提请批准"),
        Move("approve", (_S.ASKED,), _S.APPROVED, APPROVERS, ("note",), "批准"),
        Move("decline", (_S.ASKED,), _S.NOTICED, APPROVERS, ("reason",), "不批准"),
        Move("warn", (_S.APPROVED, _S.WARNED), _S.WARNED, (*HANDS, "station"), ("way", "note"), "停前再次告知"),
        Move("execute", (_S.WARNED,), _S.EXECUTED, HANDS, ("moment", "photo"), "执行停电"),
        Move("settle", BEFORE, _S.CANCELLED, CASHIERS, (), "缴清，取消停电"),
        Move("settle", (_S.EXECUTED,), _S.RECONNECTING, CASHIERS, (), "缴清，转复电"),
        Move("lift", (_S.EXECUTED,), _S.RECONNECTING, ("station", "quality", "dept", "leader"), ("reason",), "先行复电"),
        Move("reconnect", (_S.RECONNECTING,), _S.RECONNECTED, HANDS, ("moment", "photo"), "恢复供电"),
        Move("reply", (_S.RECONNECTED,), _S.CLOSED, VISITORS, ("note",), "回复客户"),
        Move("cancel", BEFORE, _S.CANCELLED, ("station", "quality"), ("reason",), "取消停电"),
    ),
)  # fmt: skip
VERBS = {
    "propose": "系统提出",
    "part_paid": "部分缴费",
    "asked_back": "客户登记复电",
    **{row.verb: row.label for row in MACHINE.moves if row.verb != "settle"},
    "settle": "电费缴清",
}
GUARDED = frozenset({"submit", "approve", "warn", "execute"})
"""Steps that the guard checks anew; `warn` and `execute` also by the hour and the calendar."""
AT_THE_DOOR = frozenset({"warn", "execute"})
BEHIND = frozenset({"settle"})
"""Taken by services of their own (a payment arrives), not by a press on the page."""
