"""The life of a filing (报备): drafted with evidence, submitted before the matter, accepted or returned, over, audited.

An accepted one is never withdrawn, it ends early; so everything that covered a case is audited (核查真实性). Who submits when is
`rules.timing`; misuse (弄虚作假) suspends the unit's right to file for 1–3 months (REFERENCE §1.7, F2).
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    TRUE = "true"
    MISUSED = "misused"


STATE_LABELS = {
    State.DRAFT: "起草中",
    State.SUBMITTED: "待受理",
    State.RETURNED: "已退回",
    State.ACCEPTED: "生效中",
    State.EXPIRED: "期满待核查",
    State.WITHDRAWN: "已撤回",
    State.TRUE: "核查属实",
    State.MISUSED: "弄虚作假",
}
ROAD = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.EXPIRED, State.TRUE)
LIVE = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.EXPIRED)
COVERING = (State.ACCEPTED, State.EXPIRED, State.TRUE)
"""What was accepted and not found misused covers the cases of its span, also after the span."""

READERS = ("station", "desk", "quality", "dept", "leader")
FILERS = ("station", "quality", "dept")
JUDGES = ("quality", "dept", "leader")
SYSTEM = "system"

_S = State
MACHINE = Machine(
    "filings.filing",
    State,
    (
        Move("edit", (_S.DRAFT, _S.RETURNED), _S.DRAFT, FILERS, ("asked",), "修改"),
        Move("attach", (_S.DRAFT,), _S.DRAFT, FILERS, ("papers",), "补充证据"),
        Move("attach", (_S.SUBMITTED,), _S.SUBMITTED, FILERS, ("papers",), "补充证据"),
        Move("attach", (_S.ACCEPTED,), _S.ACCEPTED, FILERS, ("papers",), "补充证据"),
        Move("tie", (_S.DRAFT,), _S.DRAFT, FILERS, ("label",), "关联事项"),
        Move("tie", (_S.ACCEPTED,), _S.ACCEPTED, FILERS, ("label",), "关联事项"),
        Move("submit", (_S.DRAFT,), _S.SUBMITTED, FILERS, (), "提交报备"),
        Move("accept", (_S.SUBMITTED,), _S.ACCEPTED, JUDGES, (), "受理，报备生效"),
        Move("return", (_S.SUBMITTED,), _S.RETURNED, JUDGES, ("reason",), "退回"),
        Move("end", (_S.ACCEPTED,), _S.EXPIRED, FILERS, ("reason",), "提前结束"),
        Move("expire", (_S.ACCEPTED,), _S.EXPIRED, (SYSTEM,), (), "期满"),
        Move("confirm", (_S.EXPIRED,), _S.TRUE, JUDGES, ("reason",), "核查属实"),
        Move("misuse", (_S.ACCEPTED, _S.EXPIRED), _S.MISUSED, JUDGES, ("reason", "months"), "认定弄虚作假"),
        Move("withdraw", (_S.DRAFT, _S.SUBMITTED, _S.RETURNED), _S.WITHDRAWN, FILERS, ("reason",), "撤回"),
    ),
)
