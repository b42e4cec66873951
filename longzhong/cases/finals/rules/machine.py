"""The life of a final answer (最终答复, S4-19): drafted with evidence, approved level by level, told to the customer, filed.

Who approves at which level is the policy `finals.chain`, kept as it stood at submission. Nobody approves their own draft, nor
twice. The filing number (备案号 ZD…) is given with the last approval; filing (报备) by the quality office ends the case for good.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    TOLD = "told"
    FILED = "filed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    State.DRAFT: "起草中",
    State.SUBMITTED: "审批中",
    State.APPROVED: "已批准，待告知客户",
    State.TOLD: "已告知，待报备",
    State.FILED: "已报备",
    State.REFUSED: "未批准",
    State.WITHDRAWN: "已撤回",
}
LIVE = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.TOLD)
ROAD = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.TOLD, State.FILED)

READERS = ("grid", "desk", "station", "quality", "dept", "leader")
DRAFTERS = ("desk", "station", "quality")
APPROVERS = ("station", "dept", "quality", "leader")
FILERS = ("quality",)
SYSTEM = "system"

_S = State
MACHINE = Machine(
    "finals.answer",
    State,
    (
        Move("edit", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("grounds", "answer"), "修改"),
        Move("attach", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("papers",), "补充依据"),
        Move("submit", (_S.DRAFT,), _S.SUBMITTED, DRAFTERS, (), "提交审批"),
        Move("endorse", (_S.SUBMITTED,), _S.SUBMITTED, APPROVERS, (), "同意，送下一级"),
        Move("approve", (_S.SUBMITTED,), _S.APPROVED, APPROVERS, (), "批准"),
        Move("refuse", (_S.SUBMITTED,), _S.REFUSED, APPROVERS, ("reason",), "不批准"),
        Move("tell", (_S.APPROVED,), _S.TOLD, DRAFTERS, ("how", "reason"), "登记已告知客户"),
        Move("file", (_S.TOLD,), _S.FILED, FILERS, (), "报备并终结"),
        Move("withdraw", (_S.DRAFT, _S.SUBMITTED, _S.APPROVED), _S.WITHDRAWN, (*DRAFTERS, SYSTEM), ("reason",), "撤回"),
    ),
)
