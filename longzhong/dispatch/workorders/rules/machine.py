"""The life of a work order (工单): dispatched, accepted, arrived, finished; done only when the measurements prove it.

Closed loop (闭环管理, S0-31): a finished order is verified by the following days' curves, sent back with the evidence, or, where
the curves can't tell, decided by a person with a reason, who isn't the one who did the work. What operation can't cure becomes
a project with milestones (S4-31, S4-32).
"""

from longzhong.dispatch.workorders.rules.words import Kind, State
from longzhong.kit.machine import Machine, Move

SYSTEM = "system"
HANDS = ("grid", "crew")
HEADS = ("station", "quality")
DECIDERS = ("station", "quality", "dept")
OWNERS_ONLY = frozenset({"accept", "arrive", "finish"})

_S = State
_ON_SITE = (_S.DISPATCHED, _S.ACCEPTED, _S.ARRIVED, _S.RETURNED)
_OPEN = (_S.NEW, *_ON_SITE)
_COMMON = (
    Move("assign", _OPEN, _S.DISPATCHED, ("station", "quality", "desk", SYSTEM), ("owner",), "派单"),
    Move("take", (_S.NEW,), _S.ACCEPTED, HANDS, (), "领取"),
    Move("release", _ON_SITE, _S.NEW, ("station", "quality", SYSTEM), ("reason",), "退回待派"),
    Move("accept", (_S.DISPATCHED, _S.RETURNED), _S.ACCEPTED, HANDS, (), "接单"),
    Move("arrive", (_S.ACCEPTED,), _S.ARRIVED, HANDS, ("position",), "到场"),
)  # fmt: skip
_CURELESS = (_S.ACCEPTED, _S.ARRIVED, _S.RETURNED, _S.UNPROVEN)
_FINISH = ("cause_found", "work_done", "photo")
_PROOF = (
    Move("verify", (_S.FINISHED, _S.UNPROVEN), _S.VERIFIED, (SYSTEM,), ("evidence",), "验证通过"),
    Move("send_back", (_S.FINISHED, _S.UNPROVEN), _S.RETURNED, (SYSTEM,), ("evidence",), "退回重办"),
    Move("hold_unproven", (_S.FINISHED,), _S.UNPROVEN, (SYSTEM,), ("evidence",), "转人工认定"),
    Move("decide_verified", (_S.UNPROVEN,), _S.VERIFIED, DECIDERS, ("reason",), "认定有效"),
    Move("decide_return", (_S.UNPROVEN,), _S.RETURNED, DECIDERS, ("reason",), "认定无效"),
)  # fmt: skip

AREA_FAULT = Machine(
    "workorders.area_fault",
    State,
    (
        *_COMMON,
        Move("finish", (_S.ARRIVED, _S.PROJECT), _S.FINISHED, HANDS, _FINISH, "完成"),
        *_PROOF,
        Move("make_project", _CURELESS, _S.PROJECT, DECIDERS, ("reason",), "转低电压工程"),
        Move("cancel", (*_OPEN, _S.PROJECT), _S.CANCELLED, (*HEADS, SYSTEM), ("reason",), "撤销"),
    ),
)  # fmt: skip
METER_FAULT = Machine(
    "workorders.meter_fault",
    State,
    (
        *_COMMON,
        Move("finish", (_S.ARRIVED,), _S.FINISHED, HANDS, _FINISH, "完成"),
        *_PROOF,
        Move("cancel", _OPEN, _S.CANCELLED, (*HEADS, SYSTEM), ("reason",), "撤销"),
    ),
)  # fmt: skip
MACHINES = {Kind.AREA_FAULT: AREA_FAULT, Kind.METER_FAULT: METER_FAULT}

STOPS: dict[str, tuple[str, ...]] = {  # which clocks a step stops
    "take": ("accept",),
    "accept": ("accept",),
    "arrive": ("arrive",),
    "finish": ("accept", "arrive", "finish", "rework"),
    "verify": ("decide",),
    "send_back": ("decide",),
    "decide_verified": ("decide",),
    "decide_return": ("decide",),
    "make_project": ("accept", "arrive", "decide"),
}
STARTS: dict[str, tuple[str, ...]] = {  # and which it starts
    "open": ("accept", "arrive", "finish"),
    "send_back": ("rework",),
    "decide_return": ("rework",),
    "hold_unproven": ("decide",),
}
ROAD = (State.NEW, State.DISPATCHED, State.ACCEPTED, State.ARRIVED, State.FINISHED, State.VERIFIED)


def clock_key(kind: Kind, priority_code: str, clock: str, *, persistent: bool = False) -> str:
    """The policy of a clock; persistent low voltage has a time limit of its own (持续低电压限时整改, S4-31)."""
    if persistent and clock == "finish" and kind is Kind.AREA_FAULT:
        return "orders.area_fault.persistent.finish"
    return f"orders.{kind.value}.{priority_code}.{clock}"
