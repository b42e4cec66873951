"""The life of a bulletin: drafted by the house on Monday, recounted while a draft, issued by the quality office; then its numbers
never change, and the units answer.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"


STATE_LABELS = {State.DRAFT: "草稿", State.ISSUED: "已通报"}
EDITORS = ("quality",)
UNIT_HEADS = ("station", "leader", "dept")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
SYSTEM = "system"

MACHINE = Machine(
    "bulletins.bulletin",
    State,
    (
        Move("recount", (State.DRAFT,), State.DRAFT, (*EDITORS, SYSTEM), (), "重新统计"),
        Move("issue", (State.DRAFT,), State.ISSUED, EDITORS, ("comment",), "通报"),
        Move("answer", (State.ISSUED,), State.ISSUED, UNIT_HEADS, ("measure", "promise_on"), "整改回复"),
    ),
)
