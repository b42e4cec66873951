"""The life of an errand (告知任务): a written notice served, or an announcement posted; or the plan changed and it is void.

A paper that hangs on a wall with a time that no longer holds is worse than none: what was served or posted becomes outdated
and is replaced by an errand of the next telling (`replaces`).
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move
from longzhong.sensing.announcements.rules.words import KEEPERS, SERVERS, Errand


class State(StrEnum):
    OPEN = "open"
    SERVED = "served"
    POSTED = "posted"
    OUTDATED = "outdated"
    VOID = "void"
    CANCELLED = "cancelled"


_S = State
STATE_LABELS = {
    _S.OPEN: "待办", _S.SERVED: "已送达", _S.POSTED: "已张贴", _S.OUTDATED: "内容已过时", _S.VOID: "作废", _S.CANCELLED: "已取消",
}  # fmt: skip
DONE = (_S.SERVED, _S.POSTED)
STANDING = (_S.OPEN, *DONE)
"""What the customer holds or will hold is still right."""
MACHINE = Machine(
    "announcements.errand",
    State,
    (
        Move("serve", (_S.OPEN,), _S.SERVED, SERVERS, ("receipt", "photo"), "登记送达"),
        Move("miss", (_S.OPEN,), _S.OPEN, SERVERS, ("note",), "到访无人"),
        Move("post", (_S.OPEN,), _S.POSTED, SERVERS, ("photo", "place"), "登记张贴"),
        Move("give", (_S.OPEN,), _S.OPEN, KEEPERS, ("owner",), "转给他人"),
        Move("cancel", (_S.OPEN,), _S.CANCELLED, KEEPERS, ("reason",), "不再需要"),
        Move("supersede", (_S.OPEN,), _S.VOID, (), (), "因停电变化作废"),
        Move("supersede", DONE, _S.OUTDATED, (), (), "内容已过时"),
    ),
)
ONLY = {"serve": Errand.WRITTEN, "miss": Errand.WRITTEN, "post": Errand.POSTING}
"""Steps of one kind of errand only."""
VERBS = {
    "open": "下达", **{row.verb: row.label for row in MACHINE.moves if row.verb != "supersede"}, "supersede": "停电有变，作废",
}  # fmt: skip
