"""Conflict of interest (回避): who stands how to a complaint, and which steps that forbids. Pure; one table.

Whoever is complained about can do nothing with it, nor sign, nor see a confidential one; nobody reviews what they handled or
replied; nobody decides what they reviewed (decider ≠ reviewer); who can't know a confidential caller can't speak for them (S4-02).
"""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Tie(StrEnum):
    """How a person stands to a complaint."""

    ACCUSED = "accused"
    HIDDEN = "hidden"  # may not know who the confidential caller is: the unit complained about, and all but the office
    HANDLER = "handler"
    REPLIER = "replier"
    REVIEWER = "reviewer"
    DECIDER = "decider"
    FIRST_ASKED = "first_asked"


SIT, SIGN, SEE_SECRET = "sit", "sign", "see_secret"
"""Beside the machine's verbs: sit on an appeal's panel, sign or countersign a rectification, see a confidential complaint."""

GRADES = ("dispatch", "redispatch", "regrade", "name", "void")
HANDLES = ("refuse", "contact", "find", "reply")
REVIEWS = ("return", "pass")
DECIDES = ("send_back", "decide")
SPEAKS = ("answer", "withdraw", "hide")
VERBS = (*GRADES, *HANDLES, *REVIEWS, *DECIDES, *SPEAKS, SIT, SIGN, SEE_SECRET)

TABLE: Mapping[Tie, Mapping[str, str]] = {
    Tie.ACCUSED: dict.fromkeys(VERBS, "own_complaint"),
    Tie.HIDDEN: dict.fromkeys(SPEAKS, "caller_confidential"),
    Tie.HANDLER: dict.fromkeys((*REVIEWS, *DECIDES, SIT), "own_work"),
    Tie.REPLIER: dict.fromkeys((*REVIEWS, *DECIDES, SIT), "own_reply"),
    Tie.REVIEWER: dict.fromkeys((*DECIDES, SIT), "own_review"),
    Tie.DECIDER: dict.fromkeys((*REVIEWS, SIT), "own_decision"),
    Tie.FIRST_ASKED: {},
}
REASONS = {
    "own_complaint": "这件投诉涉及您本人，您不能经办、审核、核定或签字；什么都没有改动。",
    "caller_confidential": "客户要求保密，您不能替客户撤回或答复，请由优质服务办公室或首问人员办理；什么都没有改动。",
    "own_work": "您是调查经办人，不能审核或核定自己经办的投诉；什么都没有改动。",
    "own_reply": "您写过单位回复，不能审核或核定自己的回复；什么都没有改动。",
    "own_review": "您做过专业审核，须由另一人核定；什么都没有改动。",
    "own_decision": "您做过核定，须由另一人审核；什么都没有改动。",
}


def refusal(verb: str, ties: Collection[Tie]) -> str | None:
    """The code that forbids this step to somebody with these ties; None where nothing does. The gravest tie speaks first."""
    return next((TABLE[tie][verb] for tie in Tie if tie in ties and verb in TABLE[tie]), None)
