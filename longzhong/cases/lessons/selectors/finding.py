"""Find cases: by words, category, cause; and those that are like a matter at hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.grams import grams
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import READERS, Alike, State, alike
from longzhong.cases.lessons.selectors.door import visible_to
from longzhong.dispatch.matters.rules import Line, Link, Panel
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories

SHORTEST = 2
MOST_COMPARED = 300


@dataclass(frozen=True)
class Likeness:
    """A published case that is like the matter at hand; `better` is how it should be done."""

    lesson_id: int
    title: str
    better: str
    url: str
    alike: Alike


def board(actor: Actor) -> QuerySet[Lesson]:
    """Cases with how many have learned the present edition, the newest first."""
    learned = Count("receipts", filter=Q(receipts__edition=F("edition")))
    rows = visible_to(actor).select_related("unit", "author").prefetch_related("categories").defer("grams")
    return rows.annotate(learned=learned).order_by(F("published_at").desc(nulls_first=True), "-id")


def worded(rows: QuerySet[Lesson], text: str) -> QuerySet[Lesson]:
    """Those whose words hold all of these, or whose title or a tag does."""
    plain = text.strip()
    there = Q(title__icontains=plain) | Q(tags__contains=[plain])
    if len(plain) < SHORTEST or not (parts := grams(plain)):
        return rows.filter(there)
    return rows.filter(there | Q(grams__contains=parts))


def below(rows: QuerySet[Lesson], category_id: int) -> QuerySet[Lesson]:
    """Those of a category or one below it."""
    found = Lesson.categories.through.objects.filter(category__in=categories.below(category_id)).values("lesson")
    return rows.filter(pk__in=found)


def similar(category_id: int | None, text: str, limit: int = 3, *, cause: str = "") -> tuple[Likeness, ...]:
    """Published cases like a matter of this category in these words, the most alike first; two queries, three with a category.

    No door: what is published is everybody's. For the desk, and for the complaint's page.
    """
    asked = grams(redact(text))
    near = categories.below(_parent(category_id)) if category_id is not None else set()
    of_category = Lesson.categories.through.objects.filter(category__in=near).values("lesson")
    wanted = Q(pk__in=of_category) | Q(root_cause=cause or "-") | Q(grams__overlap=asked)
    first = Case(When(pk__in=of_category, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Lesson.objects.filter(wanted, state=State.PUBLISHED).order_by(first, "-published_at", "-id")
    found = [_likeness(one, asked, near, cause) for one in rows.prefetch_related("categories")[:MOST_COMPARED]]
    return tuple(sorted((one for one in found if one.alike.counts), key=lambda one: -one.alike.score)[:limit])


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """On a complaint's page: like cases. A customer's words are compared only if all may read them."""
    if not actor.has(*READERS):
        return None
    row: Any = complaints.complaint_of(actor, complaint_id)
    return _panel(similar(row.category_id, _open_words(row.case), cause=row.root_cause))


def case_panel(actor: Actor, case_id: int) -> Panel | None:
    """On the customer's case, where somebody can still do it well: like cases."""
    if not actor.has(*READERS):
        return None
    row = hotline.case_of(actor, case_id)
    return _panel(similar(row.category_id, _open_words(row)))


def _open_words(case: Any) -> str:
    """What the customer said; nothing of one who wants secrecy: which cases are like it would tell their words."""
    return str(case.content) if case.secrecy == Secrecy.OPEN else ""


def _panel(found: Sequence[Likeness]) -> Panel | None:
    lines = tuple(Line(_why(one.alike), one.title, one.url, Truncator(one.better).chars(60)) for one in found)
    links = (Link(_("案例库"), reverse("lessons:board"), "book"),)
    return Panel(_("相似范例"), lines, links, order=70) if lines else None


def _parent(category_id: int) -> int:
    """The category's parent, so that its neighbours count as near; itself at the top."""
    node = categories.by_ids([category_id]).get(category_id)
    return (node.parent_id or category_id) if node is not None else category_id


def _likeness(row: Lesson, asked: Sequence[str], near: Collection[int], cause: str) -> Likeness:
    own = {one.pk for one in row.categories.all()}
    found = alike(asked, row.grams, category=not own.isdisjoint(near), cause=bool(cause) and row.root_cause == cause)
    return Likeness(row.pk, row.title, row.better, reverse("lessons:detail", args=[row.pk]), found)


def _why(found: Alike) -> str:
    words = [
        _("同类") if found.category else "",
        _("同因") if found.cause else "",
        _("用词相近") if found.words >= 0.3 else "",
    ]
    return "、".join(filter(None, words))
