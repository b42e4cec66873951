"""Estates and villages, found by name; and which of them an outage concerns."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules.words import OUT, State
from longzhong.surfaces.portal.models import Place
from longzhong.surfaces.portal.rules import PlaceKind, asked_words
from longzhong.surfaces.portal.selectors.limits import PORTAL

MOST_FOUND = 30
MOST_TOWNS = 200
MOST_OUT = 400
MOST_PAIRS = 8_000
LATELY = timedelta(days=1)  # known_at narrows it to the hours of the policy


@dataclass(frozen=True)
class PlaceCard:
    """A place as strangers know it."""

    token: str
    kind: PlaceKind
    town: str
    name: str
    areas: tuple[int, ...]
    unit_id: int | None

    @property
    def label(self) -> str:
        """檀溪街道 名仕家天下."""
        return f"{self.town} {self.name}".strip()


@dataclass(frozen=True)
class OutPlace:
    """A place on the map: layer is out, coming or back."""

    card: PlaceCard
    lat: float | None
    lon: float | None
    layer: str


def places() -> QuerySet[Place]:
    """The places that may be shown."""
    return Place.objects.filter(live=True)


def card_of(row: Place) -> PlaceCard:
    return PlaceCard(row.token, PlaceKind(row.kind), row.town, row.name, tuple(row.areas), row.unit_id)


def place_of(token: str) -> PlaceCard:
    """The place with this public name; not_found for any other."""
    row = places().filter(token=token[:24]).first()
    if row is None:
        raise Refused("not_found", _("没有这个小区或村，请重新查找。"))
    return card_of(row)


def find_places(text: str, town: str = "", limit: int = MOST_FOUND) -> list[PlaceCard]:
    """Places whose town and name hold every word; exact names first. Nothing for an empty question without a town."""
    words, rows = asked_words(text).split()[:4], places()
    if town:
        rows = rows.filter(town=asked_words(town))
    elif not words:
        return []
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(town__icontains=word))
    found = [card_of(row) for row in rows.order_by("town", "name", "id")[:limit]]
    return sorted(found, key=lambda card: (card.name not in words, card.town, card.name))


def towns() -> list[str]:
    rows = places().exclude(town="").order_by("town").values_list("town", flat=True).distinct()
    return list(rows[:MOST_TOWNS])


def affected_places(area_ids: Iterable[int]) -> list[Place]:
    """The places that any of these areas supplies; one query."""
    wanted = list(area_ids)
    return list(places().filter(areas__overlap=wanted).order_by("town", "name", "id")) if wanted else []


def out_places(at: datetime) -> list[OutPlace]:
    """Places with an outage now, coming within the announced hours, or over a moment ago; the worst of each. Four queries."""
    live = Q(state__in=(*OUT, State.ANNOUNCED)) | Q(state=State.RESTORED, restored_at__gte=at - LATELY)
    rows = outages.visible_to(PORTAL).filter(live).order_by("-id")
    pairs = rows.values_list("affected__area_id", flat=True)[:MOST_PAIRS]
    known = outages.known_at({area for area in pairs if area}, at)
    layers = {area: _layer(cards) for area, cards in known.items()}
    found = []
    for row in affected_places(layers)[:MOST_OUT]:
        worst = min((layers[area] for area in row.areas if area in layers), key=_RANK.index)
        found.append(OutPlace(card_of(row), row.lat, row.lon, worst))
    return sorted(found, key=lambda one: (_RANK.index(one.layer), one.card.town, one.card.name))


_RANK = ("out", "coming", "back")


def _layer(cards: Collection[outages.OutageCard]) -> str:
    first = next(iter(cards))
    return "back" if first.restored else "out" if first.running else "coming"
