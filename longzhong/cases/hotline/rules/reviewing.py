"""Who looks at a reply before the customer is called, and why it goes back (审核, 退单 §2.6 M; 省级审核 S4-11).

Types of hotline.review_types need a person; so does what is grave, dangerous, or came back before. A plain repair goes on to the
call-back by itself: there the customer judges.
"""

from collections.abc import Collection

from longzhong.cases.hotline.rules.words import CaseType, Grade

GROUNDS = {
    "incomplete": "回复不完整，没有回应核心诉求",
    "contradictory": "回复前后矛盾或与记录不符",
    "not_contacted": "没有联系客户",
    "no_evidence": "缺少佐证（照片、时间、措施）",
    "wrong_unit": "责任单位有误",
}
AUDITS = {"passed": "核实无误", "flawed": "有瑕疵", "false": "处理不实"}
"""What an audit of the whole process (全过程跟踪核实, S4-11) finds."""

LISTENING = {
    "interrupted": "没有耐心听完，打断客户",
    "not_repeated": "没有复述确认诉求",
    "no_answer": "没有讲清怎么办、多久办",
    "rude": "语气生硬或推诿",
    "cut_off": "没有问还有什么需要就挂断",
}
"""What was lacking in listening to the caller (耐心接听, S3-06): nobody is neglected, however harsh they are."""


def needs_person(type_: CaseType, grade: Grade, *, hazard: bool, came_back: bool, types: Collection[str]) -> bool:
    """Whether a person has to pass this reply."""
    return type_.value in types or grade is not Grade.GENERAL or hazard or came_back
