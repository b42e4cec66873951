"""What may be shown in plain on request (查看明文), and which reason counts. Every showing is journalled (PIPL 6,
51).
"""

from enum import StrEnum

SHORTEST_REASON = 4


class RevealField(StrEnum):
    NAME = "name"
    CODE = "code"
    ADDRESS = "address"
    NOTE = "note"
    PHONE = "phone"
    CONTACT_NAME = "contact_name"
    ID_NUMBER = "id_number"


FIELD_WORDS = {
    RevealField.NAME: "户名", RevealField.CODE: "户号", RevealField.ADDRESS: "详细地址", RevealField.NOTE: "标记说明",
    RevealField.PHONE: "电话", RevealField.CONTACT_NAME: "联系人姓名", RevealField.ID_NUMBER: "证件号码",
}  # fmt: skip


def good_reason(words: str) -> bool:
    """A reason says something: at least four different characters, not 1111 or 。。。。."""
    return len("".join(words.split())) >= SHORTEST_REASON and len(set(words)) >= SHORTEST_REASON - 1
