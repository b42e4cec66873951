"""Reads of the portal. Strangers have no actor: `PORTAL` reads for them, and what is returned holds nothing personal."""

from longzhong.surfaces.portal.selectors.calendars import calendar_of
from longzhong.surfaces.portal.selectors.follows import (
    FollowCard,
    Followed,
    Told,
    follow_card,
    follow_of,
    followed,
    is_urged,
)
from longzhong.surfaces.portal.selectors.limits import PORTAL, limits_on, location
from longzhong.surfaces.portal.selectors.managers import ManagerCard, manager_cards
from longzhong.surfaces.portal.selectors.places import (
    OutPlace,
    PlaceCard,
    affected_places,
    find_places,
    out_places,
    place_of,
    towns,
)
from longzhong.surfaces.portal.selectors.plans import PlanLine, plan_lines, plans_of
from longzhong.surfaces.portal.selectors.power import power_of_account, power_of_place
from longzhong.surfaces.portal.selectors.ratings import RatingCounts, rating_counts, ratings

__all__ = [
    "PORTAL",
    "FollowCard",
    "Followed",
    "ManagerCard",
    "OutPlace",
    "PlaceCard",
    "PlanLine",
    "RatingCounts",
    "Told",
    "affected_places",
    "calendar_of",
    "find_places",
    "follow_card",
    "follow_of",
    "followed",
    "is_urged",
    "limits_on",
    "location",
    "manager_cards",
    "out_places",
    "place_of",
    "plan_lines",
    "plans_of",
    "power_of_account",
    "power_of_place",
    "rating_counts",
    "ratings",
    "towns",
]
