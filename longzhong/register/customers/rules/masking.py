"""What of a person is shown unasked (脱敏): REFERENCE §8.2, the tightened column.

姓名 first character only, 手机 3+4, 固话 4+2, 身份证 1+2 and never in a list, 地址 down to 小区/村, 户号 the last 4
outside one's own grid, 邮箱 the first letter. A text too short for its pattern is hidden whole. Names of
organisations are not personal and stay readable.
"""

import re

STAR = "*"
HIDDEN = "****"
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{9,11}")
SEPARATORS = "·•・‧ -"

# Ends that surely name an organisation. 店, 经营部, 诊所 and the like are left out: they may carry their owner's name.
ORGANISATION_ENDS = (
    "公司", "集团", "厂", "学校", "小学", "中学", "大学", "学院", "幼儿园", "医院", "卫生院", "卫生室", "局", "委员会",
    "村委会", "居委会", "政府", "银行", "支行", "分行", "信用社", "中心", "供电所", "派出所", "法院", "检察院", "部队",
    "协会", "酒店", "宾馆", "商场", "指挥部", "加油站", "泵站",
)  # fmt: skip


def mask_name(name: str) -> str:
    """段正淳 → 段**, 欧阳锋 → 欧**, 买买提·吐尔逊 → 买**·***, John Smith → J*** *****; one character → *."""
    plain = " ".join(name.split())
    if len(plain) <= 1:
        return STAR * len(plain)
    return plain[0] + "".join(char if char in SEPARATORS else STAR for char in plain[1:])


def is_organisation(name: str) -> bool:
    """Whether a contract holder is surely not a person."""
    plain = "".join(name.split())
    return len(plain) >= 4 and plain.endswith(ORGANISATION_ENDS)


def mask_party(name: str) -> str:
    """The holder of a supply contract (户名): an organisation as it is, anybody else as a person."""
    return name if is_organisation(name) else mask_name(name)


def mask_phone(phone: str) -> str:
    """18049531999 → 180****1999; 09157518479 → 0915*****79; anything else keeps its last two digits at most."""
    if MOBILE.fullmatch(phone):
        return phone[:3] + HIDDEN + phone[-4:]
    if LANDLINE.fullmatch(phone):
        return phone[:4] + STAR * (len(phone) - 6) + phone[-2:]
    return _tail(phone, 2)


def mask_address(town: str, village: str, estate: str, has_more: bool = True) -> str:
    """To the level of 小区 or 村; building, unit and room show only that they exist."""
    return town + village + estate + (HIDDEN if has_more else "")


def mask_account_code(code: str) -> str:
    """4200001234567 → *********4567."""
    return _tail(code, 4)


def mask_email(email: str) -> str:
    """duan@example.com → d***@example.com."""
    local, at, host = email.rpartition("@")
    if not at:
        return STAR * len(email)
    shown = local[:1] if len(local) > 1 else ""
    return shown + STAR * (len(local) - len(shown)) + "@" + host


def _tail(text: str, shown: int) -> str:
    """The last characters of a text at least twice as long, else nothing."""
    if len(text) < 2 * shown:
        return STAR * len(text)
    return STAR * (len(text) - shown) + text[-shown:]
