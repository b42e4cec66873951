"""The staff service record (服务档案): years in service, the zero-complaint record, marks by year."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from longzhong.cases.nearmisses.models import StaffMark
from longzhong.cases.nearmisses.rules import Mark, MarkKind, Span, Standing, Streak, counts_against, streak
from longzhong.dispatch.matters.rules import noun_of
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.selectors import PostLine

SHOWN = 50  # complaints and praise on the page of one person, the newest


@dataclass(frozen=True)
class StaffLine:
    """One person of the list: the unit of their newest post, their record, and how many marks of each kind."""

    id: int
    code: str
    name: str
    unit_id: int | None
    unit: str
    streak: Streak
    complaints: int
    praise: int
    averted: int


@dataclass(frozen=True)
class YearLine:
    year: int
    complaints: int
    praise: int
    averted: int


@dataclass(frozen=True)
class MarkLine:
    """A line of the record; `title` and `url` open what it is about ("" if that noun isn't shown here)."""

    day: date
    kind: str
    standing: str
    title: str
    url: str


@dataclass(frozen=True)
class StaffRecord:
    """Somebody's whole record; `marks` are the newest complaints and praise (what they dissolved is a list of its own)."""

    id: int
    code: str
    name: str
    posts: tuple[PostLine, ...]
    streak: Streak
    years: tuple[YearLine, ...]
    marks: tuple[MarkLine, ...]


def staff_lines(actor: Actor, today: date) -> list[StaffLine]:
    """Everybody whom the actor sees and who held a post, the longest record first; three queries."""
    people = list(org.visible_staff(actor).filter(posts__isnull=False).distinct().prefetch_related("posts__unit"))
    marks = marks_of([one.pk for one in people])
    found = [_line(one, marks.get(one.pk, []), today) for one in people]
    return sorted(found, key=lambda line: (-line.streak.days, line.code))


def staff_record(actor: Actor, staff_id: int, today: date) -> StaffRecord:
    """One person's record, for who sees them and for themselves."""
    own = actor.staff_id == staff_id
    try:
        card = org.staff_card(Actor.machine("nearmisses") if own else actor, staff_id)
    except Refused as refusal:
        raise Refused("not_found", _("没有这位员工，或不在您的管辖范围内。"), staff=staff_id) from refusal
    rows = list(StaffMark.objects.filter(staff=staff_id).order_by("-day", "-id"))
    spans = [Span(post.from_on, post.to_on) for post in card.posts]
    marks = [Mark(row.day, row.kind, row.standing) for row in rows]
    lines = tuple(_mark_line(actor, row) for row in [one for one in rows if one.kind != MarkKind.AVERTED][:SHOWN])
    return StaffRecord(
        card.id, card.code, card.name, card.posts, streak(spans, marks, today), _years(spans, marks, today), lines
    )


def marks_of(staff_ids: Collection[int]) -> dict[int, list[Mark]]:
    """The marks of many people that were not withdrawn."""
    found: dict[int, list[Mark]] = defaultdict(list)
    rows = StaffMark.objects.filter(staff__in=staff_ids).exclude(standing=Standing.WITHDRAWN)
    for staff_id, day, kind, standing in rows.order_by("id").values_list("staff_id", "day", "kind", "standing"):
        found[staff_id].append(Mark(day, kind, standing))
    return found


def _line(person: Any, marks: list[Mark], today: date) -> StaffLine:
    posts = sorted(person.posts.all(), key=lambda post: (post.from_on, post.pk))
    record = streak([Span(post.from_on, post.to_on) for post in posts], marks, today)
    counts = _counts(marks)
    unit = posts[-1].unit
    return StaffLine(
        person.pk, person.code, person.name, unit.pk, str(unit), record,
        counts[MarkKind.COMPLAINT], counts[MarkKind.PRAISE], counts[MarkKind.AVERTED],
    )  # fmt: skip


def _counts(marks: list[Mark]) -> Counter[str]:
    """Marks by kind; complaints only as far as they count against the person."""
    return Counter(mark.kind for mark in marks if _holds(mark))


def _holds(mark: Mark) -> bool:
    return counts_against(mark) if mark.kind == MarkKind.COMPLAINT else mark.standing != Standing.WITHDRAWN


def _years(spans: list[Span], marks: list[Mark], today: date) -> tuple[YearLine, ...]:
    """Every year from the first post or mark to this one, the newest first."""
    first = min([today.year, *(span.from_on.year for span in spans), *(mark.day.year for mark in marks)])
    found = []
    for year in range(today.year, first - 1, -1):
        counts = _counts([mark for mark in marks if mark.day.year == year])
        found.append(YearLine(year, counts[MarkKind.COMPLAINT], counts[MarkKind.PRAISE], counts[MarkKind.AVERTED]))
    return tuple(found)


def _mark_line(actor: Actor, row: StaffMark) -> MarkLine:
    """A mark with what left it; a matter that the reader may not see stays without its number."""
    try:
        noun, number = noun_of(row.cause)
    except Refused:
        return MarkLine(row.day, row.kind, row.standing, row.cause, "")
    if not noun.door(actor, number):
        return MarkLine(row.day, row.kind, row.standing, _("（不在您的管辖范围内）"), "")
    return MarkLine(row.day, row.kind, row.standing, noun.title(number), noun.url(number))
