"""The timeline of a form in words, and what it says on the complaint's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.rectifications.rules import (
    LIVE,
    ORDER_LABELS,
    RESIGN_LABELS,
    VISIT_LABELS,
    Order,
    Resign,
    State,
    Visit,
)
from longzhong.cases.rectifications.selectors.lists import of_complaint, open_measures
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org

JUDGED = {"met": "按时", "late": "超时"}
STAFF, UNITS = ("owner", "signer", "delegate", "for_staff"), ("unit", "part_unit")
Names = Mapping[int, str]
SHOWN_MEASURES = 3


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step; two queries for the names of people and units."""
    people, units = org.staff_names(_ids(steps, STAFF)), org.unit_names(_ids(steps, UNITS))
    return ["\n".join(filter(None, [_codes(step.data, people, units), matters.said(step)])) for step in steps]


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """On a complaint's page: where its form stands, which measures are open, and the way there."""
    row = of_complaint(actor, complaint_id)
    if row is None:
        return None
    href = reverse("rectifications:detail", args=[row.pk])
    lines = [
        Line(_("整改单"), row.get_state_display(), href, row.number or ""),
        Line(_("责任单位"), row.unit.short_name or row.unit.name, note=str(row.owner or "")),
    ]
    if row.state in LIVE:
        rest = list(open_measures(row).select_related("owner"))
        lines += [
            Line(vault.unseal(one.text_sealed)[:40], _("%s 前完成") % one.due_on, note=str(one.owner))
            for one in rest[:SHOWN_MEASURES]
        ]
        lines += [Line(_("未举证措施"), _("%s 项") % len(rest))] if len(rest) > SHOWN_MEASURES else []
    links = (Link(_("打开整改单"), href, "tool"),) if row.state != State.SUPERSEDED else ()
    return Panel(_("整改单"), tuple(lines), links, order=20)


def _ids(steps: Sequence[StepCard], keys: Sequence[str]) -> set[int]:
    return {step.data[key] for step in steps for key in keys if isinstance(step.data.get(key), int)}


def _codes(data: Mapping[str, Any], people: Names, units: Names) -> str:
    parts = [*_placed(data, people, units), *_happened(data)]
    return "；".join(part for part in parts if part)


def _placed(data: Mapping[str, Any], people: Names, units: Names) -> list[str]:
    return [
        f"责任单位：{units[data['unit']]}" if data.get("unit") in units else "",
        f"会签：{units[data['part_unit']]}" if data.get("part_unit") in units else "",
        f"责任人：{people[data['owner']]}" if data.get("owner") in people else "",
        f"会签人：{people[data['signer']]}" if data.get("signer") in people else "",
        f"委托 {people[data['delegate']]} 代签" if data.get("delegate") in people else "",
        f"代 {people[data['for_staff']]} 签" if data.get("for_staff") in people else "",
    ]


def _happened(data: Mapping[str, Any]) -> list[str]:
    order, resign, found = data.get("order"), data.get("resign"), data.get("found")
    return [
        ORDER_LABELS[Order(order)] if order else "",
        f"退回后{RESIGN_LABELS[Resign(resign)]}" if resign else "",
        f"第{data['signing_round']}次会签" if data.get("signing_round") else "",
        f"第{data['number']}项措施" if data.get("number") else "",
        f"第{data['times']}次退回" if data.get("times") else "",
        f"{data['from_on']} 至 {data['to_on']}" if data.get("from_on") and data.get("to_on") else "",
        f"期限 {data['due_on']}" if data.get("due_on") else "",
        f"成效评价日 {data['review_on']}" if data.get("review_on") else "",
        VISIT_LABELS[Visit(found)] if found else "",
        *(JUDGED[one] for one in (data.get("clocks") or {}).values() if one in JUDGED),
    ]
