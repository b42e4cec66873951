"""The timeline of a complaint in words: what each step's codes mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from longzhong.cases.complaints.rules import (
    EVIDENCE_LABELS,
    MACHINES,
    RESPONSIBILITY_LABELS,
    VERDICT_LABELS,
    VIOLATION_LABELS,
    Evidence,
    Kind,
    Responsibility,
    Verdict,
    Violation,
)
from longzhong.cases.complaints.rules.clocks import CLOCK_LABELS
from longzhong.cases.hotline.rules.words import (
    CAUSE_LABELS,
    CHANNEL_LABELS,
    GRADE_LABELS,
    RESULT_LABELS,
    CallResult,
    Channel,
    Grade,
    RootCause,
)
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.register.org import selectors as org

WORDS = {
    **{row.verb: row.label for row in MACHINES[Kind.COMPLAINT].moves},
    "accept": "受理", "correct": "按申诉更正", "become_secret": "客户要求保密",
}  # fmt: skip
JUDGED = {"met": "按时", "late": "超时"}
STAFF, UNITS = ("handler", "was_handler", "about", "was_about"), ("unit", "department")
Names = Mapping[int, str]


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; two queries for the names of people and units."""
    people = org.staff_names(_ids(cards, STAFF))
    units = org.unit_names(_ids(cards, UNITS))
    return ["\n".join(filter(None, [_codes(card.data, people, units), matters.said(card)])) for card in cards]


def _ids(cards: Sequence[StepCard], keys: Sequence[str]) -> set[int]:
    return {card.data[key] for card in cards for key in keys if isinstance(card.data.get(key), int)}


def _codes(data: Mapping[str, Any], people: Names, units: Names) -> str:
    parts = [*_placed(data, people, units), *_judged(data), *_happened(data)]
    return "；".join(part for part in parts if part)


def _placed(data: Mapping[str, Any], people: Names, units: Names) -> list[str]:
    grade, was = data.get("grade"), data.get("was_grade")
    return [
        f"等级：{GRADE_LABELS[Grade(was)]}→{GRADE_LABELS[Grade(grade)]}" if grade and was else
        f"等级：{GRADE_LABELS[Grade(grade)]}" if grade else "",
        f"责任单位：{units[data['unit']]}" if data.get("unit") in units else "",
        f"专业部门：{units[data['department']]}" if data.get("department") in units else "",
        f"调查人：{people[data['handler']]}" if data.get("handler") in people else "",
        f"被投诉人：{people[data['about']]}" if data.get("about") in people else "",
        f"原指明：{people[data['was_about']]}" if data.get("was_about") in people else "",
        f"原调查人：{people[data['was_handler']]}" if data.get("was_handler") in people else "",
    ]  # fmt: skip


def _judged(data: Mapping[str, Any]) -> list[str]:
    verdict, responsibility, cause = data.get("verdict"), data.get("responsibility"), data.get("root_cause")
    return [
        VERDICT_LABELS[Verdict(verdict)] if verdict else "",
        RESPONSIBILITY_LABELS[Responsibility(responsibility)] if responsibility else "",
        f"主因：{CAUSE_LABELS[RootCause(cause)]}" if cause else "",
        *(VIOLATION_LABELS[Violation(one)] for one in data.get("violations", ())),
    ]


def _happened(data: Mapping[str, Any]) -> list[str]:
    result, evidence = data.get("result"), data.get("evidence")
    clocks = data.get("clocks") or {}
    return [
        ("按要求不联系客户" if result == "none" else RESULT_LABELS[CallResult(result)]) if result else "",
        EVIDENCE_LABELS[Evidence(evidence)] if evidence else "",
        f"第{data['times']}次退回" if data.get("times") else "",
        f"越级诉求，按原渠道（{CHANNEL_LABELS[Channel(data['channel'])]}）答复" if data.get("over_level") else "",
        *(f"{CLOCK_LABELS.get(name, name)}{JUDGED[verdict]}" for name, verdict in clocks.items() if verdict in JUDGED),
    ]
