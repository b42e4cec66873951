"""The door of filings: readers over the unit that filed, and whoever drafted it."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import MACHINE, READERS, STATE_LABELS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "filings.filing"
VERB_WORDS = {"draft": "起草报备", **{row.verb: row.label for row in MACHINE.moves}}
TIES = ("finals.answer", "petitioners.file", "hotline.case", "complaints.complaint", "outages.outage", "media.item")
"""What a filing may be tied to, where that noun exists."""


def visible_to(actor: Actor) -> QuerySet[Filing]:
    """Organisation × role; one's own drafts."""
    covered = within(actor, grid=None, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(drafted_by=actor.staff_id)
    return Filing.objects.filter(covered)


def filing_of(actor: Actor, filing_id: int) -> Filing:
    """One filing; refused outside the actor's scope."""
    rows = visible_to(actor).select_related("unit", "drafted_by", "accepted_by", "audited_by", "account", "suspension")
    found = rows.filter(pk=filing_id).first()
    if found is None:
        raise Refused("not_found", _("没有这份报备，或不在您的管辖范围内。"), filing=filing_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Filing) -> bool:
    """Whether an actor holds one of these roles over the unit of a filing."""
    return actor.system or row.unit_id in actor.units(*roles)


def label(filing_id: int) -> str:
    return f"{NOUN}:{filing_id}"


def is_visible(actor: Actor, filing_id: int) -> bool:
    return visible_to(actor).filter(pk=filing_id).exists()


def title(filing_id: int) -> str:
    """How lists call it; nothing personal."""
    row = Filing.objects.filter(pk=filing_id).values_list("number", "state").first()
    number, state = row or (None, State.DRAFT.value)
    return f"报备 {number or filing_id} · {STATE_LABELS[State(state)]}"
