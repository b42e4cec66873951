"""Recipe of arrears (欠费清单): open and paid bills by 户号 and month, as the marketing system exports them for dunning.

One row a bill: the same bill twice is one bill, two amounts for it in one file are refused. Names and phones that the lists
carry along are read so that they are masked, and never kept.
"""

import re

from longzhong.surfaces.exchange.rules import moments, numbers
from longzhong.surfaces.exchange.rules.cells import Cell, half, is_missing, raw, shown, text
from longzhong.surfaces.exchange.rules.columns import Column, Recipe
from longzhong.surfaces.exchange.rules.readers import code, day, words
from longzhong.surfaces.exchange.rules.reasons import Bad

_MONTH = re.compile(r"^(\d{4})(?:[-/.年]?)(\d{1,2})月?$", re.ASCII)
MOST_YUAN = 100_000_000.0


def bill(cell: Cell, column: str) -> str:
    """A bill's key; a month of billing in any spelling (202601, 2026-1, 2026年1月) is one key: 2026-01."""
    if is_missing(cell):
        return ""
    month = _MONTH.match(half(raw(cell)))
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02d}"
    return text(cell, column, 40)


def fen(cell: Cell, column: str) -> int | None:
    """An amount in yuan as whole fen; nothing owed or less is refused, not skipped."""
    yuan = numbers.number(cell, column, ("元",))
    if yuan is not None and not 0.01 <= yuan <= MOST_YUAN:
        raise Bad("out_of_range", column=column, low="0.01", high="1 亿", shown=shown(cell))
    return None if yuan is None else round(yuan * 100)


ARREARS = Recipe(
    code="arrears",
    title="欠费清单",
    about="每户每月一笔电费：应缴日期、金额，已缴的带缴费时间",
    key=("account_code", "bill"),
    columns=(
        Column("account_code", "户号", code, ("用户编号", "客户编号", "用电户号", "cons_no", "用户号"), required=True),
        Column("bill", "电费年月", bill, ("账单编号", "账单号", "应收年月", "rcvbl_ym", "欠费年月", "账期"), required=True),
        Column(
            "amount_fen", "欠费金额", fen,
            ("欠费", "应收金额", "应缴金额", "欠费余额", "应收电费", "rcvbl_amt", "未缴金额", "金额"), required=True,
        ),
        Column(
            "due_on", "应缴日期", day,
            ("缴费截止日期", "缴费期限", "到期日", "违约金起算日", "应缴截止日期", "pay_deadline"), required=True,
        ),
        Column("paid_at", "缴费时间", moments.moment, ("实收时间", "结清时间", "缴费日期", "结清日期", "实收日期")),
        Column("name", "户名", words(120), ("用户名称", "客户名称", "用电户名", "客户姓名")),
        Column("phone", "联系电话", words(120), ("手机", "手机号", "电话", "联系方式")),
    ),
)  # fmt: skip
