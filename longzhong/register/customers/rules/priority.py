"""Priority customers (REFERENCE §3.4, M): 重要电力用户 by grade, 敏感客户, 特殊群体.

重要: 特级, 一级, 二级, 临时性 (GB/T 29328). 敏感: a scored label, no legal class. 特殊群体: people whom an outage or a
low voltage hits harder. What says something about health is sensitive personal data (PIPL 28): it may be marked only on
a separate consent, a list of an authority, or an emergency; never just because somebody knows it. Lists of other
systems often name only the group: 未定级 and 未细分 say so.
"""

from enum import StrEnum


class Group(StrEnum):
    IMPORTANT = "important"
    SENSITIVE = "sensitive"
    SPECIAL = "special"


class Grade(StrEnum):
    IMPORTANT = "important"
    SUPREME = "supreme"
    FIRST = "first"
    SECOND = "second"
    TEMPORARY = "temporary"
    SENSITIVE = "sensitive"
    SPECIAL = "special"
    LONE_ELDER = "lone_elder"
    POOR = "poor"
    DISABLED = "disabled"
    CRITICALLY_ILL = "critically_ill"
    MEDICAL_DEVICE = "medical_device"


class Basis(StrEnum):
    """Why the mark may be kept."""

    CONTRACT = "contract"
    CONSENT = "consent"
    AUTHORITY = "authority"
    EMERGENCY = "emergency"


GROUP_WORDS = {Group.IMPORTANT: "重要", Group.SENSITIVE: "敏感", Group.SPECIAL: "特殊群体"}
GRADES: dict[Grade, tuple[Group, str]] = {
    Grade.IMPORTANT: (Group.IMPORTANT, "未定级"),
    Grade.SUPREME: (Group.IMPORTANT, "特级"),
    Grade.FIRST: (Group.IMPORTANT, "一级"),
    Grade.SECOND: (Group.IMPORTANT, "二级"),
    Grade.TEMPORARY: (Group.IMPORTANT, "临时性"),
    Grade.SENSITIVE: (Group.SENSITIVE, "敏感客户"),
    Grade.SPECIAL: (Group.SPECIAL, "未细分"),
    Grade.LONE_ELDER: (Group.SPECIAL, "孤寡老人"),
    Grade.POOR: (Group.SPECIAL, "低保/五保"),
    Grade.DISABLED: (Group.SPECIAL, "残疾人"),
    Grade.CRITICALLY_ILL: (Group.SPECIAL, "危重病人"),
    Grade.MEDICAL_DEVICE: (Group.SPECIAL, "家用医疗设备"),
}
HEALTH = frozenset({Grade.DISABLED, Grade.CRITICALLY_ILL, Grade.MEDICAL_DEVICE})
BASIS_WORDS = {
    Basis.CONTRACT: "供用电合同或职责", Basis.CONSENT: "本人单独同意",
    Basis.AUTHORITY: "主管部门或营销系统名单", Basis.EMERGENCY: "紧急情况",
}  # fmt: skip


def group_of(grade: Grade) -> Group:
    """The group a grade belongs to."""
    return GRADES[grade][0]


def words_of(grade: Grade) -> str:
    """重要·一级, 敏感, 特殊群体·孤寡老人."""
    group, word = GRADES[grade]
    return GROUP_WORDS[group] if group is Group.SENSITIVE else f"{GROUP_WORDS[group]}·{word}"


def basis_fault(grade: Grade, basis: Basis, health_consent: bool) -> str | None:
    """The refusal code of a mark, or None. `health_consent`: a separate health consent lives at the account."""
    if grade in HEALTH and basis is Basis.CONTRACT:
        return "health_basis_needed"
    if basis is Basis.CONSENT and group_of(grade) is Group.SPECIAL and not health_consent:
        return "health_consent_missing"
    return None
