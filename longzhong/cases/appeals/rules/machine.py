"""The life of an appeal (申诉, S0-02): drafted with papers and three seals, submitted in its window, judged by a panel.

Withdrawn by the unit until the panel sits. A complaint that is investigated again (客户不满意) or voided takes what its appeal
was about away: the appeal lapses.
"""

from dataclasses import replace
from enum import StrEnum

from longzhong.cases.appeals.rules.words import Choice
from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SITTING = "sitting"
    ALLOWED = "allowed"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


STATE_LABELS = {
    State.DRAFT: "起草盖章中",
    State.SUBMITTED: "待组成评审组",
    State.SITTING: "评审中",
    State.ALLOWED: "已采纳",
    State.PARTLY: "部分采纳",
    State.REFUSED: "已驳回",
    State.WITHDRAWN: "已撤回",
    State.LAPSED: "已失效",
}
LIVE = (State.DRAFT, State.SUBMITTED, State.SITTING)
JUDGED = (State.ALLOWED, State.PARTLY, State.REFUSED)
ROAD = (State.DRAFT, State.SUBMITTED, State.SITTING)

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
DRAFTERS = ("desk", "station")
STATERS = ("grid", "crew", "desk", "station")
OFFICE = ("quality",)
MEMBERS = ("quality", "dept", "leader")
SYSTEM = "system"
PANEL_CLOCK, VOTE_CLOCK = "panel", "vote:"
"""The clock of the whole panel; the beginning of each member's."""
CONCLUDES = {"allow": Choice.ALLOWED, "allow_partly": Choice.PARTLY, "refuse": Choice.REFUSED}
"""The verb for what a panel came to."""

_S = State
_PLAIN = (
    Move("edit", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("grounds", "ask", "basis"), "修改"),
    Move("attach", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("papers",), "上传申诉依据"),
    Move("attach_scan", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("papers",), "上传盖章扫描件"),
    Move("seal", (_S.DRAFT,), _S.DRAFT, DRAFTERS, ("part", "staff", "on"), "登记盖章"),
    Move("state", LIVE, _S.DRAFT, STATERS, ("reason",), "本人陈述"),
    Move("submit", (_S.DRAFT,), _S.SUBMITTED, DRAFTERS, (), "提交申诉"),
    Move("seat", (_S.SUBMITTED,), _S.SITTING, OFFICE, ("members",), "组成评审组"),
    Move("vote", (_S.SITTING,), _S.SITTING, MEMBERS, ("choice", "reason"), "投票"),
    Move("replace", (_S.SITTING,), _S.SITTING, OFFICE, ("staff", "members", "reason"), "更换评审人"),
    Move("allow", (_S.SITTING,), _S.ALLOWED, OFFICE, ("reason",), "采纳并改判"),
    Move("allow_partly", (_S.SITTING,), _S.PARTLY, OFFICE, ("verdict", "responsibility", "reason"), "部分采纳并改判"),
    Move("refuse", (_S.SITTING,), _S.REFUSED, OFFICE, ("reason",), "驳回申诉"),
    Move("withdraw", (_S.DRAFT, _S.SUBMITTED), _S.WITHDRAWN, DRAFTERS, ("reason",), "撤回申诉"),
    Move("lapse", LIVE, _S.LAPSED, (SYSTEM,), (), "失效"),
)


def _stated(row: Move) -> tuple[Move, ...]:
    """Who is complained about may speak in each state without moving it: one row a state."""
    if row.verb != "state":
        return (row,)
    return tuple(replace(row, sources=(state,), target=state) for state in row.sources)


MACHINE = Machine("appeals.appeal", State, tuple(one for row in _PLAIN for one in _stated(row)))
