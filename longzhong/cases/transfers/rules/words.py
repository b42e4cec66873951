"""The words of estate asset transfer (小区电力资产移交, S1-34): whose defect it is, what papers belong to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Party(StrEnum):
    """Who has to put a defect right (整改责任)."""

    DEVELOPER = "developer"
    PROPERTY = "property"
    OWNERS = "owners"
    COMPANY = "company"


PARTY_LABELS = {
    Party.DEVELOPER: "开发商",
    Party.PROPERTY: "物业公司",
    Party.OWNERS: "业主委员会",
    Party.COMPANY: "供电公司",
}


class Paper(StrEnum):
    APPLICATION = "application"
    SURVEY = "survey"
    NOTICE = "notice"
    PROOF = "proof"
    ACCEPTANCE = "acceptance"
    CONTRACT = "contract"
    OTHER = "document"


PAPER_LABELS = {
    Paper.APPLICATION: "移交申请",
    Paper.SURVEY: "勘查记录",
    Paper.NOTICE: "整改通知",
    Paper.PROOF: "整改证明",
    Paper.ACCEPTANCE: "验收单",
    Paper.CONTRACT: "移交协议",
    Paper.OTHER: "其他",
}


@dataclass(frozen=True)
class NewTransfer:
    """An estate to take over, as it was typed; `area` is a code, "" if there is none yet."""

    estate: str
    developer: str = ""
    property_company: str = ""
    households: int = 0
    area: str = ""


@dataclass(frozen=True)
class NewDefect:
    """A defect: what, whose, until which day."""

    text: str
    party: str
    due_on: date | None


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    reason: str = ""
    defect: NewDefect = NewDefect("", "", None)
    defect_id: int = 0
    label: str = ""
    contract_no: str = ""
    paper: str = Paper.OTHER.value
