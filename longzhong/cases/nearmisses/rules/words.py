"""Words of averted complaints (潜在投诉化解, S0-16) and of the staff service record (零投诉年限, S0-11).

Windows and grid workers dissolve far more potential complaints than are counted: each one is recorded with the place, the
reason of the trouble (five causes, S2-04) and how it was dissolved. Codes are stored, the Chinese is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from longzhong.cases.hotline.rules.words import CaseType


class Place(StrEnum):
    """Where the customer was when the trouble was dissolved."""

    HALL = "hall"
    PHONE = "phone"
    VISIT = "visit"
    SITE = "site"


class Means(StrEnum):
    """How it was dissolved; several may hold."""

    EXPLAINED = "explained"
    APOLOGISED = "apologised"
    ON_SITE = "on_site"
    HELPED = "helped"
    CALLED_MANAGER = "called_manager"
    HURRIED = "hurried"
    CHECKED = "checked"
    PROMISED = "promised"


class MarkKind(StrEnum):
    """What a line of the service record counts."""

    COMPLAINT = "complaint"
    PRAISE = "praise"
    AVERTED = "averted"


class Standing(StrEnum):
    """How a mark stands: complaints are upheld or dismissed by whoever investigates them; `withdrawn` when the matter
    turned out to be none (the case was voided, filed under another type, or about somebody else)."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


PLACE_LABELS = {Place.HALL: "营业厅", Place.PHONE: "电话", Place.VISIT: "走访", Place.SITE: "抢修施工现场"}
MEANS_LABELS = {
    Means.EXPLAINED: "耐心解释",
    Means.APOLOGISED: "当面致歉",
    Means.ON_SITE: "上门服务",
    Means.HELPED: "义务帮办",
    Means.CALLED_MANAGER: "请台区经理或所长出面",
    Means.HURRIED: "协调加快办理",
    Means.CHECKED: "现场核查、验表",
    Means.PROMISED: "约定时间答复",
}
KIND_LABELS = {MarkKind.COMPLAINT: "投诉", MarkKind.PRAISE: "表扬", MarkKind.AVERTED: "化解"}
STANDING_LABELS = {
    Standing.OPEN: "未定性",
    Standing.UPHELD: "属实",
    Standing.DISMISSED: "不属实",
    Standing.WITHDRAWN: "已撤销",
}


@dataclass(frozen=True)
class RecordLimits:
    """`record_days`: for how many days back something dissolved may be recorded (policy `nearmisses.record_days`, U)."""

    record_days: int = 7


def kind_of_type(case_type: str) -> MarkKind | None:
    """Which mark a case about somebody leaves: complaints and praise do, nothing else."""
    return {CaseType.COMPLAINT.value: MarkKind.COMPLAINT, CaseType.PRAISE.value: MarkKind.PRAISE}.get(case_type)


def means_words(codes: Iterable[str]) -> str:
    """耐心解释、上门服务, in the table's order."""
    chosen = set(codes)
    return "、".join(label for code, label in MEANS_LABELS.items() if code in chosen)
