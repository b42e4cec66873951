"""The words of models and lessons, and the limits that policies `texts.*` overlay."""

from dataclasses import dataclass
from enum import StrEnum


class ModelState(StrEnum):
    """A model is installed (one at a time), was refused as worse, or was retired by a newer one."""

    INSTALLED = "installed"
    REFUSED = "refused"
    RETIRED = "retired"


MODEL_STATE_NAMES: dict[ModelState, str] = {
    ModelState.INSTALLED: "在用",
    ModelState.REFUSED: "未采用",
    ModelState.RETIRED: "已替换",
}


class TextKind(StrEnum):
    """What a model tells apart."""

    CATEGORY = "category"


class Source(StrEnum):
    """Where a lesson comes from. Only made ones are not real."""

    CHOSEN = "chosen"
    CORRECTED = "corrected"
    IMPORTED = "imported"
    MADE = "made"


SOURCE_NAMES: dict[Source, str] = {
    Source.CHOSEN: "坐席选定",
    Source.CORRECTED: "更正",
    Source.IMPORTED: "历史导入",
    Source.MADE: "自造",
}
REAL = frozenset({Source.CHOSEN, Source.CORRECTED, Source.IMPORTED})


@dataclass(frozen=True)
class Limits:
    """When a guess is sure; how many lessons make a model; how much worse a new model may be (share of right guesses)."""

    sure_at: float = 0.8
    least_lessons: int = 200
    made_until: int = 3000
    made_lessons: int = 6000
    test_share: float = 0.2
    worse_by: float = 0.005
    same_at: float = 0.4
