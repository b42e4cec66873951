"""The life of a work order (工单), of whatever kind: one table; a kind walks those rows that lie in its own states.

Closed loop (闭环管理, S0-31): a finished order of an area is verified by the following days' curves, sent back with the evidence,
or, where the curves can't tell, decided by a person with a reason, who isn't the one who did the work. What operation can't cure
becomes a project with milestones (S4-31, S4-32). Fault repair (故障抢修, REFERENCE §2.5: 派单 → 接单 | 退单 → 到达 → 研判
→ 修复 → 回访) and matters of service (诉求办理, 三分流答复 S0-10) are proved by the customer's word, which their cause's owner
hands in.
"""

from dataclasses import dataclass, replace

from longzhong.dispatch.workorders.rules.words import ALL, CALLS, FAULTS, SITE, Kind, State
from longzhong.kit.machine import Machine, Move

SYSTEM = "system"
HANDS = ("grid", "crew")
HEADS = ("station", "quality")
DECIDERS = ("station", "quality", "dept")
OWNERS_ONLY = frozenset({"accept", "arrive", "diagnose", "contact", "report_up", "finish", "decline"})
NOT_OWN = frozenset({"decide_verified", "decide_return", "answer_up"})
"""Steps that nobody takes about their own work (回避)."""

_S = State
_THE_HANDS = ("hands",)  # in the table: whoever does the work of the kind (Trade.hands)


@dataclass(frozen=True)
class Trade:
    """What differs between the kinds: the straight road, the states beside it, and who does the work."""

    road: tuple[State, ...]
    beside: tuple[State, ...] = ()
    hands: tuple[str, ...] = HANDS

    @property
    def states(self) -> frozenset[State]:
        return frozenset((*self.road, *self.beside, _S.RETURNED, _S.CANCELLED))


_ROAD = (_S.NEW, _S.DISPATCHED, _S.ACCEPTED, _S.ARRIVED, _S.FINISHED, _S.VERIFIED)
TRADES = {
    Kind.AREA_FAULT: Trade(_ROAD, (_S.PROJECT, _S.UNPROVEN)),
    Kind.METER_FAULT: Trade(_ROAD, (_S.UNPROVEN,)),
    Kind.REPAIR: Trade((*_ROAD[:4], _S.DIAGNOSED, *_ROAD[4:])),
    Kind.SERVICE: Trade(
        (*_ROAD[:3], _S.CONTACTED, *_ROAD[4:]), (_S.REPORTED,), (*HANDS, "desk", "station", "quality", "dept")
    ),
}
DETOURS = {
    _S.RETURNED: _S.DISPATCHED,
    _S.REPORTED: _S.CONTACTED,
    _S.PROJECT: _S.ARRIVED,
    _S.UNPROVEN: _S.FINISHED,
}
"""Where the road shows a state that lies beside it."""

_IN_HAND = (_S.DISPATCHED, _S.ACCEPTED, _S.ARRIVED, _S.DIAGNOSED, _S.CONTACTED, _S.RETURNED)
_OPEN = (_S.NEW, *_IN_HAND)
_ENDS = (_S.FINISHED, _S.UNPROVEN)
_CURELESS = (_S.ACCEPTED, _S.ARRIVED, _S.RETURNED, _S.UNPROVEN)
_REPAIR, _SERVICE = frozenset({Kind.REPAIR}), frozenset({Kind.SERVICE})
_MEASURED = ("cause_found", "work_done", "photo", "measured")
_RESTORED = ("cause_found", "work_done", "restored_at", "photo")
_TABLE: tuple[tuple[frozenset[Kind], Move], ...] = (
    (ALL, Move("assign", _OPEN, _S.DISPATCHED, ("station", "quality", "desk", SYSTEM), ("owner",), "派单")),
    (ALL, Move("take", (_S.NEW,), _S.ACCEPTED, _THE_HANDS, (), "领取")),
    (ALL, Move("release", _IN_HAND, _S.NEW, ("station", "quality", SYSTEM), ("reason",), "退回待派")),
    (ALL, Move("accept", (_S.DISPATCHED, _S.RETURNED), _S.ACCEPTED, _THE_HANDS, (), "接单")),
    (CALLS, Move("decline", (_S.DISPATCHED, _S.ACCEPTED), _S.NEW, _THE_HANDS, ("ground", "reason"), "退单")),
    (SITE, Move("arrive", (_S.ACCEPTED,), _S.ARRIVED, _THE_HANDS, ("position",), "到场")),
    (_REPAIR, Move("diagnose", (_S.ARRIVED, _S.DIAGNOSED), _S.DIAGNOSED, _THE_HANDS,
                   ("expected", "fault_place", "side", "service"), "研判")),
    (_SERVICE, Move("contact", (_S.ACCEPTED,), _S.CONTACTED, _THE_HANDS, ("way", "note"), "联系客户")),
    (_SERVICE, Move("report_up", (_S.ACCEPTED, _S.CONTACTED), _S.REPORTED, _THE_HANDS, ("reason",), "上报")),
    (_SERVICE, Move("answer_up", (_S.REPORTED,), _S.ACCEPTED, DECIDERS, ("answer",), "答复上报")),
    (FAULTS, Move("finish", (_S.ARRIVED, _S.PROJECT), _S.FINISHED, _THE_HANDS, _MEASURED, "完成")),
    (_REPAIR, Move("finish", (_S.ARRIVED, _S.DIAGNOSED), _S.FINISHED, _THE_HANDS, _RESTORED, "修复")),
    (_SERVICE, Move("finish", (_S.CONTACTED,), _S.FINISHED, _THE_HANDS, ("triage", "reply", "picture"), "办结")),
    (ALL, Move("verify", _ENDS, _S.VERIFIED, (SYSTEM,), ("evidence",), "验证通过")),
    (ALL, Move("send_back", _ENDS, _S.RETURNED, (SYSTEM,), ("evidence",), "退回重办")),
    (FAULTS, Move("hold_unproven", (_S.FINISHED,), _S.UNPROVEN, (SYSTEM,), ("evidence",), "转人工认定")),
    (FAULTS, Move("decide_verified", (_S.UNPROVEN,), _S.VERIFIED, DECIDERS, ("reason",), "认定有效")),
    (FAULTS, Move("decide_return", (_S.UNPROVEN,), _S.RETURNED, DECIDERS, ("reason",), "认定无效")),
    (frozenset({Kind.AREA_FAULT}), Move("make_project", _CURELESS, _S.PROJECT, DECIDERS, ("reason",), "转低电压工程")),
    (ALL, Move("cancel", (*_OPEN, _S.REPORTED, _S.PROJECT), _S.CANCELLED, (*HEADS, SYSTEM), ("reason",), "撤销")),
)  # fmt: skip


def _walked(kind: Kind) -> tuple[Move, ...]:
    """The table as this kind walks it: its own states, its own hands."""
    trade = TRADES[kind]
    return tuple(
        replace(
            row,
            sources=tuple(state for state in row.sources if state in trade.states),
            roles=trade.hands if row.roles is _THE_HANDS else row.roles,
        )
        for kinds, row in _TABLE
        if kind in kinds
    )


MACHINES = {kind: Machine(f"workorders.{kind.value}", State, _walked(kind)) for kind in Kind}
STAMPS = {
    "take": "accepted_at",
    "accept": "accepted_at",
    "arrive": "arrived_at",
    "diagnose": "diagnosed_at",
    "contact": "contacted_at",
}
"""The moment that a step sets on the order the first time (抢修四句 S4-23: the stages of a repair)."""
