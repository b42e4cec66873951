"""One message and how a batch is counted: 已排队 = 待发 + 在途 + 已发 + 失败 + 结果不明; 取消 and 不发 stand apart.

The claim is committed before the provider is called. A message whose call was cut off is *uncertain* (结果不明): asked for
by our own number where the provider can tell, else held, or sent again where its template says so.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class MessageState(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why somebody gets no message (不发原因)."""

    ACCOUNT_UNKNOWN = "account_unknown"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_DEMOLISHED = "account_demolished"
    ACCOUNT_CLOSING = "account_closing"
    NO_CONTACT = "no_contact"
    NOT_MOBILE = "not_mobile"
    NO_CONSENT = "no_consent"
    PREFERENCE = "preference"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    BAD_PARAMS = "bad_params"
    FREQUENCY = "frequency"


class Interrupted(StrEnum):
    """What becomes of a message whose call was cut off and that the provider can't tell of."""

    HOLD = "hold"
    RESEND = "resend"


class Heard(StrEnum):
    """What came back about a message (回执)."""

    DELIVERED = "delivered"
    FAILED = "failed"
    CLICKED = "clicked"
    ACKNOWLEDGED = "acknowledged"


MESSAGE_WORDS = {
    MessageState.QUEUED: "待发", MessageState.CLAIMED: "在途", MessageState.SENT: "已发", MessageState.FAILED: "失败",
    MessageState.UNCERTAIN: "结果不明", MessageState.CANCELLED: "已取消", MessageState.SKIPPED: "不发",
}  # fmt: skip
GONE_SKIPS = (Skip.ACCOUNT_CLOSED, Skip.ACCOUNT_DEMOLISHED, Skip.ACCOUNT_CLOSING)  # suppressed by the account's state
SKIP_WORDS = {
    Skip.ACCOUNT_UNKNOWN: "没有这一户", Skip.ACCOUNT_CLOSED: "已销户", Skip.ACCOUNT_DEMOLISHED: "已拆迁",
    Skip.ACCOUNT_CLOSING: "销户办理中，不发此类通知",
    Skip.NO_CONTACT: "没有联系电话", Skip.NOT_MOBILE: "只有固定电话，收不到短信", Skip.NO_CONSENT: "没有同意接收",
    Skip.PREFERENCE: "本人要求不联系", Skip.NO_ADDRESS: "没有所选渠道的地址", Skip.BAD_ADDRESS: "地址不成立",
    Skip.BAD_PARAMS: "内容缺少或过长", Skip.FREQUENCY: "当天已收到上限条数",
}  # fmt: skip
FAIL_WORDS = {
    "exhausted": "各通道多次未成", "expired": "已过有效时间", "refused": "通道拒收", "render": "内容无法生成",
    "given_up": "人工不再重发", "bad_number": "号码不成立", "content": "内容被拒",
}  # fmt: skip
HEARD_WORDS = {
    Heard.DELIVERED: "已送达", Heard.FAILED: "未送达", Heard.CLICKED: "已点开", Heard.ACKNOWLEDGED: "已确认",
}  # fmt: skip
INTERRUPTED_WORDS = {Interrupted.HOLD: "保留，等人工决定", Interrupted.RESEND: "用原编号重发"}


@dataclass(frozen=True)
class Counts:
    """The messages of a batch by state; `total` is everybody who was named, less those merged into another's message."""

    waiting: int = 0
    claimed: int = 0
    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    cancelled: int = 0
    skipped: int = 0

    @property
    def queued(self) -> int:
        """All that were put in the queue and not taken back."""
        return self.waiting + self.claimed + self.sent + self.failed + self.uncertain

    @property
    def settled(self) -> int:
        return self.sent + self.failed + self.uncertain

    @property
    def total(self) -> int:
        return self.queued + self.cancelled + self.skipped

    def as_dict(self) -> dict[str, int]:
        """As it is kept on a row."""
        return asdict(self)

    @classmethod
    def of(cls, rows: Mapping[str, int]) -> "Counts":
        """From a count by state."""
        named = {("waiting" if state == MessageState.QUEUED else state): number for state, number in rows.items()}
        return cls(**named)


def our_id(token: str, message_id: int) -> str:
    """The number under which providers know a message; `token`: 8 hex digits of its batch. At most 24 characters."""
    return f"{token}{message_id:x}"


def message_of(our: str) -> tuple[str, int] | None:
    """(token, message id) of our number, or None."""
    try:
        return (our[:8], int(our[8:], 16)) if 9 <= len(our) <= 24 else None
    except ValueError:
        return None
