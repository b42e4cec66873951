"""The door of bulletins: issued ones for every unit that they name; drafts for who issues them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from longzhong.assessment.bulletins.models import Bulletin, Line
from longzhong.assessment.bulletins.rules import EDITORS, PRESSED, READERS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused

NOUN = "bulletins.bulletin"


def visible_to(actor: Actor) -> QuerySet[Bulletin]:
    """The door: of one's units, or that name one of one's units; drafts only for the quality office."""
    if actor.system:
        return Bulletin.objects.all()
    units = actor.units(*READERS)
    named = Q(unit__in=units) | Q(Exists(Line.objects.filter(bulletin=OuterRef("pk"), unit__in=units)))
    return Bulletin.objects.filter(named & Q(state=State.ISSUED) | _edited(actor))


def editable(actor: Actor) -> QuerySet[Bulletin]:
    """Those that the actor may recount and issue."""
    return Bulletin.objects.filter(_edited(actor))


def board(actor: Actor) -> QuerySet[Bulletin]:
    """The newest first, each with how many pressed things it names (`pressed`) and how many lines wait for an answer."""
    open_lines = Q(lines__figure__in=PRESSED, lines__number__gt=0)
    rows = visible_to(actor).select_related("unit", "issued_by").annotate(
        pressed=Sum("lines__number", filter=Q(lines__figure__in=PRESSED)),
        asked=Count("lines", filter=open_lines),
        waiting=Count("lines", filter=open_lines & ~_answered("lines__pk")),
    )  # fmt: skip
    return rows.order_by("-week", "id")


def bulletin_of(actor: Actor, bulletin_id: int) -> Bulletin:
    row = visible_to(actor).select_related("unit", "issued_by").filter(pk=bulletin_id).first()
    if row is None:
        raise Refused("not_found", _("没有这期通报，或不在您的管辖范围内。"), bulletin=bulletin_id)
    return row


def is_visible(actor: Actor, bulletin_id: int) -> bool:
    return visible_to(actor).filter(pk=bulletin_id).exists()


def label(bulletin_id: int) -> str:
    return f"{NOUN}:{bulletin_id}"


def title(bulletin_id: int) -> str:
    """周通报 2026-03-02 襄城."""
    row = Bulletin.objects.select_related("unit").filter(pk=bulletin_id).first()
    return _("周通报 %(week)s %(unit)s") % {"week": row.week, "unit": row.unit} if row else _("周通报")


def _edited(actor: Actor) -> Q:
    return within(actor, grid=None, roles=EDITORS)


def _answered(column: str) -> Q:
    return Q(Exists(Line.objects.filter(pk=OuterRef(column), answers__isnull=False)))
