"""The words of complaint governance (投诉治理). Codes are stored, the Chinese is shown.

Sources: REFERENCE §1.4 (grades, responsibility, attributes of a live system, F2), §1.7 (属实与申诉), §2.2 (十个不准), S0-02, S2-04.
"""

from enum import StrEnum


class Kind(StrEnum):
    """Which matters are governed; an opinion (意见) is answered without a verdict."""

    COMPLAINT = "complaint"
    REPORT = "report"
    OPINION = "opinion"


class Verdict(StrEnum):
    """属实, 部分属实, 不属实; pending while nobody has decided."""

    PENDING = ""
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class Responsibility(StrEnum):
    """责任分类 (REFERENCE §1.4)."""

    NONE = ""
    MARKETING = "marketing"
    NON_MARKETING = "non_marketing"
    CUSTOMER = "customer"
    PARTNER = "partner"


class Evidence(StrEnum):
    """What an investigation rests on."""

    STATEMENT = "statement"
    DOCUMENT = "document"
    PHOTO = "photo"
    RECORDING = "recording"
    SYSTEM = "system"
    SITE = "site"


class Violation(StrEnum):
    """员工服务“十个不准” (REFERENCE §2.2, F2): what was broken, where it was."""

    OUTAGE = "outage"
    CHARGE = "charge"
    DESIGNATE = "designate"
    SHIRK = "shirk"
    FAVOUR = "favour"
    LEAK = "leak"
    GIFT = "gift"
    BANQUET = "banquet"
    DRINK = "drink"
    GAIN = "gain"


KIND_LABELS = {Kind.COMPLAINT: "投诉", Kind.REPORT: "举报", Kind.OPINION: "意见"}
VERDICT_LABELS = {
    Verdict.PENDING: "未定性",
    Verdict.UPHELD: "属实",
    Verdict.PARTLY: "部分属实",
    Verdict.DISMISSED: "不属实",
}
RESPONSIBILITY_LABELS = {
    Responsibility.NONE: "",
    Responsibility.MARKETING: "营销责任",
    Responsibility.NON_MARKETING: "非营销责任",
    Responsibility.CUSTOMER: "用户责任",
    Responsibility.PARTNER: "公司合作伙伴责任",
}
EVIDENCE_LABELS = {
    Evidence.STATEMENT: "当事人陈述",
    Evidence.DOCUMENT: "书面材料",
    Evidence.PHOTO: "照片",
    Evidence.RECORDING: "录音录像",
    Evidence.SYSTEM: "系统记录",
    Evidence.SITE: "现场核查",
}
VIOLATION_LABELS = {
    Violation.OUTAGE: "违规停电、无故拖延送电",
    Violation.CHARGE: "自立收费项目、擅自更改收费标准",
    Violation.DESIGNATE: "为客户指定设计、施工、供货单位",
    Violation.SHIRK: "对客户投诉、咨询推诿塞责",
    Violation.FAVOUR: "为亲友用电谋取私利",
    Violation.LEAK: "泄露客户信息及商业秘密",
    Violation.GIFT: "收受客户礼品、礼金、有价证券",
    Violation.BANQUET: "接受客户组织的宴请、旅游和娱乐活动",
    Violation.DRINK: "工作时间饮酒",
    Violation.GAIN: "利用岗位与工作之便谋取其他不正当利益",
}
COUNTS_AGAINST = (Verdict.UPHELD, Verdict.PARTLY)
"""Verdicts by which a complaint counts as substantiated (属实, REFERENCE §1.7): partly upheld counts (ours, U)."""
