"""The lives of a closure, of a household in a demolition, and of a project (销户、拆迁户、拆迁项目).

A spoken wish is kept as `wished` and is never a closure (S0-21, seed 000); from `documents` on it is applied for. What is committed
to be brought later (一证受理) may come until the closing. After the meter was removed there is no way back: a new connection
(供电营业规则 1996 §33, M).
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move

SYSTEM = "system"
READERS = ("desk", "grid", "station", "quality", "dept", "leader")
HALL = ("desk", "station", "quality", "grid")
HANDS = ("grid", "desk", "station", "quality")
MONEY = ("desk", "station", "quality")
KEEPERS = ("station", "quality")
IMPORTERS = ("admin", "station", "quality")
JUDGES = ("quality", "station")


class State(StrEnum):
    WISHED = "wished"
    DOCUMENTS = "documents"
    READING = "reading"
    SETTLING = "settling"
    SETTLED = "settled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class House(StrEnum):
    LISTED = "listed"
    CONTACTED = "contacted"
    DOCUMENTS = "documents"
    REMOVED = "removed"
    SETTLED = "settled"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    REFUSED = "refused"
    DROPPED = "dropped"


class Work(StrEnum):
    OPEN = "open"
    FINISHED = "finished"


class Fault(StrEnum):
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    LIFTED = "lifted"


STATE_LABELS = {
    State.WISHED: "口头意愿，未受理", State.DOCUMENTS: "已受理，收材料", State.READING: "待拆表抄表",
    State.SETTLING: "待结清电费", State.SETTLED: "已结清，待办结", State.CLOSED: "已销户", State.WITHDRAWN: "已撤回",
}  # fmt: skip
HOUSE_LABELS = {
    House.LISTED: "已列入，未联系", House.CONTACTED: "已联系", House.DOCUMENTS: "销户办理中", House.REMOVED: "已拆表",
    House.SETTLED: "已结清", House.CLOSED: "已销户", House.TRANSFERRED: "已转过户改类", House.REFUSED: "拒绝办理",
    House.DROPPED: "移出名单",
}  # fmt: skip
WORK_LABELS = {Work.OPEN: "进行中", Work.FINISHED: "已结束"}
FAULT_LABELS = {Fault.RECORDED: "待核实", Fault.CONFIRMED: "确认我方责任", Fault.LIFTED: "不构成二次告知"}

LIVE = (State.WISHED, State.DOCUMENTS, State.READING, State.SETTLING, State.SETTLED)
ROAD = (*LIVE, State.CLOSED)
HOUSE_LIVE = (House.LISTED, House.CONTACTED, House.DOCUMENTS, House.REMOVED, House.SETTLED, House.REFUSED)
HOUSE_DONE = (House.CLOSED, House.TRANSFERRED)
UNBEGUN = (House.LISTED, House.CONTACTED, House.REFUSED)

_S, _H, _W, _F = State, House, Work, Fault


def _same(
    verb: str, states: tuple[State, ...], roles: tuple[str, ...], needs: tuple[str, ...], label: str
) -> tuple[Move, ...]:
    """A step that leaves the closure where it stands."""
    return tuple(Move(verb, (state,), state, roles, needs, label) for state in states)


MACHINE = Machine(
    "closures.closure",
    State,
    (
        Move("apply", (_S.WISHED,), _S.DOCUMENTS, HALL, ("shown", "agent", "signed", "note"), "正式受理"),
        *_same("contact", LIVE, HANDS, ("way", "note", "next_on"), "登记联系"),
        *_same("bring", (_S.DOCUMENTS, _S.READING, _S.SETTLING, _S.SETTLED), HALL, ("paper",), "材料已带来"),
        Move("pass_on", (_S.DOCUMENTS,), _S.READING, HALL, ("signed",), "转拆表抄表"),
        Move("read", (_S.READING,), _S.SETTLING, HANDS, ("kwh", "removed", "photos", "note"), "登记末次抄表、拆表"),
        Move("settle", (_S.SETTLING,), _S.SETTLED, MONEY, ("yuan", "receipt"), "登记电费结清"),
        Move("close", (_S.SETTLED,), _S.CLOSED, HALL, ("note",), "办结销户"),
        Move("withdraw", (_S.WISHED, _S.DOCUMENTS, _S.READING), _S.WITHDRAWN, HALL, ("reason",), "客户撤回"),
        Move("found", LIVE, _S.CLOSED, (SYSTEM,), (), "营销系统已销户"),
        *_same("assign", LIVE, KEEPERS, ("staff",), "改派负责人"),
    ),
)
HOUSEHOLD = Machine(
    "closures.household",
    House,
    (
        Move("contact", UNBEGUN, _H.CONTACTED, HANDS, ("way", "note", "next_on"), "登记联系"),
        Move("refuse", (_H.LISTED, _H.CONTACTED), _H.REFUSED, HANDS, ("reason", "next_on"), "客户拒绝办理"),
        Move("transfer", UNBEGUN, _H.TRANSFERRED, HALL, ("kind", "reason"), "转过户或改类"),
        Move("resume", (_H.TRANSFERRED, _H.DROPPED), _H.CONTACTED, KEEPERS, ("reason",), "恢复到名单"),
        Move("drop", UNBEGUN, _H.DROPPED, KEEPERS, ("reason",), "移出名单"),
        Move("begin", UNBEGUN, _H.DOCUMENTS, (SYSTEM,), (), "开始销户"),
        Move("back", (_H.DOCUMENTS,), _H.CONTACTED, (SYSTEM,), (), "销户撤回"),
        Move("read", (_H.DOCUMENTS,), _H.REMOVED, (SYSTEM,), (), "拆表"),
        Move("settle", (_H.REMOVED,), _H.SETTLED, (SYSTEM,), (), "结清"),
        Move("close", (_H.SETTLED,), _H.CLOSED, (SYSTEM,), (), "销户"),
        Move("found", HOUSE_LIVE, _H.CLOSED, (SYSTEM,), (), "营销系统已销户"),
    ),
)
PROJECT = Machine(
    "closures.project",
    Work,
    (
        Move("finish", (_W.OPEN,), _W.FINISHED, KEEPERS, ("reason",), "结束项目"),
        Move("reopen", (_W.FINISHED,), _W.OPEN, KEEPERS, ("reason",), "重新打开"),
    ),
)
FAULT = Machine(
    "closures.fault",
    Fault,
    (
        Move("confirm", (_F.RECORDED,), _F.CONFIRMED, JUDGES, ("reason",), "确认我方责任"),
        Move("lift", (_F.RECORDED,), _F.LIFTED, JUDGES, ("reason",), "不构成二次告知"),
    ),
)
