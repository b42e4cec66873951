"""The life of an alert (预警): raised by a machine, handed to one person, believed repaired only when the curves say so.

Closed loop (闭环管理) of seed S0-31: nobody's word ends an alert, only the following days' measurements or a person who answers
for the decision by name.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    RAISED = "raised"
    DISPATCHED = "dispatched"
    VERIFYING = "verifying"
    UNPROVEN = "unproven"
    VERIFIED = "verified"
    DISMISSED = "dismissed"


LIVE = (State.RAISED, State.DISPATCHED, State.VERIFYING, State.UNPROVEN)
CLOSED = (State.VERIFIED, State.DISMISSED)
PERSONS = ("station", "quality")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")

MACHINE = Machine(
    name="alerts.alert",
    states=State,
    moves=(
        Move("dispatch", (State.RAISED,), State.DISPATCHED, roles=(), label="派单"),
        Move("await_proof", (State.DISPATCHED, State.UNPROVEN), State.VERIFYING, roles=(), label="转数据验证"),
        Move("send_back", (State.VERIFYING, State.UNPROVEN), State.DISPATCHED, roles=(), label="退回重办"),
        Move("hold_unproven", (State.VERIFYING,), State.UNPROVEN, roles=(), label="转人工判定"),
        Move("verify", (State.VERIFYING, State.UNPROVEN), State.VERIFIED, roles=(), label="验证通过"),
        Move(
            "dismiss", (State.RAISED, State.DISPATCHED), State.DISMISSED, roles=PERSONS, needs=("reason",), label="撤销"
        ),
    ),
)
