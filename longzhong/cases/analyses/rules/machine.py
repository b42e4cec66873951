"""The life of a report (穿透分析报告): written, submitted, approved or returned; a verdict that no longer stands ends it.

What is approved is changed only after it was taken back with a reason; every version stays readable.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DROPPED = "dropped"


STATE_LABELS = {
    State.DRAFT: "编写中",
    State.SUBMITTED: "待审批",
    State.APPROVED: "已审批",
    State.DROPPED: "不再属实，不再要求",
}
ROAD = (State.DRAFT, State.SUBMITTED, State.APPROVED)
LIVE = (State.DRAFT, State.SUBMITTED)
READERS = ("station", "quality", "dept", "leader", "auditor")
WRITERS = ("dept", "quality")
APPROVERS = ("quality", "leader")
SYSTEM = "system"
JUDGES = ("return", "approve")
BARRING = ("own_complaint", "own_work", "own_reply")
"""What keeps an approver away: being complained about, having investigated, having replied. A verdict or a professional review
of one's own doesn't (ours, U): the report judges the handling, not the verdict.
"""

_S = State
MACHINE = Machine(
    "analyses.report",
    State,
    (
        Move("edit", (_S.DRAFT,), _S.DRAFT, WRITERS, ("parts", "base"), "编写"),
        Move("submit", (_S.DRAFT,), _S.SUBMITTED, WRITERS, (), "提交审批"),
        Move("return", (_S.SUBMITTED,), _S.DRAFT, APPROVERS, ("reason",), "退回修改"),
        Move("approve", (_S.SUBMITTED,), _S.APPROVED, APPROVERS, (), "审批通过"),
        Move("take_back", (_S.SUBMITTED,), _S.DRAFT, WRITERS, ("reason",), "撤回修改"),
        Move("revise", (_S.APPROVED,), _S.DRAFT, APPROVERS, ("reason",), "重新修订"),
        Move("drop", LIVE, _S.DROPPED, (SYSTEM,), (), "不再属实，不再要求"),
        Move("resume", (_S.DROPPED,), _S.DRAFT, (SYSTEM, *WRITERS), (), "继续编写"),
    ),
)
