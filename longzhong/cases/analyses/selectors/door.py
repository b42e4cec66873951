"""The door of reports: that of the complaint, and never somebody whom it is about."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.analyses.models import Report
from longzhong.cases.analyses.rules import BARRING, JUDGES, STATE_LABELS, State
from longzhong.cases.complaints import selectors as complaints
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

NOUN = "analyses.report"
_BESIDE = (
    "complaint__case",
    "complaint__category",
    "complaint__unit",
    "complaint__department",
    "complaint__about_staff",
)


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Reports of the complaints that the actor may see, without those about themselves."""
    rows = Report.objects.filter(complaint__in=complaints.visible_to(actor).order_by().values("pk"))
    return rows if actor.staff_id is None else rows.exclude(complaint__about_staff=actor.staff_id)


def report_of(actor: Actor, report_id: int) -> Report:
    """One report with its complaint; refused outside the actor's scope."""
    found = visible_to(actor).select_related(*_BESIDE, "submitted_by", "approved_by").filter(pk=report_id).first()
    if found is None:
        raise Refused("not_found", _("没有这份穿透分析报告，或不在您的管辖范围内。"), report=report_id)
    return found


def may(actor: Actor, roles: Collection[str], complaint: Any) -> bool:
    """Whether an actor holds one of these roles over a complaint."""
    return actor.system or complaints.may(actor, roles, complaint)


def barred(actor: Actor, row: Report, verb: str) -> str | None:
    """The code that keeps an actor from a step: their own complaint, investigation, reply, or (judging) their own words."""
    code = (
        complaints.conflict(actor, row.complaint)
        if verb in JUDGES
        else complaints.conflict(actor, row.complaint, "sign")
    )
    if code in BARRING:
        return code
    me = actor.staff_id
    own = me is not None and (me == row.submitted_by_id or row.versions.filter(by_staff=me).exists())
    return "own_report" if own and verb in JUDGES else None


def label(report_id: int) -> str:
    return f"{NOUN}:{report_id}"


def is_visible(actor: Actor, report_id: int) -> bool:
    return visible_to(actor).filter(pk=report_id).exists()


def title(report_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Report.objects.filter(pk=report_id).values_list("complaint__case__number", "state").first()
    return f"穿透分析 {row[0]} · {STATE_LABELS[State(row[1])]}" if row else f"穿透分析 {report_id}"
