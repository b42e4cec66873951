"""What may be asked and granted (申诉目的与改判): always less than what stands against the unit, never more. Pure."""

from dataclasses import dataclass

from longzhong.cases.appeals.rules.words import Ask, Choice
from longzhong.cases.complaints.rules import Responsibility, Verdict
from longzhong.cases.complaints.rules.deciding import AGREES

WEIGHT = {Verdict.DISMISSED: 0, Verdict.PARTLY: 1, Verdict.UPHELD: 2}
FLAWS = {
    "ask_unknown": "请选择申诉目的：改为不属实、改为部分属实，或改判责任分类；什么都没有改动。",
    "ask_changes_nothing": "申诉目的与现在的核定相同，或比现在更重；什么都没有改动。",
    "ask_contradicts": "责任分类与申诉目的不一致；什么都没有改动。",
    "result_contradicts": "部分采纳的结果须轻于现在的核定、重于申诉的要求，且责任与定性一致；什么都没有改动。",
}


@dataclass(frozen=True)
class Stand:
    """A verdict with its responsibility."""

    verdict: str
    responsibility: str


def wanted(ask: str, responsibility: str, was: Stand) -> Stand:
    """What the complaint would stand as if the appeal were allowed as asked."""
    if ask == Ask.DISMISSED:
        return Stand(Verdict.DISMISSED, responsibility)
    if ask == Ask.PARTLY:
        return Stand(Verdict.PARTLY, responsibility or was.responsibility)
    return Stand(was.verdict, responsibility)


def ask_flaw(ask: str, responsibility: str, was: Stand) -> str | None:
    """The code of what can't be asked of this verdict; None where all is well."""
    if ask not in set(Ask):
        return "ask_unknown"
    goal = wanted(ask, responsibility, was)
    if not _agrees(goal):
        return "ask_contradicts"
    lighter = WEIGHT[Verdict(goal.verdict)] < WEIGHT[Verdict(was.verdict)]
    turned = ask == Ask.RESPONSIBILITY and goal.responsibility != was.responsibility
    return None if lighter or turned else "ask_changes_nothing"


def choices(ask: str) -> tuple[Choice, ...]:
    """What can be voted: another responsibility is given or not, there is nothing between."""
    return (Choice.ALLOWED, Choice.REFUSED) if ask == Ask.RESPONSIBILITY else (
        Choice.ALLOWED, Choice.PARTLY, Choice.REFUSED
    )  # fmt: skip


def result_flaw(was: Stand, goal: Stand, result: Stand) -> str | None:
    """The code of what a partly allowed appeal can't be; it changes something, and gives less than was asked."""
    if result.verdict not in WEIGHT or not _agrees(result) or result == was:
        return "result_contradicts"
    low, mine, high = (WEIGHT[Verdict(one.verdict)] for one in (goal, result, was))
    return None if low < mine <= high else "result_contradicts"


def _agrees(stand: Stand) -> bool:
    return stand.responsibility in set(Responsibility) and stand.responsibility in AGREES[Verdict(stand.verdict)]
