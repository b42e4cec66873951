"""Reports to read: the board, the card of a page, a version, the panel on the complaint's page."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.analyses.models import Report, Version
from longzhong.cases.analyses.rules import LIVE, MACHINE, READERS, WRITERS, Part, Parts, changed
from longzhong.cases.analyses.selectors.door import barred, label, may, report_of, visible_to
from longzhong.cases.complaints import selectors as complaints
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.dispatch.matters.selectors import ClockCard, StepCard
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories

VERB_WORDS = {"open": "生成报告", "erase": "到期删除正文", **{row.verb: row.label for row in MACHINE.moves}}


@dataclass(frozen=True)
class VersionLine:
    """A kept version: who saved it when, and which parts it changed; `by` "": prefilled by the house. `erased`: words are gone."""

    number: int
    by: str
    at: datetime
    parts: Parts
    changed: tuple[Part, ...]
    erased: bool


@dataclass(frozen=True)
class Card:
    """A report as its page shows it; `versions` the newest first; `moves` are open to the actor, `barred` aren't: codes."""

    report: Report
    category: str
    parts: Parts
    versions: tuple[VersionLine, ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]
    barred: dict[str, str]


def board(actor: Actor) -> QuerySet[Report]:
    """Reports with what a list shows, those due first."""
    beside = ("complaint__case", "complaint__category", "complaint__unit", "complaint__department")
    return visible_to(actor).select_related(*beside).order_by("due_at", "-opened_at", "-id")


def late(rows: QuerySet[Report], at: datetime) -> QuerySet[Report]:
    """Those whose deadline has passed."""
    return rows.filter(state__in=LIVE, due_at__lt=at)


def report_card(actor: Actor, report_id: int, at: datetime) -> Card:
    """One report with everything that its page shows."""
    row = report_of(actor, report_id)
    lines = versions(row)
    allowed = [one for one in MACHINE.moves_from(row.state, actor.roles) if may(actor, one.roles, row.complaint)]
    codes = {one.verb: code for one in allowed if (code := barred(actor, row, one.verb)) is not None}
    return Card(
        row, categories.label_of(row.complaint.category_id), lines[0].parts if lines else {}, lines,
        tuple(matters.clock_cards(label(row.pk), at)), tuple(matters.steps(label(row.pk))),
        tuple(one for one in allowed if one.verb not in codes), codes,
    )  # fmt: skip


def versions(row: Report) -> tuple[VersionLine, ...]:
    """All versions of a report, the newest first, each with what it changed."""
    lines: list[VersionLine] = []
    before: Parts = {}
    for one in row.versions.select_related("by_staff").order_by("number"):
        parts = body(one)
        erased = not one.body_sealed
        news = () if erased else changed(before, parts)
        lines.append(VersionLine(one.number, str(one.by_staff or ""), one.at, parts, news, erased))
        before = parts
    return tuple(reversed(lines))


def version_of(actor: Actor, report_id: int, number: int) -> tuple[Report, VersionLine]:
    """One version through the report's door."""
    row = report_of(actor, report_id)
    found = next((one for one in versions(row) if one.number == number), None)
    if found is None:
        raise Refused("not_found", _("没有这个版本。"), report=report_id, version=number)
    return row, found


def body(row: Version) -> dict[str, str]:
    """The words of a version; {} once they are erased."""
    parts: dict[str, str] = json.loads(vault.unseal(row.body_sealed) or "{}")
    return parts


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """On a complaint's page: where its report stands, or the way to write one."""
    if not actor.has(*READERS):
        return None
    row = visible_to(actor).filter(complaint=complaint_id).first()
    if row is None:
        if (
            not actor.has(*WRITERS)
            or Report.objects.filter(complaint=complaint_id).exists()
            or not _writes(actor, complaint_id)
        ):
            return None
        link = Link(_("编写穿透分析"), reverse("analyses:new", args=[complaint_id]), "file-text")
        return Panel(_("穿透分析"), (Line(_("五部分报告"), _("还没有")),), (link,), order=40)
    lines = [Line(_("五部分报告"), row.get_state_display(), reverse("analyses:detail", args=[row.pk]))]
    if row.state in LIVE and row.due_at is not None:
        lines.append(Line(_("时限"), row.due_at))
    return Panel(_("穿透分析"), tuple(lines), order=40)


def _writes(actor: Actor, complaint_id: int) -> bool:
    row = complaints.visible_to(actor).select_related("case").filter(pk=complaint_id).first()
    return row is not None and may(actor, WRITERS, row) and complaints.conflict(actor, row, "sign") is None
