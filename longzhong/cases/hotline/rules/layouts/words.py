"""What an incoming order says, whatever its layout, and the many names that the same field has (REFERENCE A.1, A.3, A.6)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

FIELDS: dict[str, tuple[str, ...]] = {
    "external_no": (
        "工单编号", "工单号", "受理编号", "受理单号", "派单编号", "诉求编号", "单号", "流水号", "APP_NO",
        "WorkOrderNo",
    ),
    "name": (
        "客户姓名", "客户名称", "用户姓名", "用户名", "联系人", "来电人", "来电人姓名", "诉求人", "姓名",
        "报修人", "UserName", "CUST_NAME",
    ),
    "phone": (
        "联系电话", "来电号码", "客户电话", "主叫号码", "联系方式", "手机", "手机号", "电话", "报修电话",
        "CALLING_NO", "COMM_NO", "ContactPhone", "PhoneNumber",
    ),
    "address": (
        "联系地址", "用电地址", "客户地址", "地址", "故障地址", "诉求地址", "事发地址", "报修地址",
        "ContactAddr", "FaultAddr",
    ),
    "account_code": (
        "户号", "客户编号", "用户编号", "用电户号", "用电客户编号", "CUST_NO", "CONS_NO", "AmmeterAccountNum",
    ),
    "meter_code": ("表号", "电能表号", "电表号", "资产编号", "MeterNo"),
    "content": (
        "受理内容", "诉求内容", "工单内容", "反映内容", "来电内容", "诉求描述", "问题描述", "内容", "故障描述",
        "故障现象", "主要内容", "ACCEPT_CONTENT", "OVERSEE_CONTENT", "FaultContent", "Content",
    ),
    "type_word": (
        "业务类型", "工单类型", "诉求类型", "受理类型", "业务子类", "类别", "BUSI_TYPE_CODE",
        "WKST_BUSI_TYPE_CODE", "OrderType",
    ),
    "class_word": ("业务小类", "三级分类", "诉求分类", "分类", "投诉类别", "问题分类"),
    "accepted_words": (
        "受理时间", "来电时间", "派单时间", "登记时间", "诉求时间", "HANDLE_TIME", "REQ_BEGIN_DATE",
        "FaultTime",
    ),
    "due_words": (
        "处理时限", "办理时限", "办结时限", "回复时限", "截止时间", "要求完成时间", "时限要求", "限办时间",
        "要求回复时间", "到期时间", "LimitTime",
    ),
    "urgency_word": ("紧急程度", "优先级", "OrderGrade"),
    "grade_word": ("投诉等级", "ComplainGrade"),
    "mood_word": ("客户情绪", "CustomerSentiment"),
    "secrecy_word": ("保密方式", "是否保密", "PrivacyType"),
    "over_word": ("是否越级", "越级", "IsLeapfrog"),
    "site_word": ("现场分类", "城乡类别", "URBAN_RURAL_FLAG", "FaultSiteType"),
    "voltage_word": ("高低压类别", "电压等级", "VoltageType"),
    "call_back_word": ("是否回访", "IsNeedVisit"),
    "unit_word": ("供电单位", "责任单位", "承办单位", "供电所", "ORG_NO"),
    "source_word": ("来源", "工单来源", "受理渠道", "诉求渠道", "渠道"),
    "urged_no": ("被催办工单", "被催办工单号", "原工单编号", "原工单号", "OVERSEE_APP_NO"),
    "same_no": ("AlikeWorkOrderID", "同类工单"),
}  # fmt: skip
FIELD_LABELS = {
    "external_no": "工单编号", "name": "客户姓名", "phone": "联系电话", "address": "地址", "account_code": "户号",
    "meter_code": "表号", "content": "受理内容", "type_word": "业务类型", "class_word": "分类", "accepted_words": "受理时间",
    "due_words": "处理时限", "urgency_word": "紧急程度", "grade_word": "投诉等级", "mood_word": "客户情绪",
    "secrecy_word": "保密方式", "over_word": "是否越级", "site_word": "现场分类", "voltage_word": "高低压类别",
    "call_back_word": "是否回访", "unit_word": "单位", "source_word": "来源", "urged_no": "被催办工单", "same_no": "同类工单",
}  # fmt: skip
EXPECTED = ("external_no", "phone", "content", "type_word", "due_words")
MOST = 2_000
CODES = {"external_no", "account_code", "meter_code", "urged_no", "same_no"}


def plain_label(label: str) -> str:
    """How a label is looked up: half width, no blanks, no marks around it, lower case."""
    return re.sub(r"[\s*＊【】\[\]（）()：:_\-]+", "", unicodedata.normalize("NFKC", label)).casefold()


LABELS = {plain_label(name): field for field, names in FIELDS.items() for name in names}


def field_of(label: str) -> str:
    """The field that a label names; "" for a label that nobody knows."""
    return LABELS.get(plain_label(label), "")


@dataclass(frozen=True)
class Incoming:
    """One order as it came in: what was understood by field, and the words as pasted (`raw`), which are never lost."""

    layout: str
    raw: str
    values: Mapping[str, str]
    unread: tuple[str, ...] = ()

    def get(self, field: str) -> str:
        return self.values.get(field, "")

    @property
    def text(self) -> str:
        """What the customer said; all that was pasted, where no field holds it."""
        return self.get("content") or self.raw

    @property
    def understood(self) -> tuple[str, ...]:
        return tuple(FIELD_LABELS[field] for field in FIELDS if self.get(field))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(FIELD_LABELS[field] for field in EXPECTED if not self.get(field))


def incoming(layout: str, raw: str, pairs: list[tuple[str, str]]) -> Incoming:
    """An order of labelled values; the first value of a field stands, unknown labels are named in `unread`."""
    values: dict[str, str] = {}
    unread = []
    for label, value in pairs:
        field = field_of(label)
        plain = clean_value(field, value)
        if not field and plain:
            unread.append(label.strip()[:20])
        elif field and plain and field not in values:
            values[field] = plain
    return Incoming(layout, raw.strip(), values, tuple(dict.fromkeys(unread)))


def clean_value(field: str, value: str) -> str:
    plain = value.strip().strip("；;").strip()
    if plain.casefold() in ("", "无", "null", "none", "nan", "-", "—", "/"):
        return ""
    if field in CODES:
        plain = unicodedata.normalize("NFKC", plain).strip(" 。，,.'\"`")
        return plain[:60] if len(plain) <= 60 else ""
    return plain[:MOST] if field != "content" else plain
