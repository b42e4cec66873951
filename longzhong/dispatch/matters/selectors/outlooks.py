"""What is expected of matters' ends, for pages of any floor; the caller has let the reader through the matter's door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.models import Outlook
from longzhong.dispatch.matters.rules import between_words, clock_words, expected_words


@dataclass(frozen=True)
class OutlookCard:
    """A live estimate of a matter's end. It is no promise, and customers aren't told it before a person makes it one."""

    matter: str
    stage: str
    low_at: datetime
    middle_at: datetime
    high_at: datetime
    reasons: tuple[str, ...]
    said_at: datetime
    words: str
    why: str


def outlooks(matters: Collection[str], at: datetime) -> dict[str, OutlookCard]:
    """By label; matters that are over or of which nothing is estimated are missing. One query."""
    rows = Outlook.objects.filter(matter__in=list(matters), ended_at=None)
    return {row.matter: _card(row, at) for row in rows}


def foreseen(rows: QuerySet[Any], prefix: str) -> QuerySet[Any]:
    """Rows of a noun with `foreseen_at`, `foreseen_low` and `foreseen_high` (None: nothing is estimated), for lists."""
    label = Concat(Value(f"{prefix}:"), Cast(OuterRef("pk"), CharField()))
    held = Outlook.objects.filter(matter=label, ended_at=None)
    found: QuerySet[Any] = rows.annotate(
        foreseen_at=Subquery(held.values("middle_at")), foreseen_low=Subquery(held.values("low_at")),
        foreseen_high=Subquery(held.values("high_at")),
    )  # fmt: skip
    return found


def _card(row: Outlook, at: datetime) -> OutlookCard:
    words = expected_words(row.low_at, row.middle_at, row.high_at, at)
    basis = _("按“%(stage)s”于 %(at)s 估计") % {"stage": row.stage, "at": clock_words(row.said_at, at)}
    why = "；".join((basis, *row.reasons))
    return OutlookCard(
        row.matter, row.stage, row.low_at, row.middle_at, row.high_at, tuple(row.reasons), row.said_at, words, why
    )


def span_of(low: datetime | None, high: datetime | None, at: datetime) -> str:
    """The interval of an annotated row in words; "" without one."""
    return between_words(low, high, at) if low is not None and high is not None else ""
