"""The five parts of a penetration analysis (五部分投诉穿透分析, REFERENCE §1.7) and what a person gives for a step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 8_000  # characters of one part


class Part(StrEnum):
    """In the order in which they are read."""

    BASICS = "basics"
    EVENTS = "events"
    PROBLEMS = "problems"
    MEASURES = "measures"
    ADVICE = "advice"


PART_LABELS = {
    Part.BASICS: "基本情况",
    Part.EVENTS: "事件分析",
    Part.PROBLEMS: "暴露问题",
    Part.MEASURES: "整改措施",
    Part.ADVICE: "建议",
}
Parts = Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """What a person gave for a step: the parts as typed, `base` the version that they were typed upon; a reason."""

    parts: Parts = field(default_factory=dict)
    base: int = 0
    reason: str = ""


def whole(parts: Parts) -> dict[str, str]:
    """All five parts, stripped; what isn't given is empty, what isn't a part is dropped."""
    return {part.value: parts.get(part.value, "").replace("\r\n", "\n").strip() for part in Part}


def missing(parts: Parts) -> tuple[Part, ...]:
    """The parts that say nothing yet."""
    return tuple(part for part in Part if not parts.get(part.value, "").strip())


def changed(before: Parts, after: Parts) -> tuple[Part, ...]:
    """The parts in which two versions differ."""
    return tuple(part for part in Part if before.get(part.value, "") != after.get(part.value, ""))


def is_asked(grade_label: str, policy: object) -> bool:
    """Whether the policy asks for a report of an upheld complaint of this grade; the policy lists the grades' Chinese words."""
    return isinstance(policy, (list, tuple)) and grade_label in policy
