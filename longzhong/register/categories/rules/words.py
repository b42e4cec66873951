"""The words of the 95598 tree (业务分类). Source: REFERENCE §1.1; the codes are ours, no national codes were found (§1.3)."""

import re
from enum import StrEnum

CODE = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_CODE = 80
LEVELS = 3  # type, class, item
JOINT = " / "


class CaseType(StrEnum):
    """First level: what kind of matter a customer brings. The value is the root's code."""

    REPAIR = "repair"
    ENQUIRY = "enquiry"
    COMPLAINT = "complaint"
    REPORT = "report"
    OPINION = "opinion"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    APPLICATION = "application"
    QUERY = "query"
    OTHER = "other"


TYPE_NAMES: dict[CaseType, str] = {
    CaseType.REPAIR: "故障报修",
    CaseType.ENQUIRY: "业务咨询",
    CaseType.COMPLAINT: "投诉",
    CaseType.REPORT: "举报",
    CaseType.OPINION: "意见",
    CaseType.SUGGESTION: "建议",
    CaseType.PRAISE: "表扬",
    CaseType.APPLICATION: "服务申请",
    CaseType.QUERY: "信息查询",
    CaseType.OTHER: "综合业务",
}


def type_of_code(code: str) -> CaseType:
    """The type is the first word of a code; ValueError for a code of no type."""
    return CaseType(code.split(".", 1)[0])


def parent_code(code: str) -> str:
    """The code one level up; "" above a root."""
    return code.rpartition(".")[0]


def level_of(code: str) -> int:
    """1 type, 2 class, 3 item."""
    return code.count(".") + 1
