"""The life of a case (诉求): taken, handed to one person, handled, replied, reviewed, called back, closed.

First-ask duty (首问负责, S1-25, S4-33): a case has an owner at every moment; who took it owns it until the owner of the work
order accepts, which is the confirmed hand-over.
A refused review (审核退回) and a dissatisfied customer lead back to the owner while the clocks run on (§2.5, §2.6).
A case that joins another follows it, and its caller is called back all the same. Nobody's word ends a repair but the customer's.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    TAKEN = "taken"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    FOLLOWING = "following"
    REPLIED = "replied"
    CALLING = "calling"
    CLOSED = "closed"
    FINAL = "final"
    VOID = "void"


STATE_LABELS = {
    State.TAKEN: "已受理",
    State.DISPATCHED: "待接单",
    State.HANDLING: "处理中",
    State.FOLLOWING: "随主单办理",
    State.REPLIED: "待审核",
    State.CALLING: "待回访",
    State.CLOSED: "已归档",
    State.FINAL: "最终答复",
    State.VOID: "已作废",
}
DONE = (State.CLOSED, State.FINAL, State.VOID)
LIVE = tuple(state for state in State if state not in DONE)
WORKING = (State.TAKEN, State.DISPATCHED, State.HANDLING)

DESK = ("desk", "station", "quality")
HANDS = ("grid", "crew", "desk", "station")
REVIEWERS = ("desk", "station", "quality", "dept")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
SYSTEM = "system"

_S = State
MACHINE = Machine(
    "hotline.case",
    State,
    (
        Move("answer", (_S.TAKEN,), _S.CLOSED, (*DESK, "grid"), ("reply",), "当场答复"),
        Move("dispatch", (_S.TAKEN,), _S.DISPATCHED, (*DESK, "grid", SYSTEM), ("owner",), "派单"),
        Move("accept", (_S.DISPATCHED,), _S.HANDLING, (SYSTEM,), (), "接单"),
        Move("refuse", (_S.DISPATCHED, _S.HANDLING), _S.TAKEN, (SYSTEM,), (), "退单"),
        Move("reply", (_S.DISPATCHED, _S.HANDLING), _S.REPLIED, (SYSTEM,), (), "回单"),
        Move("pass", (_S.REPLIED,), _S.CALLING, (*REVIEWERS, SYSTEM), (), "审核通过"),
        Move("send_back", (_S.REPLIED,), _S.HANDLING, REVIEWERS, ("reason",), "审核退回"),
        Move("satisfied", (_S.CALLING,), _S.CLOSED, (*DESK, "grid"), (), "回访满意"),
        Move("dissatisfied", (_S.CALLING,), _S.HANDLING, (*DESK, "grid"), ("reason",), "回访不满意"),
        Move("give_up", (_S.CALLING,), _S.CLOSED, (*DESK, SYSTEM), (), "多次未接通归档"),
        Move("reopen", (_S.CLOSED,), _S.HANDLING, (*DESK, SYSTEM), ("reason",), "重新办理"),
        Move("join", WORKING, _S.FOLLOWING, (*DESK, SYSTEM), ("parent",), "并入主单"),
        Move("leave", (_S.FOLLOWING,), _S.TAKEN, DESK, ("reason",), "拆出主单"),
        Move("follow_up", (_S.FOLLOWING,), _S.CALLING, (SYSTEM,), (), "主单已办结，转回访"),
        Move("finalize", (*WORKING, _S.FOLLOWING, _S.REPLIED, _S.CALLING), _S.FINAL, (SYSTEM,), (), "最终答复"),
        Move("void", (_S.TAKEN,), _S.VOID, DESK, ("reason",), "作废"),
    ),
)
GOVERNED = frozenset({"dispatch", "answer", "join", "pass", "send_back", "void"})
"""Steps that people don't take on a governed case (投诉、举报、意见): whoever governs it takes them there, with its own rules."""
ROAD = (_S.TAKEN, _S.DISPATCHED, _S.HANDLING, _S.REPLIED, _S.CALLING, _S.CLOSED)
