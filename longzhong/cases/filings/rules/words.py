"""The words of filings (报备): which risks may be filed ahead, for where and whom.

REFERENCE §1.7: risk pre-filing, e.g. storms (F2); S4-19: unreasonable repeated demands; point 5 of issue 5: media and major events.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    STORM = "storm"
    MEDIA = "media"
    DEMAND = "demand"
    EVENT = "event"


KIND_LABELS = {
    Kind.STORM: "恶劣天气、不可抗力",
    Kind.MEDIA: "媒体舆情",
    Kind.DEMAND: "不合理重复诉求",
    Kind.EVENT: "重大活动、重大事项",
}


@dataclass(frozen=True)
class Asked:
    """A filing as somebody typed it. Places, categories and customers are codes, as people know them.

    `whole_unit`: the whole of the unit. A filing of one customer names the account (户号) or the phone.
    """

    kind: str = ""
    title: str = ""
    grounds: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    whole_unit: bool = False
    areas: tuple[str, ...] = ()
    feeders: tuple[str, ...] = ()
    estates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    account: str = ""
    phone: str = ""
    late_reason: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read. `asked` for an edit, `months` for a misuse."""

    reason: str = ""
    months: int = 0
    label: str = ""
    asked: Asked = Asked()
