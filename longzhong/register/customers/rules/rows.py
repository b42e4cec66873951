"""A row of the marketing system's customer list, checked before it is kept.

A row without 户号, or with a text that the database can't hold, is refused. A phone or identity number that can't be
one is left out and remarked: the account is kept, for a customer lost is worse than a phone lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.rules.accounts import AccountKind, AccountState
from longzhong.register.customers.rules.contacts import Relation
from longzhong.register.customers.rules.numbers import is_id_number, is_phone, normal_id_number, normal_phone
from longzhong.register.customers.rules.priority import Grade
from longzhong.register.org.rules.rows import Kept, RefusedRow

MOST = {"code": 32, "name": 120, "contact": 60, "room": 120, "phone": 120, "meter_code": 40, "tag": 20}
MOST_OTHERWISE = 60
SEVERAL = re.compile(r"[/;；、,，|]|\s{2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """What an import or a demo county knows of one account. `phone` may hold several, the preferred one first."""

    code: str
    name: str = ""
    kind: str = AccountKind.RESIDENT
    state: str = ""
    unit_code: str = ""
    area_code: str = ""
    meter_code: str = ""
    town: str = ""
    village: str = ""
    estate: str = ""
    building: str = ""
    room: str = ""
    contact: str = ""
    phone: str = ""
    relation: str = Relation.OWNER
    id_number: str = ""
    priority: str = ""
    tag: str = ""
    opened_on: date | None = None


@dataclass(frozen=True)
class RowNote(RefusedRow):
    """What was wrong with one row, and in which column; the sentence never repeats the value."""

    column: str = ""


@dataclass(frozen=True)
class AccountsKept(Kept):
    """`remarks` are of rows that were kept in part: a phone left out, an area not known."""

    remarks: tuple[RowNote, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanRow:
    """A checked row and its readable phones."""

    index: int
    row: AccountRow
    phones: tuple[str, ...]


TEXTS = tuple(field.name for field in fields(AccountRow) if field.name != "opened_on")
CHOICES: dict[str, frozenset[str]] = {
    "kind": frozenset(AccountKind),
    "state": frozenset(AccountState) | {""},
    "relation": frozenset(Relation),
    "priority": frozenset(Grade) | {""},
}
COLUMN_WORDS = {
    "code": "户号", "name": "户名", "kind": "用电类别", "state": "用户状态", "unit_code": "供电单位编码",
    "area_code": "台区编号", "meter_code": "表号", "town": "乡镇", "village": "村", "estate": "小区", "building": "楼栋",
    "room": "门牌", "contact": "联系人", "phone": "联系电话", "relation": "关系", "id_number": "证件号码",
    "priority": "重要敏感类别", "tag": "标签",
}  # fmt: skip


def check_row(index: int, row: AccountRow) -> CleanRow | RowNote:
    """The row with clean texts and its phones, or the note that refuses it."""
    cleaned: dict[str, Any] = {}
    for column in TEXTS:
        try:
            cleaned[column] = clean_text(getattr(row, column), MOST.get(column, MOST_OTHERWISE))
        except Refused as refusal:
            return RowNote(index, refusal.code, f"{COLUMN_WORDS[column]}：{refusal.message}", column)
        if column in CHOICES and cleaned[column] not in CHOICES[column]:
            return RowNote(index, "choice_unknown", f"{COLUMN_WORDS[column]}：不认识的取值。", column)
    if not cleaned["code"]:
        return RowNote(index, "code_missing", "没有户号。", "code")
    cleaned["id_number"] = normal_id_number(cleaned["id_number"])
    phones = tuple(dict.fromkeys(filter(is_phone, map(normal_phone, SEVERAL.split(cleaned["phone"])))))
    return CleanRow(index, replace(row, **cleaned), phones)


def remarks_of(clean: CleanRow) -> Iterator[RowNote]:
    """What of a kept row was left out."""
    if clean.row.phone and not clean.phones:
        yield RowNote(clean.index, "phone_unreadable", "联系电话认不出来，没有保存；户已保存。", "phone")
    if clean.row.id_number and not is_id_number(clean.row.id_number):
        yield RowNote(clean.index, "id_unreadable", "证件号码校验不通过，没有保存；户已保存。", "id_number")


def id_number_of(clean: CleanRow) -> str:
    """The identity number if it can be one."""
    return clean.row.id_number if is_id_number(clean.row.id_number) else ""
