"""The door of typical cases: what is published is everybody's; the rest its author's, the author's unit's and the office's."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import JUDGES, MAKERS, OFFICE, READERS, STATE_LABELS, State
from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

NOUN = "lessons.lesson"
HOUSE = Actor.machine("lessons")


def visible_to(actor: Actor) -> QuerySet[Lesson]:
    """Published and retired ones for whoever has a part in the service; drafts and reviews by unit, and one's own."""
    if actor.system:
        return Lesson.objects.all()
    if not actor.has(*READERS):
        return Lesson.objects.none()
    mine = Q(author=actor.staff_id or 0) | within(actor, grid=None, roles=MAKERS)
    return Lesson.objects.filter(mine | Q(state__in=[State.PUBLISHED, State.RETIRED]))


def lesson_of(actor: Actor, lesson_id: int) -> Lesson:
    """One case; refused outside the actor's scope."""
    rows = visible_to(actor).select_related("unit", "author", "published_by")
    found = rows.filter(pk=lesson_id).first()
    if found is None:
        raise Refused("not_found", _("没有这个案例，或还没有发布给您。"), lesson=lesson_id)
    return found


def may(actor: Actor, roles: Collection[str], row: Lesson) -> bool:
    """Whether an actor holds one of these roles over the author's unit; readers hold theirs everywhere."""
    if actor.system or tuple(roles) == READERS:
        return actor.system or actor.has(*READERS)
    return Lesson.objects.filter(within(actor, grid=None, roles=roles), pk=row.pk).exists()


def is_own(actor: Actor, row: Lesson, verb: str) -> bool:
    """Whether this step would judge one's own words."""
    return verb in JUDGES and actor.staff_id is not None and actor.staff_id in (row.author_id, row.editor_id)


def is_office(actor: Actor) -> bool:
    return actor.has(*OFFICE)


def home_of(staff_id: int, at: datetime) -> int | None:
    """The unit where somebody works on a day: their newest post; None without one."""
    day = civil_day(at)
    posts = (
        one
        for one in org.staff_card(HOUSE, staff_id).posts
        if one.from_on <= day and (one.to_on is None or day < one.to_on)
    )
    return next((one.unit_id for one in posts), None)


def label(lesson_id: int) -> str:
    return f"{NOUN}:{lesson_id}"


def is_visible(actor: Actor, lesson_id: int) -> bool:
    return visible_to(actor).filter(pk=lesson_id).exists()


def title(lesson_id: int) -> str:
    """How lists call it."""
    row = Lesson.objects.filter(pk=lesson_id).values_list("title", "state").first()
    return f"案例 {row[0]} · {STATE_LABELS[State(row[1])]}" if row else f"案例 {lesson_id}"
