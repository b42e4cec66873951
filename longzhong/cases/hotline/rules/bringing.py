"""What an incoming order's words (紧急程度, 客户情绪, 保密方式, 来源…) mean in the hotline's codes."""

from collections.abc import Mapping
from typing import TypeVar

from longzhong.cases.hotline.rules.words import CaseType, Channel, Grade, Mood, Secrecy, Site, Urgency, Voltage

Code = TypeVar("Code")
Else = TypeVar("Else")

TYPE_WORDS = {
    "故障报修": CaseType.REPAIR, "故障抢修": CaseType.REPAIR, "报修": CaseType.REPAIR, "抢修": CaseType.REPAIR,
    "业务咨询": CaseType.ENQUIRY, "咨询": CaseType.ENQUIRY, "投诉": CaseType.COMPLAINT, "举报": CaseType.REPORT,
    "意见": CaseType.OPINION, "建议": CaseType.SUGGESTION, "表扬": CaseType.PRAISE, "服务申请": CaseType.APPLICATION,
    "业务申请": CaseType.APPLICATION, "信息查询": CaseType.QUERY, "查询": CaseType.QUERY, "综合业务": CaseType.OTHER,
}  # fmt: skip
URGENCY_WORDS = {
    "特急": Urgency.URGENT,
    "紧急": Urgency.URGENT,
    "重要": Urgency.HIGH,
    "加急": Urgency.HIGH,
    "一般": Urgency.NORMAL,
}
GRADE_WORDS = {"特殊": Grade.SPECIAL, "重大": Grade.MAJOR, "重要": Grade.IMPORTANT, "一般": Grade.GENERAL}
MOOD_WORDS = {"非常激动": Mood.FURIOUS, "激动": Mood.EXCITED, "一般": Mood.CALM, "平稳": Mood.CALM}
SECRECY_WORDS = {
    "不保密": Secrecy.OPEN, "不匿名": Secrecy.OPEN, "匿名": Secrecy.ANONYMOUS, "保密": Secrecy.CONFIDENTIAL,
    "是": Secrecy.CONFIDENTIAL,
}  # fmt: skip
SITE_WORDS = {
    "边远": Site.REMOTE, "城": Site.URBAN, "农": Site.RURAL, "乡": Site.RURAL,
}  # fmt: skip
VOLTAGE_WORDS = {"不确定": Voltage.UNSURE, "高压": Voltage.HIGH, "低压": Voltage.LOW}
CHANNEL_WORDS = {
    "12345": Channel.GOV_12345, "市长热线": Channel.GOV_12345, "政务": Channel.GOV_12345, "12398": Channel.REGULATOR_12398,
    "能源监管": Channel.REGULATOR_12398, "行风": Channel.CONDUCT, "95598": Channel.PHONE_95598, "国网客服": Channel.PHONE_95598,
    "网上国网": Channel.ONLINE, "微信": Channel.ONLINE, "营业厅": Channel.HALL, "物业": Channel.ELECTRICIAN, "村": Channel.VILLAGE,
    "网格": Channel.GRID, "台区经理": Channel.GRID, "走访": Channel.PATROL,
}  # fmt: skip
URGE_WORDS = ("催办", "督办")
YES = frozenset({"是", "1", "true", "y", "yes", "有"})


def code_of(word: str, words: Mapping[str, Code], default: Else) -> Code | Else:
    """The code of the first word that stands in the text; `default` where none does."""
    return next((code for key, code in words.items() if key in word), default)


def is_yes(word: str) -> bool:
    return word.strip().casefold() in YES


def is_urge(type_word: str) -> bool:
    """Whether an order urges another one (催办) instead of bringing a matter."""
    return any(word in type_word for word in URGE_WORDS)
