"""The words of contacts and notices: how the customer was reached, and how the written notice was handed over."""

from enum import StrEnum

DISPUTED = (
    "complaint.",
    "opinion.business",
    "report.discipline",
    "application.meter",
    "application.reading",
    "repair.meter",
)
"""Category codes whose open case of the account is a dispute: every complaint; bills, reading and metering of the other types."""
RECONNECT = "application.reconnect"


class Way(StrEnum):
    VISIT = "visit"
    CALL = "call"


class Receipt(StrEnum):
    SIGNED = "signed"
    WITNESSED = "witnessed"
    POSTED = "posted"


WAY_LABELS = {Way.VISIT: "上门见面", Way.CALL: "电话接通"}
RECEIPT_LABELS = {
    Receipt.SIGNED: "当面签收",
    Receipt.WITNESSED: "留置送达（见证人签字）",
    Receipt.POSTED: "挂号邮寄签收",
}


def yuan(fen: int) -> str:
    """12345 → "123.45 元"; money is kept in fen and never in floating point."""
    return f"{fen // 100:,}.{fen % 100:02d} 元"
