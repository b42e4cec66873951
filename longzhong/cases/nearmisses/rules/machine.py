"""The life of an averted complaint: recorded, confirmed by the head of the station, or returned for better words.

Nobody confirms what they dissolved or recorded themselves. Only confirmed ones count in the service record (S0-11, S0-16).
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


STATE_LABELS = {State.RECORDED: "待确认", State.CONFIRMED: "已确认", State.RETURNED: "已退回"}

HANDS = ("grid", "crew", "desk", "station", "quality")
DECIDERS = ("station", "quality")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")

MACHINE = Machine(
    "nearmisses.near_miss",
    State,
    (
        Move("confirm", (State.RECORDED,), State.CONFIRMED, DECIDERS, (), "确认化解"),
        Move("send_back", (State.RECORDED,), State.RETURNED, DECIDERS, ("reason",), "退回补充"),
        Move("revoke", (State.CONFIRMED,), State.RETURNED, DECIDERS, ("reason",), "撤销确认"),
        Move("amend", (State.RETURNED,), State.RECORDED, HANDS, ("words",), "补充后再报"),
    ),
)
