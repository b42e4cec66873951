"""On what grounds a matter may be answered for good (最终答复), and how the customer was told.

REFERENCE §2.6 (T/F?, exam bank; seed 004 F): handled by the rules, but the demand goes beyond them: injury or death already
answered or before a court; disputes about loss by outage, appliances, crops, buildings.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    BEYOND_RULES = "beyond_rules"
    IN_COURT = "in_court"
    INJURY = "injury"
    OUTAGE_LOSS = "outage_loss"
    APPLIANCE = "appliance"
    CROP = "crop"
    BUILDING = "building"


GROUND_LABELS = {
    Ground.BEYOND_RULES: "已按规定处理，诉求超出法规政策",
    Ground.IN_COURT: "已进入诉讼、仲裁或信访程序",
    Ground.INJURY: "人身伤亡纠纷，已答复",
    Ground.OUTAGE_LOSS: "停电损失赔偿争议",
    Ground.APPLIANCE: "家用电器损坏赔偿争议",
    Ground.CROP: "青苗赔偿争议",
    Ground.BUILDING: "建（构）筑物赔偿争议",
}


class How(StrEnum):
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    HALL = "hall"


HOW_LABELS = {How.PHONE: "电话", How.VISIT: "上门当面", How.LETTER: "书面送达", How.HALL: "营业厅当面"}


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    grounds: tuple[str, ...] = ()
    answer: str = ""
    reason: str = ""
    how: str = ""
