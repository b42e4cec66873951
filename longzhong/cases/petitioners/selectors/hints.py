"""A hint for whoever has the person before them: who it may be, how the last talks went, how to begin."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.petitioners.models import Occasion, Petitioner
from longzhong.cases.petitioners.rules import LEVEL_LABELS, MATCH_POINTS, MOOD_LABELS, Level, Mood, advice_of
from longzhong.cases.petitioners.selectors.matching import Whom, files_of
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories

RECENT = 10


@dataclass(frozen=True)
class PetitionerHint:
    """The surest open file; `moods` newest first, `topics` the most frequent first, in words."""

    petitioner_id: int
    mask: str
    level: str
    moods: tuple[str, ...]
    topics: tuple[str, ...]
    last_at: datetime | None
    advice: str


def hints_for(*, phone_index: str = "", account_id: int | None = None) -> PetitionerHint | None:
    """The hint of the file that fits a caller best; None: there is none. Four queries; the caller has its own door."""
    found = files_of(Whom(phone_index=phone_index, account_id=account_id))
    if not found:
        return None
    best = min(found, key=lambda pk: (-sum(MATCH_POINTS[by] for by in found[pk]), pk))
    row = Petitioner.objects.get(pk=best)
    talks = list(
        Occasion.objects.filter(petitioner=best, detached_at=None).order_by("-at", "-id").values_list("mood", "category")[:RECENT]
    )  # fmt: skip
    moods = [mood for mood, _category in talks]
    counted = Counter(category for _mood, category in talks if category)
    words = categories.labels(counted)
    topics = tuple(words[category].rpartition(" / ")[2] for category, _n in counted.most_common(3))
    last_on = civil_day(row.last_at) if row.last_at else None
    return PetitionerHint(
        petitioner_id=best, mask=row.mask, level=LEVEL_LABELS[Level(row.level)],
        moods=tuple(MOOD_LABELS[Mood(mood)] for mood in moods), topics=topics, last_at=row.last_at,
        advice=advice_of(row.level, moods, topics, last_on),
    )  # fmt: skip
