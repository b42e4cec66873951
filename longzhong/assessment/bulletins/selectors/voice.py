"""The voice of the customer (客户声音, S2-03, S2-04, S2-05, S2-27, S3-07): told by category, cause, channel, week, unit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from longzhong.assessment.bulletins.engines import words_of
from longzhong.assessment.bulletins.rules import Rising, RisingLimits, monday, rising
from longzhong.cases.hotline.rules.words import CaseType, RootCause, Secrecy
from longzhong.cases.hotline.selectors import voices
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories

MOST_TEXTS = 5_000


@dataclass(frozen=True)
class Asked:
    """Which cases: of these days, and of these values (None or "": any). `attitude`: complaints that reflect attitude."""

    first: date
    last: date
    type: str = ""
    category_id: int | None = None
    cause: str = ""
    channel: str = ""
    unit_id: int | None = None
    attitude: bool = False
    word: str = ""

    @property
    def before(self) -> "Asked":
        """The same number of days just before."""
        days = (self.last - self.first).days + 1
        return Asked(self.first - timedelta(days=days), self.first - timedelta(days=1))


@dataclass(frozen=True)
class Voice:
    """Everything counted of a period. `attitude` of `complaints` reflect attitude (S2-03). `weeks`: (Monday, type) → cases."""

    total: int
    calls: int
    complaints: int
    attitude: int
    types: Counter[str]
    categories: Counter[int]
    causes: Counter[str]
    channels: Counter[str]
    outcomes: Counter[str]
    units: Counter[tuple[int, str]]
    weeks: Mapping[tuple[date, str], int]
    mondays: list[date]
    words: list[Rising]


def told(actor: Actor, asked: Asked) -> QuerySet[Any]:
    """Exactly the cases that a number of the voice counts."""
    rows = voices.told_between(actor, asked.first, asked.last)
    for column, value in (("type", asked.type), ("root_cause", asked.cause), ("channel", asked.channel)):
        rows = rows.filter(**{column: value}) if value else rows
    if asked.category_id is not None:
        rows = rows.filter(category__in=categories.below(asked.category_id))
    if asked.unit_id is not None:
        rows = rows.filter(unit=asked.unit_id)
    if asked.attitude:
        rows = rows.filter(_attitude(), type=CaseType.COMPLAINT)
    if asked.word:
        rows = rows.filter(content__contains=asked.word, secrecy=Secrecy.OPEN)
    return rows


def voice(actor: Actor, asked: Asked, limits: RisingLimits) -> Voice:
    """All numbers of a period, each by a group-by of its own; a dozen queries whatever the size."""
    rows, calls = told(actor, asked), voices.calls_between(actor, asked.first, asked.last)
    types = voices.counted(rows, "type")
    texts = [words_of(text) for text in voices.contents(rows, MOST_TEXTS)]
    earlier = [words_of(text) for text in voices.contents(told(actor, asked.before), MOST_TEXTS)]
    outcomes = voices.counted(calls, "outcome")
    weeks = (asked.last - monday(asked.first)).days // 7 + 1
    return Voice(
        total=types.total(), calls=outcomes.total(), complaints=types[CaseType.COMPLAINT],
        attitude=told(actor, Asked(asked.first, asked.last, attitude=True)).count(),
        types=types, categories=voices.counted(rows, "category_id"), causes=_causes(rows),
        channels=voices.counted(rows, "channel"), outcomes=outcomes, units=voices.counted(rows, "unit_id", "type"),
        weeks=voices.by_week(rows, "type"), mondays=[monday(asked.first) + timedelta(days=7 * n) for n in range(weeks)],
        words=rising(texts, earlier, limits),
    )  # fmt: skip


def _causes(rows: QuerySet[Any]) -> Counter[str]:
    """The five causes, without those that nobody has named."""
    return Counter({cause: n for cause, n in voices.counted(rows, "root_cause").items() if cause})


def _attitude() -> Q:
    return Q(category__in=categories.attitude_ids()) | Q(root_cause=RootCause.ATTITUDE)
