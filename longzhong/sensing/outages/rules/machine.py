"""The life of an outage (停电): reported or announced, running, restored in stages; or it never came about.

A plan is announced and started by who works on the line. A fault that a person reports waits to be confirmed by somebody who
knows the line; one that a crew or a system reports is running at once. The expected end may move, later (延迟送电) or earlier,
as often as it must, each time with a reason (REFERENCE §3.2: 变更时间+变更原因, 延迟送电原因+新预计时间, M).
A plan announced later than the law allows is `asked`: somebody else, a leader or a department's head, approves its exemption or
declines it. Plans change and are postponed before they begin; two of a kind are merged, one takes the other over.
"""

from longzhong.kit.machine import Machine, Move
from longzhong.sensing.outages.rules.words import OUT, State

SYSTEM = "system"
READERS = ("desk", "station", "quality", "dept", "leader", "crew", "grid", "auditor")
PLANNERS = ("dept", "station", SYSTEM)
REPORTERS = ("desk", "station", "dept", "crew", SYSTEM)
KNOWERS = ("crew", "station", "dept", SYSTEM)
"""Who knows the line: they confirm, start, delay and restore."""

APPROVERS = ("leader", "dept")
"""Who lets a plan through that was announced too late; never their own."""

STOPPERS = ("station", "quality", SYSTEM)
"""Who registers marketing-side stops."""

STOP_READERS = ("desk", "station", "quality", "grid")
"""Whom a customer's stop concerns; nobody else learns of it."""

OWNERS_ONLY = frozenset({"cancel", "change_plan", "postpone", "approve", "decline"})
"""Only who answers for the outage's own unit; the other steps are open to whoever serves one of its areas."""

_S = State
_TOLD = (*OUT, _S.ANNOUNCED)
_FAULTY = (*OUT, _S.RESTORED)
OUTAGE = Machine(
    "outages.outage",
    State,
    (
        Move("approve", (_S.ASKED,), _S.ANNOUNCED, APPROVERS, (), "批准豁免"),
        Move("decline", (_S.ASKED,), _S.CANCELLED, APPROVERS, ("reason",), "不同意豁免"),
        Move("change_plan", (_S.ANNOUNCED,), _S.ANNOUNCED, PLANNERS, ("start", "until", "reason"), "变更计划"),
        Move("postpone", (_S.ANNOUNCED,), _S.ANNOUNCED, PLANNERS, ("start", "reason"), "延期"),
        Move("confirm", (_S.REPORTED,), _S.RUNNING, KNOWERS, (), "确认停电"),
        Move("start", (_S.ANNOUNCED,), _S.RUNNING, KNOWERS, ("moment",), "登记停电"),
        *(Move("change_expected", (s,), s, KNOWERS, ("moment", "reason"), "变更预计恢复时间") for s in _TOLD),
        *(Move("locate", (s,), s, KNOWERS, ("pole", "cause"), "登记故障点") for s in _FAULTY),
        *(Move("absorb", (s,), s, KNOWERS, ("other", "reason"), "并入另一次停电") for s in _TOLD),
        Move("restore", (_S.REPORTED, _S.RUNNING, _S.PARTLY), _S.RESTORED, KNOWERS, ("moment",), "全部恢复送电"),
        Move("restore_part", (_S.RUNNING, _S.PARTLY), _S.PARTLY, KNOWERS, ("areas", "moment"), "部分恢复送电"),
        Move("cancel", (_S.ASKED, _S.ANNOUNCED), _S.CANCELLED, ("dept", "station", SYSTEM), ("reason",), "取消计划"),
        Move("withdraw", (_S.REPORTED, _S.RUNNING), _S.WITHDRAWN, REPORTERS, ("reason",), "误报撤回"),
        *(Move("power_seen", (s,), s, (SYSTEM,), (), "电表显示已来电") for s in (_S.RUNNING, _S.PARTLY)),
        Move("merge", _TOLD, _S.MERGED, KNOWERS, (), "并入"),
    ),
)
BEHIND = frozenset({"merge", "power_seen"})
"""Steps that follow from another outage's or from meters; nobody takes them by hand."""

NOTICED = {"queue": "notice_queued", "finish": "notice_sent", "cancel": "notice_cancelled"}
"""A notice's step → the outage's own word for it."""
VERBS = {
    "notice_queued": "通知已排发",
    "notice_sent": "通知已发完",
    "notice_cancelled": "通知已取消",
    "plan": "登记停电计划", "report": "报告故障停电", "record": "补录停电", "end_near": "催报送电",
    "impact_changed": "影响范围变化", **{row.verb: row.label for row in OUTAGE.moves},
}  # fmt: skip
ROADS = {
    True: (_S.ASKED, _S.ANNOUNCED, _S.RUNNING, _S.PARTLY, _S.RESTORED),
    False: (_S.REPORTED, _S.RUNNING, _S.PARTLY, _S.RESTORED),
}
"""The stepper: of a plan, and of a fault."""
