"""The timeline of an appeal in words: what each step's codes mean. A vote says how many have voted, never what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.appeals.rules import (
    ASK_LABELS,
    CHOICE_LABELS,
    GROUND_LABELS,
    PANEL_CLOCK,
    PART_LABELS,
    Ask,
    Choice,
    Ground,
    Part,
)
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, VERDICT_LABELS, Responsibility, Verdict
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.register.org import selectors as org

JUDGED = {"met": "按时", "late": "超时"}
Names = Mapping[int, str]


def told(cards: Sequence[StepCard]) -> list[str]:
    """The text of each step; two queries for the names of people and units."""
    people = org.staff_names({one for card in cards for one in _staff(card.data)})
    units = org.unit_names({card.data["unit"] for card in cards if isinstance(card.data.get("unit"), int)})
    return ["\n".join(filter(None, [_codes(card.data, people, units), matters.said(card)])) for card in cards]


def _staff(data: Mapping[str, Any]) -> list[int]:
    one = [data[key] for key in ("staff", "left", "came") if isinstance(data.get(key), int)]
    return [*one, *data.get("members", ())]


def _codes(data: Mapping[str, Any], people: Names, units: Names) -> str:
    parts = [*_asked(data), *_sealed(data, people, units), *_judged(data, people)]
    return "；".join(part for part in parts if part)


def _asked(data: Mapping[str, Any]) -> list[str]:
    grounds = "、".join(GROUND_LABELS[Ground(one)] for one in data.get("grounds", ()))
    return [
        f"申诉原因：{grounds}" if grounds else "",
        f"目的：{ASK_LABELS[Ask(data['ask'])]}" if data.get("ask") else "",
        f"编号 {data['number']}" if data.get("number") else "",
    ]


def _sealed(data: Mapping[str, Any], people: Names, units: Names) -> list[str]:
    if not data.get("part"):
        return []
    who = f"{units.get(data['unit'], '')} {people.get(data['staff'], '')}".strip()
    return [f"{PART_LABELS[Part(data['part'])]}：{who} {data['on']}"]


def _judged(data: Mapping[str, Any], people: Names) -> list[str]:
    members = "、".join(people[one] for one in data.get("members", ()) if one in people)
    swapped = f"{people.get(data['left'], '')}→{people.get(data['came'], '')}" if data.get("left") else ""
    clocks = data.get("clocks") or {}
    what = _("投票") if data.get("of") else _("评审")
    verdict = next(iter(clocks.values()), "") if data.get("of") else clocks.get(PANEL_CLOCK)
    return [
        f"评审人：{members}" if members else "",
        swapped,
        _("申诉期已于 %s 截止") % data["last_on"] if data.get("last_on") else "",
        f"已投票 {data['voted']}/{data['of']}" if data.get("of") else "",
        f"评审结论：{CHOICE_LABELS[Choice(data['outcome'])]}" if data.get("outcome") else "",
        f"改判：{VERDICT_LABELS[Verdict(data['verdict'])]}" if data.get("verdict") else "",
        RESPONSIBILITY_LABELS[Responsibility(data["responsibility"])] if data.get("responsibility") else "",
        f"{what}{JUDGED[verdict]}" if verdict in JUDGED else "",
    ]
