"""The list of public places, taken from the accounts: estates and villages with enough households to point at nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from longzhong.kit import vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.network import selectors as network
from longzhong.surfaces.portal.models import Place
from longzhong.surfaces.portal.rules import PlaceKind
from longzhong.surfaces.portal.selectors import limits_on

KEEPERS = ("admin",)
FIELDS = ["areas", "accounts", "unit", "lat", "lon", "live", "seen_at"]


@dataclass
class _Found:
    accounts: int = 0
    areas: dict[int, int] = field(default_factory=dict)


@transaction.atomic
def keep_places(*, by: Actor, at: datetime) -> int:
    """Read the places of today anew; a place keeps its token for ever. Returns how many may be shown. Safe twice."""
    need(by, *KEEPERS)
    least = limits_on(civil_day(at)).place_least
    found: dict[tuple[str, str, str], _Found] = {}
    for kind in PlaceKind:
        _gather(found, kind, by)
    enough = {key: one for key, one in found.items() if one.accounts >= least}
    where = _positions({area for one in enough.values() for area in one.areas}, by)
    rows = [_row(key, one, where, at) for key, one in sorted(enough.items())]
    Place.objects.exclude(token__in=[row.token for row in rows]).filter(live=True).update(live=False, seen_at=at)
    Place.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["token"], update_fields=FIELDS, batch_size=1000
    )
    return len(rows)


def _gather(found: dict[tuple[str, str, str], _Found], kind: PlaceKind, by: Actor) -> None:
    live = customers.visible_to(by).filter(state=AccountState.ACTIVE).exclude(area=None).exclude(**{kind.value: ""})
    counted = live.order_by().values_list("town", kind.value, "area_id").annotate(n=Count("id"))
    for town, name, area, number in counted.iterator(5000):
        one = found.setdefault((kind.value, town, name), _Found())
        one.accounts += number
        one.areas[area] = number


def _positions(area_ids: Iterable[int], by: Actor) -> dict[int, tuple[int | None, float | None, float | None]]:
    rows = network.visible_to(by).filter(pk__in=list(area_ids)).values_list("pk", "unit_id", "lat", "lon")
    return {pk: (unit, lat, lon) for pk, unit, lat, lon in rows}


def _row(
    key: tuple[str, str, str],
    one: _Found,
    where: dict[int, tuple[int | None, float | None, float | None]],
    at: datetime,
) -> Place:
    kind, town, name = key
    points = [
        (lat, lon) for area in one.areas if (lat := where[area][1]) is not None and (lon := where[area][2]) is not None
    ]
    most = max(one.areas, key=lambda area: (one.areas[area], -area))
    return Place(
        kind=kind, town=town, name=name, token=vault.index(f"{kind}|{town}|{name}", "portal.place")[:16],
        areas=sorted(one.areas), accounts=one.accounts, unit_id=where[most][0],
        lat=sum(lat for lat, _lon in points) / len(points) if points else None,
        lon=sum(lon for _lat, lon in points) / len(points) if points else None, live=True, seen_at=at,
    )  # fmt: skip
