"""抢修四句 (S4-23) 出发快捷、抢修迅速、信息畅通、回访及时, and 首到必修 (S4-22): how long each stage took, how often in its limit.

Medians, not means: one storm night must not hide a quiet month. A stage that wasn't reached isn't counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Stage(StrEnum):
    ACCEPT = "accept"
    ARRIVE = "arrive"
    RESTORE = "restore"
    INFORM = "inform"
    CALL_BACK = "call_back"
    HOLD = "hold"


@dataclass(frozen=True)
class StageRow:
    sentence: str
    label: str
    how: str
    timed: bool = True


STAGES: dict[Stage, StageRow] = {
    Stage.ACCEPT: StageRow("出发快捷", "派单到接单", "工单派出到抢修班接单"),
    Stage.ARRIVE: StageRow("出发快捷", "受理到到场", "客户报修到抢修人员到场，按城区、农村、边远限时"),
    Stage.RESTORE: StageRow("抢修迅速", "到场到送电", "到场到恢复送电，按城区、农村限时"),
    Stage.INFORM: StageRow("信息畅通", "告知预计恢复", "送电之前告诉过客户预计何时恢复的", timed=False),
    Stage.CALL_BACK: StageRow("回访及时", "完工到回访", "报完工到第一次回访"),
    Stage.HOLD: StageRow("首到必修", "一次修好", "办结后没有重新办理、没有修后再报的", timed=False),
}


@dataclass(frozen=True)
class StageFigure:
    """`median` minutes (None without any); `within` of `n` kept their limit (or were told, or held)."""

    stage: Stage
    n: int
    within: int
    median: float | None

    @property
    def share(self) -> float | None:
        """0..1; None without any."""
        return self.within / self.n if self.n else None


def stage_figure(stage: Stage, rows: Iterable[tuple[float | None, bool]]) -> StageFigure:
    """Rows are (minutes or None for stages that aren't timed, whether within the limit)."""
    found = list(rows)
    minutes = [one for one, _within in found if one is not None]
    return StageFigure(stage, len(found), sum(within for _one, within in found), median(minutes) if minutes else None)
