"""The life of a governed matter: graded and dispatched, contacted, investigated, replied, reviewed, decided, answered, called back.

管专业必须管服务 (1+1+1, S4-02, S4-03): the unit investigates, its professional department reviews (按专业转审, S4-15), the quality
office decides (属实核定, S0-02). An opinion (意见) takes the same road without a verdict. What happens to the customer's case
underneath (order, reply, call-back) is the hotline's; a governed case is moved from here only. Who withdraws is called back too:
whoever was talked out of a complaint says so there, and the investigation goes on.
"""

from dataclasses import replace
from enum import StrEnum

from longzhong.cases.complaints.rules.words import Kind
from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    INVESTIGATING = "investigating"
    REPLIED = "replied"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


STATE_LABELS = {
    State.ACCEPTED: "待定级派发",
    State.DISPATCHED: "待联系客户",
    State.INVESTIGATING: "调查中",
    State.REPLIED: "待专业审核",
    State.REVIEWED: "待核定",
    State.DECIDED: "待答复客户",
    State.ANSWERED: "待回访",
    State.CLOSED: "已办结",
    State.WITHDRAWN: "客户已撤回",
    State.VOID: "已改类或作废",
}
DONE = (State.CLOSED, State.WITHDRAWN, State.VOID)
LIVE = tuple(state for state in State if state not in DONE)
UNDECIDED = (State.ACCEPTED, State.DISPATCHED, State.INVESTIGATING, State.REPLIED, State.REVIEWED)
STANDING = (State.DECIDED, State.ANSWERED, State.CLOSED)
"""Where a verdict stands: neither investigated again, nor taken back, nor void."""
ROAD = (
    State.ACCEPTED, State.DISPATCHED, State.INVESTIGATING, State.REPLIED,
    State.REVIEWED, State.DECIDED, State.ANSWERED, State.CLOSED,
)  # fmt: skip

OFFICE = ("quality",)
GRADERS = ("quality", "desk")
UNIT = ("grid", "crew", "desk", "station")
DEPARTMENT = ("dept",)
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
SYSTEM = "system"
STAYS = ("regrade", "name", "hide")

_S = State
_GIVEN = (_S.DISPATCHED, _S.INVESTIGATING)
_PLAIN = (
    Move("dispatch", (_S.ACCEPTED,), _S.DISPATCHED, GRADERS, ("grade", "unit", "department", "handler"), "定级派发"),
    Move("redispatch", _GIVEN, _S.DISPATCHED, OFFICE, ("unit", "department", "handler", "reason"), "改派"),
    Move("refuse", _GIVEN, _S.ACCEPTED, UNIT, ("reason",), "退单"),
    Move("regrade", UNDECIDED, _S.ACCEPTED, OFFICE, ("grade", "reason"), "调整等级"),
    Move("name", UNDECIDED, _S.ACCEPTED, GRADERS, ("about", "reason"), "指明被投诉人"),
    Move("hide", (*UNDECIDED, _S.DECIDED, _S.ANSWERED), _S.ACCEPTED, GRADERS, ("summary",), "保密转述"),
    Move("contact", _GIVEN, _S.INVESTIGATING, UNIT, ("result", "reason"), "联系客户"),
    Move("find", (_S.INVESTIGATING,), _S.INVESTIGATING, UNIT, ("evidence", "reason"), "记录调查"),
    Move("reply", (_S.INVESTIGATING,), _S.REPLIED, UNIT, ("facts", "verdict", "measures"), "单位回复"),
    Move("return", (_S.REPLIED,), _S.INVESTIGATING, DEPARTMENT, ("reason",), "退回补查"),
    Move("pass", (_S.REPLIED,), _S.REVIEWED, DEPARTMENT, ("analysis", "measures"), "审核通过"),
    Move("send_back", (_S.REVIEWED,), _S.REPLIED, OFFICE, ("reason",), "退回重审"),
    Move("decide", (_S.REVIEWED,), _S.DECIDED, OFFICE, ("verdict", "responsibility", "basis"), "核定"),
    Move("answer", (_S.DECIDED,), _S.ANSWERED, (*UNIT, *OFFICE), ("answer",), "答复客户"),
    Move("close", (_S.ANSWERED,), _S.CLOSED, (SYSTEM,), (), "办结"),
    Move("come_back", (_S.ANSWERED, _S.CLOSED, _S.WITHDRAWN), _S.INVESTIGATING, (SYSTEM,), (), "客户不满意，继续调查"),
    Move("withdraw", UNDECIDED, _S.WITHDRAWN, ("desk", *OFFICE), ("reason",), "客户撤回"),
    Move("void", (*UNDECIDED, _S.DECIDED, _S.ANSWERED), _S.VOID, (*OFFICE, SYSTEM), ("reason",), "改类或作废"),
)


def _stayed(row: Move) -> tuple[Move, ...]:
    """A grade, whom it is about, and whether it is secret, may be changed in each state without leaving it: one row a state."""
    if row.verb not in STAYS:
        return (row,)
    return tuple(replace(row, sources=(state,), target=state) for state in row.sources)


_COMPLAINT = tuple(one for row in _PLAIN for one in _stayed(row))
_OPINION = tuple(
    replace(row, sources=(_S.REVIEWED,)) if row.verb == "answer" else row for row in _COMPLAINT if row.verb != "decide"
)
MACHINES = {
    Kind.COMPLAINT: Machine("complaints.complaint", State, _COMPLAINT),
    Kind.REPORT: Machine("complaints.report", State, _COMPLAINT),
    Kind.OPINION: Machine("complaints.opinion", State, _OPINION),
}
UNSETTLES = frozenset(row.verb for row in _COMPLAINT if set(row.sources) & set(STANDING) and row.target not in STANDING)
"""The verbs by which a verdict that stood stands no more."""
