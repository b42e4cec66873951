"""A supply contract (户) and its life: 在用 → 销户办理中 → 已销户, or 已拆迁.

Seeds S0-21 and S0-38: a closed or demolished account must be known as such before anybody sends it a bill message.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move


class AccountKind(StrEnum):
    RESIDENT = "resident"
    BUSINESS = "business"
    INDUSTRY = "industry"
    FARM = "farm"
    PUBLIC = "public"
    OTHER = "other"


class AccountState(StrEnum):
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    DEMOLISHED = "demolished"


KIND_WORDS = {
    AccountKind.RESIDENT: "居民", AccountKind.BUSINESS: "一般工商业", AccountKind.INDUSTRY: "大工业",
    AccountKind.FARM: "农业", AccountKind.PUBLIC: "机关事业", AccountKind.OTHER: "其他",
}  # fmt: skip
STATE_WORDS = {
    AccountState.ACTIVE: "在用", AccountState.CLOSING: "销户办理中",
    AccountState.CLOSED: "已销户", AccountState.DEMOLISHED: "已拆迁",
}  # fmt: skip

READERS = ("grid", "desk", "crew", "station", "quality", "dept", "leader")  # who sees masked customers
KEEPERS = ("grid", "desk", "station", "quality")  # who changes contacts, consents, marks
REVEALERS = ("grid", "desk", "crew", "station", "quality")  # who may see one value in plain, with a reason
IMPORTERS = ("admin",)  # whose units may be filled from the marketing system
OWN_GRID = ("grid", "station")  # whose scope counts as one's own grid for the 户号

ACCOUNT_LIFE = Machine(
    name="customers.account",
    states=AccountState,
    moves=(
        Move("begin_closing", (AccountState.ACTIVE,), AccountState.CLOSING, KEEPERS, label="受理销户"),
        Move("cancel_closing", (AccountState.CLOSING,), AccountState.ACTIVE, KEEPERS, label="撤销销户"),
        Move(
            "close",
            (AccountState.CLOSING, AccountState.DEMOLISHED),
            AccountState.CLOSED,
            KEEPERS,
            label="办结销户",
        ),
        Move(
            "demolish",
            (AccountState.ACTIVE, AccountState.CLOSING),
            AccountState.DEMOLISHED,
            KEEPERS,
            label="标记拆迁",
        ),
    ),
)
