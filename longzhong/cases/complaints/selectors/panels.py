"""What a complaint says on the page of the customer's case, and what filings say on the complaint's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.complaints.selectors.door import complaint_of, knows_caller, visible_to
from longzhong.cases.filings import selectors as filings
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.kit.actor import Actor

HOUSE = Actor.machine("complaints")


def panel(actor: Actor, case_id: int) -> Panel | None:
    """On the customer's case: which complaint governs it and where that stands."""
    row = visible_to(actor).select_related("unit", "handler").filter(case=case_id).first()
    if row is None:
        return None
    handler = str(row.handler) if row.handler else _("未派发")
    lines = (
        Line(_("投诉治理"), row.get_state_display(), reverse("complaints:detail", args=[row.pk])),
        Line(_("投诉等级"), row.get_grade_display()),
        Line(_("责任单位"), str(row.unit)),
        Line(_("调查人"), handler),
    )
    links = (Link(_("按投诉流程办理"), reverse("complaints:detail", args=[row.pk]), "gavel"),)
    return Panel(_("投诉治理"), lines, links, order=10)


def filed(actor: Actor, complaint_id: int) -> Panel | None:
    """On the complaint's page: the filings that cover it. Not for who may not know the caller: a filing names place or customer."""
    row = complaint_of(actor, complaint_id)
    if not knows_caller(actor, row):
        return None
    return filings.panel(actor, filings.covers_of_case(HOUSE, row.case_id))
