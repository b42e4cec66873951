"""What is asked of a customer, told once and completely (一次性告知, REFERENCE §2.7 F seed 004).

Which documents a business needs is the policy `onetime.<kind>` of the unit (packs/closures.toml: each list with its source and
confidence; they are ours, U, until the office confirms them). A document that was not on the handed list and is asked for later is
our fault. 一证受理 (F/F2): the identity or the property document is enough to accept; the rest is committed to in writing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from longzhong.cases.closures.rules.words import Ground


class Kind(StrEnum):
    """A business with a list of its own."""

    CLOSE_RESIDENT = "close_resident"
    CLOSE_BUSINESS = "close_business"
    CLOSE_DEMOLITION = "close_demolition"
    CLOSE_IDLE = "close_idle"
    CLOSE_BANKRUPT = "close_bankrupt"
    OWNER = "owner"
    RENAME = "rename"
    RECLASS = "reclass"
    MOVE = "move"


KIND_LABELS = {
    Kind.CLOSE_RESIDENT: "居民销户", Kind.CLOSE_BUSINESS: "非居民销户", Kind.CLOSE_DEMOLITION: "拆迁销户",
    Kind.CLOSE_IDLE: "连续不用电终止用电", Kind.CLOSE_BANKRUPT: "破产客户销户", Kind.OWNER: "过户", Kind.RENAME: "更名",
    Kind.RECLASS: "改类", Kind.MOVE: "迁址",
}  # fmt: skip
PAPERS = {
    "identity": "身份证明（居民身份证等，原件核对）",
    "property": "房屋产权或使用证明",
    "agreement": "拆迁补偿协议或拆迁公告（二者之一）",
    "authority": "授权委托书和经办人身份证明（他人代办时）",
    "licence": "营业执照或组织机构证明",
    "seal": "加盖公章的销户申请",
    "load": "用电设备清单",
    "account": "预存电费退费账户资料",
    "consent": "原户主同意书或继承、买卖证明",
    "idle": "现场无人用电的记录和照片",
    "notice": "终止用电书面通知的送达记录",
    "court": "法院裁定或管理人文件",
}
SHOWN = ("identity", "property", "agreement", "licence", "court", "notice")
AGENT = "authority"
SAME_AS_HOTLINE = frozenset({"identity", "property", "licence", "authority", "load", "account"})
"""Codes that mean the same document on the hotline's list: one bringing serves both."""


@dataclass(frozen=True)
class Asked:
    """One document of a handed list, for showing: `told` False: asked for afterwards, which was our fault."""

    code: str
    words: str
    brought: bool
    told: bool


def kind_of(ground: str, is_resident: bool) -> Kind:
    """The business list of a closure."""
    by_ground = {
        Ground.DEMOLITION: Kind.CLOSE_DEMOLITION,
        Ground.IDLE: Kind.CLOSE_IDLE,
        Ground.BANKRUPT: Kind.CLOSE_BANKRUPT,
    }
    return by_ground.get(Ground(ground), Kind.CLOSE_RESIDENT if is_resident else Kind.CLOSE_BUSINESS)


def wanted(listed: Iterable[str], *, agent: bool) -> tuple[str, ...]:
    """The documents of a list that this customer has to bring: the agent's only where an agent comes; order kept, each once."""
    return tuple(dict.fromkeys(code for code in listed if code in PAPERS and (agent or code != AGENT)))


def unknown(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of a policy that name no document of ours."""
    return tuple(code for code in codes if code not in PAPERS)


def is_told_twice(code: str, told: Collection[str]) -> bool:
    """Whether asking for this document now is a second request: it stood on no list that was handed over."""
    return code not in told


def paper_words(code: str) -> str:
    return PAPERS.get(code, code)
