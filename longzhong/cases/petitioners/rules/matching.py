"""Whose file is it? By identity, phone, account or name, each with its weight. A match is a suggestion; a person confirms.

A phone is kept by one person most of the time, an account is shared by a household, a name by many: so a name alone
never links anything, and an account alone is shown as "请核对".
"""

from enum import StrEnum


class MatchBy(StrEnum):
    PERSON = "person"
    PHONE = "phone"
    ACCOUNT = "account"
    NAME = "name"
    HAND = "hand"


MATCH_POINTS = {MatchBy.PERSON: 8, MatchBy.PHONE: 6, MatchBy.ACCOUNT: 3, MatchBy.NAME: 1}
BY_WORDS = {
    MatchBy.PERSON: "证件号相同",
    MatchBy.PHONE: "电话相同",
    MatchBy.ACCOUNT: "同一户，请核对是不是本人",
    MatchBy.NAME: "姓名相同，请核对",
    MatchBy.HAND: "人工登记",
}
