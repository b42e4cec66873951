"""The door of averted complaints: one's units and cells, and what one dissolved or recorded oneself."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.nearmisses.rules import DECIDERS, READERS
from longzhong.kit.actor import Actor, within
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

NOUN = "nearmisses.near_miss"


def visible_to(actor: Actor) -> QuerySet[NearMiss]:
    """The door: organisation × grid × role, and one's own wherever it is."""
    covered = within(actor, roles=READERS)
    if actor.staff_id is not None:
        covered |= Q(staff=actor.staff_id) | Q(recorded_by=actor.staff_id)
    return NearMiss.objects.filter(covered)


def board(actor: Actor) -> QuerySet[NearMiss]:
    """The newest first, with what a list shows."""
    return (
        visible_to(actor).select_related("unit", "grid", "staff", "category", "case", "account").order_by("-at", "-id")
    )


def near_miss_of(actor: Actor, near_miss_id: int) -> NearMiss:
    """One averted complaint; refused outside the actor's scope."""
    row = board(actor).select_related("recorded_by", "confirmed_by").filter(pk=near_miss_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条化解记录，或不在您的管辖范围内。"), near_miss=near_miss_id)
    return row


def is_visible(actor: Actor, near_miss_id: int) -> bool:
    return visible_to(actor).filter(pk=near_miss_id).exists()


def label(near_miss_id: int) -> str:
    """Its name in other tables."""
    return f"{NOUN}:{near_miss_id}"


def title(near_miss_id: int) -> str:
    """How lists call it."""
    number = NearMiss.objects.filter(pk=near_miss_id).values_list("number", flat=True).first()
    return _("化解记录 %(number)s") % {"number": number or near_miss_id}


def may_decide(actor: Actor, near_miss: NearMiss) -> bool:
    """Whether the actor heads its unit or its quality, and neither dissolved nor recorded it."""
    if actor.system:
        return True
    if actor.staff_id in (near_miss.staff_id, near_miss.recorded_by_id):
        return False
    return NearMiss.objects.filter(within(actor, roles=DECIDERS), pk=near_miss.pk).exists()


def of_staff(actor: Actor, staff_id: int) -> QuerySet[NearMiss]:
    """What one person dissolved; whoever sees the person's record sees these lines."""
    rows = NearMiss.objects.filter(staff=staff_id) if actor.staff_id == staff_id else visible_to(actor)
    return rows.filter(staff=staff_id).select_related("unit", "category", "case").order_by("-at", "-id")


def people(actor: Actor) -> list[tuple[str, str]]:
    """Whom an actor may name as the one who dissolved something: (id, name), by name."""
    rows = org.visible_staff(actor).order_by("name", "id").values_list("id", "name")
    return [(str(key), name) for key, name in rows]


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def counts_by_reason(rows: QuerySet[NearMiss]) -> list[tuple[str, int]]:
    """How often each of the five causes, the most frequent first."""
    return list(rows.order_by().values_list("reason").annotate(n=Count("id")).order_by("-n", "reason"))


def posts_on(staff_id: int, day: date) -> list[int]:
    """The units in which somebody held a post on a day, the newest post first."""
    posts = org.staff_card(Actor.machine("nearmisses"), staff_id).posts
    return [post.unit_id for post in posts if post.from_on <= day and (post.to_on is None or day < post.to_on)]
