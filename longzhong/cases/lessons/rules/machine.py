"""The life of a typical case (典型案例“小题大做”, S4-07): written, published by another, learned, retired."""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class State(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


STATE_LABELS = {
    State.DRAFT: "编写中",
    State.REVIEW: "待审核",
    State.PUBLISHED: "已发布",
    State.RETIRED: "已停用",
}
ROAD = (State.DRAFT, State.REVIEW, State.PUBLISHED)
OFFICE = ("quality",)
MAKERS = ("quality", "dept", "station")
READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
JUDGES = ("return", "publish")

_S = State
MACHINE = Machine(
    "lessons.lesson",
    State,
    (
        Move("edit", (_S.DRAFT,), _S.DRAFT, MAKERS, ("text", "base"), "修改"),
        Move("submit", (_S.DRAFT,), _S.REVIEW, MAKERS, (), "提交审核"),
        Move("return", (_S.REVIEW,), _S.DRAFT, OFFICE, ("reason",), "退回修改"),
        Move("publish", (_S.REVIEW,), _S.PUBLISHED, OFFICE, (), "审核发布"),
        Move("learn", (_S.PUBLISHED,), _S.PUBLISHED, READERS, (), "已学习"),
        Move("meet", (_S.PUBLISHED,), _S.PUBLISHED, OFFICE, ("unit", "held_on", "reason"), "登记现场办公会"),
        Move("revise", (_S.PUBLISHED, _S.RETIRED), _S.DRAFT, OFFICE, ("reason",), "重新修订"),
        Move("retire", (_S.DRAFT, _S.PUBLISHED), _S.RETIRED, OFFICE, ("reason",), "停用"),
    ),
)
