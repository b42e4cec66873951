"""What a verdict must agree with: responsibility, cause, violations (属实核定, S0-02); who may be given a complaint. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field

from longzhong.cases.complaints.rules.words import COUNTS_AGAINST, Responsibility, Verdict, Violation
from longzhong.cases.hotline.rules.words import RootCause

UTILITY = (Responsibility.MARKETING, Responsibility.NON_MARKETING, Responsibility.PARTNER)
AGREES = {
    Verdict.UPHELD: UTILITY,
    Verdict.PARTLY: UTILITY,
    Verdict.DISMISSED: (Responsibility.CUSTOMER, Responsibility.NONE),
}
"""Upheld: the utility or its partner answers for it. Not upheld: the customer does, or nobody."""
LEAST_WORDS = 4
FLAWS = {
    "verdict_unknown": "请选择属实、部分属实或不属实；什么都没有改动。",
    "responsibility_contradicts": "责任分类与定性不一致：属实的由公司或合作伙伴负责，不属实的由用户负责或无责任；什么都没有改动。",
    "root_cause_unknown": "请从五大主因里选择根本原因；什么都没有改动。",
    "violation_unknown": "请从“十个不准”里选择违反的条款；什么都没有改动。",
    "violation_contradicts": "不属实的投诉不能认定违反“十个不准”；什么都没有改动。",
    "basis_missing": "请写明核定依据；什么都没有改动。",
}


@dataclass(frozen=True)
class Finding:
    """A verdict as it is proposed or decided."""

    verdict: str
    responsibility: str = ""
    root_cause: str = ""
    violations: Collection[str] = field(default_factory=tuple)


def flaw(found: Finding) -> str | None:
    """The code of what doesn't agree; None where all does."""
    if found.verdict not in AGREES:
        return "verdict_unknown"
    if found.responsibility not in AGREES[Verdict(found.verdict)]:
        return "responsibility_contradicts"
    against = found.verdict in COUNTS_AGAINST
    if found.root_cause not in set(RootCause) and (against or found.root_cause):
        return "root_cause_unknown"
    if not set(found.violations) <= set(Violation):
        return "violation_unknown"
    return "violation_contradicts" if found.violations and not against else None


def counts_against(verdict: str) -> bool:
    """Whether a complaint with this verdict counts as substantiated (属实)."""
    return verdict in COUNTS_AGAINST


def is_written(words: str) -> bool:
    """Whether somebody wrote more than a sign of having been there."""
    return len(words.strip()) >= LEAST_WORDS
