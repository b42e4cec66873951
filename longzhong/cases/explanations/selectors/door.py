"""The one door of usage explanation sheets: organisation × grid × role."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.explanations.models import Sheet
from longzhong.cases.explanations.rules import READERS
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "explanations.sheet"


def visible_to(actor: Actor) -> QuerySet[Sheet]:
    """Sheets of the actor's units and cells; roles that never explain a bill see none (PIPL: purpose)."""
    return Sheet.objects.filter(within(actor, roles=READERS))


def sheet_of(actor: Actor, sheet_id: int) -> Sheet:
    """One sheet; Refused not_found."""
    rows = visible_to(actor).select_related("account", "unit", "grid", "explained_by")
    sheet = rows.filter(pk=sheet_id).first()
    if sheet is None:
        raise Refused("not_found", _("没有这张解释单，或不在您的管辖范围内。"), sheet=sheet_id)
    return sheet


def is_visible(actor: Actor, sheet_id: int) -> bool:
    """Whether the actor may see the sheet and its timeline."""
    return visible_to(actor).filter(pk=sheet_id).exists()


def label(sheet_id: int) -> str:
    """A sheet's name in timelines."""
    return f"{NOUN}:{sheet_id}"


def title(sheet_id: int) -> str:
    """How lists call a sheet; nothing personal."""
    number = Sheet.objects.filter(pk=sheet_id).values_list("number", flat=True).first()
    return _("用电量解释单 %s") % (number or sheet_id)


def url(sheet_id: int) -> str:
    return reverse("explanations:detail", args=[sheet_id])
