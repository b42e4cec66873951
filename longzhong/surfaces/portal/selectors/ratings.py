"""What customers said of the service, for those who answer for it."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q, QuerySet

from longzhong.kit.actor import Actor, within
from longzhong.surfaces.portal.models import Rating
from longzhong.surfaces.portal.rules import READERS


@dataclass(frozen=True)
class RatingCounts:
    """How many ratings, their mean, and how many are low (1–2) or good (4–5)."""

    total: int
    mean: float | None
    low: int
    good: int


def ratings(actor: Actor) -> QuerySet[Rating]:
    """The door: ratings of cases of the actor's units or cells, the newest first."""
    rows = Rating.objects.filter(within(actor, unit="unit_id", grid="case__grid_id", roles=READERS))
    return rows.select_related("case", "unit", "owner", "call").order_by("-at", "-id")


def rating_counts(actor: Actor) -> RatingCounts:
    """The numbers above the list; one query."""
    found = (
        ratings(actor)
        .order_by()
        .aggregate(
            total=Count("id"),
            mean=Avg("stars"),
            low=Count("id", filter=Q(stars__lte=2)),
            good=Count("id", filter=Q(stars__gte=4)),
        )
    )
    return RatingCounts(found["total"], found["mean"], found["low"], found["good"])
