"""One case to read: its card with steps, moves and who has learned it."""

from dataclasses import dataclass

from django.db.models import Count

from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import MACHINE
from longzhong.cases.lessons.selectors.door import is_own, label, lesson_of, may
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import noun_of
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.kit.actor import Actor
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories

VERB_WORDS = {"draft": "编写案例", **{row.verb: row.label for row in MACHINE.moves}}


@dataclass(frozen=True)
class Card:
    """A case as its page shows it: `learned` units with how many of them have learned this edition, `mine` whether the actor has.

    `source` is title and address of what it comes from, if the actor may see that; `own`: the actor may not judge it.
    """

    lesson: Lesson
    names: tuple[str, ...]
    learned: tuple[tuple[str, int], ...]
    mine: bool
    source: tuple[str, str] | None
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]
    own: bool


def lesson_card(actor: Actor, lesson_id: int) -> Card:
    """One case through its door with everything that its page shows."""
    row = lesson_of(actor, lesson_id)
    receipts = row.receipts.filter(edition=row.edition)
    mine = actor.staff_id is not None and receipts.filter(staff=actor.staff_id).exists()
    counts = receipts.values_list("unit__name").annotate(n=Count("id")).order_by("-n", "unit__name")
    open_ones = [one for one in MACHINE.moves_from(row.state, actor.roles) if may(actor, one.roles, row)]
    moves = [one for one in open_ones if not is_own(actor, row, one.verb) and not (one.verb == "learn" and mine)]
    return Card(
        row, tuple(categories.labels(row.categories.values_list("id", flat=True)).values()),
        tuple((name or "–", n) for name, n in counts), mine, _source(actor, row.source),
        tuple(matters.steps(label(row.pk))), tuple(moves), len(moves) < len(open_ones) and not mine,
    )  # fmt: skip


def _source(actor: Actor, source: str) -> tuple[str, str] | None:
    if not source:
        return None
    noun, number = noun_of(source)
    return (noun.title(number), noun.url(number)) if noun.door(actor, number) else None
