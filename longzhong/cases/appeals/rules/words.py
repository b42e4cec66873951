"""The words of appeals (申诉). Codes are stored, the Chinese is shown.

Sources: REFERENCE §1.7 (appeal papers F2; clocks U), S0-02; the list of grounds is ours.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    FIRST = "first"
    FINAL = "final"


class Ground(StrEnum):
    """Why the unit appeals."""

    RESPONSIBILITY = "responsibility"
    FACTS = "facts"
    CUSTOMER = "customer"
    FORCE_MAJEURE = "force_majeure"
    DUPLICATE = "duplicate"
    CATEGORY = "category"
    EVIDENCE = "evidence"


class Ask(StrEnum):
    """What the unit asks for."""

    DISMISSED = "dismissed"
    PARTLY = "partly"
    RESPONSIBILITY = "responsibility"


class Part(StrEnum):
    """The three levels of seals (三级盖章), in their order."""

    UNIT = "unit"
    DEPARTMENT = "department"
    QUALITY = "quality"


class Choice(StrEnum):
    """A vote, and what a panel comes to; from the worst for the unit to the best."""

    REFUSED = "refused"
    PARTLY = "partly"
    ALLOWED = "allowed"


LEVEL_LABELS = {Level.FIRST: "初次申诉", Level.FINAL: "最终申诉"}
GROUND_LABELS = {
    Ground.RESPONSIBILITY: "责任认定有误",
    Ground.FACTS: "事实不清",
    Ground.CUSTOMER: "客户原因",
    Ground.FORCE_MAJEURE: "不可抗力（已报备）",
    Ground.DUPLICATE: "重复计件",
    Ground.CATEGORY: "业务类型认定有误",
    Ground.EVIDENCE: "有新的证据",
}
ASK_LABELS = {Ask.DISMISSED: "改为不属实", Ask.PARTLY: "改为部分属实", Ask.RESPONSIBILITY: "改判责任分类"}
PART_LABELS = {Part.UNIT: "责任单位", Part.DEPARTMENT: "专业部门", Part.QUALITY: "县公司（优服办）"}
CHOICE_LABELS = {Choice.REFUSED: "驳回", Choice.PARTLY: "部分采纳", Choice.ALLOWED: "采纳"}


@dataclass(frozen=True)
class Request:
    """An appeal as it is written: why, for what, on which basis; `duplicate` is the number of the matter counted twice."""

    grounds: tuple[str, ...] = ()
    ask: str = ""
    responsibility: str = ""
    basis: str = ""
    duplicate: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    request: Request = field(default_factory=Request)
    part: str = ""
    staff_id: int | None = None
    on: date | None = None
    members: tuple[int, ...] = ()
    choice: str = ""
    verdict: str = ""
    responsibility: str = ""
    reason: str = ""
