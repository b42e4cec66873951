"""The life of a rectification form (整改单, S4-16): drafted, countersigned (会签), put right, proved, its effect reviewed.

Who may sign isn't a role but a part of the round; who may prove is the measure's owner: `OWN` verbs are gated by the services.
What takes the verdict away (an appeal, another investigation, a complaint that was none) supersedes the form wherever it stands;
what upholds the complaint again opens it again, a closed one too: it wasn't put right.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFTING = "drafting"
    SIGNING = "signing"
    RECTIFYING = "rectifying"
    DONE = "done"
    NOT_EFFECTIVE = "not_effective"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


STATE_LABELS = {
    State.DRAFTING: "填报中",
    State.SIGNING: "会签中",
    State.RECTIFYING: "整改中",
    State.DONE: "已整改，待评价成效",
    State.NOT_EFFECTIVE: "成效不足，再整改",
    State.CLOSED: "已销号",
    State.SUPERSEDED: "不再属实，已作废",
}
_S = State
UNSIGNED = (State.DRAFTING, State.SIGNING)
"""While a form stands here nobody works on its measures yet."""
ROAD = (_S.DRAFTING, _S.SIGNING, _S.RECTIFYING, _S.DONE, _S.CLOSED)
LIVE = (_S.DRAFTING, _S.SIGNING, _S.RECTIFYING, _S.DONE, _S.NOT_EFFECTIVE)

ALL = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
READERS = ("station", "quality", "dept", "leader", "auditor")
HANDS = ("station", "leader", "quality")
SIGNERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
PARTS = ("station", "quality", "dept", "leader")
REVIEWERS = ("quality", "dept")
SYSTEM = "system"
OWN = ("sign", "refuse", "delegate", "prove")

_WORK = (_S.RECTIFYING, _S.DONE)
_PLAN = (_S.DRAFTING, _S.NOT_EFFECTIVE)
MACHINE = Machine(
    "rectifications.form",
    State,
    (
        Move("edit", (_S.DRAFTING,), _S.DRAFTING, HANDS, ("text", "cause", "aim"), "填写情况与原因"),
        *(Move("add_measure", (at,), at, HANDS, ("text", "staff", "due_on"), "增加措施") for at in _PLAN),
        *(Move("drop_measure", (at,), at, HANDS, ("number", "reason"), "取消措施") for at in _PLAN),
        Move("submit", (_S.DRAFTING,), _S.SIGNING, HANDS, ("parts", "order"), "提交会签"),
        Move("sign", (_S.SIGNING,), _S.SIGNING, SIGNERS, ("number", "reason"), "同意会签"),
        Move("begin", (_S.SIGNING,), _S.RECTIFYING, (SYSTEM,), (), "会签完成，开始整改"),
        Move("refuse", (_S.SIGNING,), _S.DRAFTING, SIGNERS, ("number", "reason"), "不同意"),
        Move("delegate", (_S.SIGNING,), _S.SIGNING, SIGNERS, ("number", "staff", "from_on", "due_on"), "委托同事代签"),
        Move("prove", (_S.RECTIFYING,), _S.RECTIFYING, SIGNERS, ("number", "reason", "papers"), "措施举证"),
        Move("finish", (_S.RECTIFYING,), _S.DONE, (SYSTEM,), (), "措施全部举证"),
        Move("return_proof", _WORK, _S.RECTIFYING, REVIEWERS, ("number", "reason", "due_on"), "退回补证"),
        *(Move("revisit", (at,), at, HANDS, ("number", "found", "reason"), "登记整改回访") for at in _WORK),
        Move("effective", (_S.DONE,), _S.CLOSED, REVIEWERS, ("reason",), "成效达到，销号"),
        Move("not_effective", (_S.DONE,), _S.NOT_EFFECTIVE, REVIEWERS, ("reason",), "成效不足"),
        Move("again", (_S.NOT_EFFECTIVE,), _S.RECTIFYING, HANDS, (), "开始再整改"),
        Move("supersede", (*LIVE, _S.CLOSED), _S.SUPERSEDED, (SYSTEM,), (), "不再属实，作废"),
        Move("reopen", (_S.SUPERSEDED, _S.CLOSED), _S.DRAFTING, (SYSTEM,), (), "又认定属实，重新填报"),
    ),
)
