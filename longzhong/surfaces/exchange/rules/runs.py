"""The life of an import (导入): uploaded → previewed and mapped → running → done, or failed as a whole.

Every row read is exactly one of kept, unchanged and refused (读 = 新增与更正 + 未变 + 拒收); `Tally` can't be made otherwise.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from longzhong.kit.machine import Machine, Move

KEEPERS = ("admin",)  # 系统管理员: who may fill the register from outside
OWN = {"households": ("station", "quality")}
"""Recipes that others may carry out too, each on the page of the matter that the file is about (拆迁项目)."""
HANDS = tuple(dict.fromkeys((*KEEPERS, *(role for roles in OWN.values() for role in roles))))


def keepers_of(recipe: str) -> tuple[str, ...]:
    """The roles that may carry a recipe out."""
    return (*KEEPERS, *OWN.get(recipe, ()))


class RunState(StrEnum):
    READY = "ready"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STATE_NAMES = {
    RunState.READY: "待确认",
    RunState.QUEUED: "排队中",
    RunState.RUNNING: "导入中",
    RunState.DONE: "已完成",
    RunState.FAILED: "未导入",
}

RUN = Machine(
    name="exchange.run",
    states=RunState,
    moves=(
        Move("queue", (RunState.READY, RunState.RUNNING), RunState.QUEUED, HANDS, label="开始导入"),
        Move("begin", (RunState.READY, RunState.QUEUED, RunState.RUNNING), RunState.RUNNING, HANDS, label="执行"),
        Move("report", (RunState.RUNNING,), RunState.READY, HANDS, label="试算完成"),
        Move("finish", (RunState.RUNNING,), RunState.DONE, HANDS, label="完成"),
        Move("fail", (RunState.READY, RunState.QUEUED, RunState.RUNNING), RunState.FAILED, HANDS, label="整体拒收"),
    ),
)


class Tangled(AssertionError):
    """Rows were lost or counted twice: a fault of ours, never of the file."""


@dataclass(frozen=True)
class Tally:
    """What became of rows. `reasons` counts the refused ones by code."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.read != self.new + self.changed + self.unchanged + self.refused:
            raise Tangled(f"read {self.read} ≠ kept {self.kept} + unchanged {self.unchanged} + refused {self.refused}")
        if sum(self.reasons.values()) != self.refused:
            raise Tangled(f"{self.refused} refused, {sum(self.reasons.values())} reasons")

    @property
    def kept(self) -> int:
        return self.new + self.changed

    def __add__(self, other: "Tally") -> "Tally":
        reasons = dict(self.reasons)
        for code, count in other.reasons.items():
            reasons[code] = reasons.get(code, 0) + count
        return Tally(
            self.read + other.read,
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
            reasons,
        )
