"""Who is told: the areas of a telling, the accounts behind them, leaders, partners and groups, important customers, places."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors as crews
from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications.rules import Recipient
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.rules.contacts import Preference, Relation
from longzhong.register.customers.rules.priority import Group as Marked
from longzhong.sensing.announcements.models import Group
from longzhong.sensing.announcements.rules import TELLERS, Tale, cut
from longzhong.sensing.announcements.rules.given import WHERE
from longzhong.sensing.announcements.selectors.doors import HOUSE
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules import OUT
from longzhong.sensing.outages.selectors import Outage

STANDING = (AccountState.ACTIVE, AccountState.CLOSING)
CHUNK = 2000
TAIL = 4


@dataclass(frozen=True)
class Reach:
    """Whose areas: the unit that tells, the units that narrow it (None: all of the outage), and the areas."""

    unit_id: int
    units: tuple[int, ...] | None
    area_ids: tuple[int, ...]


@dataclass(frozen=True)
class Spot:
    """A place where an announcement hangs: an estate or village of a cell, and how many accounts read it."""

    place: str
    unit_id: int
    grid_id: int | None
    accounts: int


def reach_of(actor: Actor, outage: Outage, tale: Tale) -> Reach:
    """The areas that this actor tells: all of an outage of their own unit, else those of their stations."""
    units = None if actor.system or outage.unit_id in actor.units(*TELLERS) else tuple(sorted(actor.units(*TELLERS)))
    rows = _rows(outage, tale, units)
    if units is None:
        return Reach(outage.unit_id, None, tuple(area for area, _unit in rows))
    if not rows:
        raise Refused("not_allowed", _("这次停电没有您管辖的台区，或已经全部恢复；没有组织告知。"))
    [(unit, _count)] = Counter(unit for _area, unit in rows).most_common(1)
    return Reach(unit, units, tuple(area for area, _unit in rows))


def areas_of(outage: Outage, tale: Tale, units: Sequence[int] | None) -> tuple[int, ...]:
    """The same areas as they are now (stages: only those still out; the restored ones for 恢复送电)."""
    return tuple(area for area, _unit in _rows(outage, tale, units))


def _rows(outage: Outage, tale: Tale, units: Sequence[int] | None) -> list[tuple[int, Any]]:
    rows = outages.affected_rows(outage.pk)
    if tale is Tale.RESTORED:
        rows = rows.exclude(restored_at=None)
    elif outage.state in OUT:
        rows = rows.filter(restored_at=None)
    if units is not None:
        rows = rows.filter(Q(unit__in=units) | Q(area__unit__in=units))
    return [(area, unit or now) for area, unit, now in rows.values_list("area_id", "unit_id", "area__unit_id")]


def accounts_of(area_ids: Collection[int]) -> QuerySet[Any]:
    """Accounts in use behind these areas; whom to tell, not whom to show."""
    return customers.visible_to(HOUSE).filter(area__in=area_ids, state__in=STANDING)


def reachable(rows: QuerySet[Any]) -> int:
    """How many of these accounts have a contact with a phone who doesn't refuse to be reached; one query."""
    good = Q(contacts__ended_on=None, contacts__phone_index__gt="") & ~Q(contacts__preference=Preference.NEVER)
    return int(rows.filter(good).aggregate(n=Count("pk", distinct=True))["n"])


def important(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Important customers (重要电力用户) among them, with what a card needs."""
    return customers.of_group(rows, Marked.IMPORTANT, day).select_related("unit", "area").order_by("code", "id")


def spots(rows: QuerySet[Any]) -> list[Spot]:
    """The estates and villages of each cell (a lone area by its name), the largest first; one query."""
    fields = ("unit_id", "area__grid_id", "town", "estate", "village", "area__name")
    found: Counter[tuple[str, int, int | None]] = Counter()
    for unit, grid, town, estate, village, area, count in rows.order_by().values_list(*fields).annotate(n=Count("id")):
        found[f"{town}{estate or village}" if estate or village else f"{town}{area}", unit, grid] += count
    made = [Spot(place[:150], unit, grid, count) for (place, unit, grid), count in found.items()]
    return sorted(made, key=lambda one: (-one.accounts, one.place, one.grid_id or 0))


def to_accounts(rows: QuerySet[Any], cause: str, *, only_new: bool) -> Iterator[Recipient]:
    """Every account with its own place and the end of its number; those already told are left out where that is wanted."""
    fields = ("pk", "code", "estate", "village", "area__name")
    stream = rows.order_by("pk").values_list(*fields).iterator(chunk_size=CHUNK)
    while some := list(islice(stream, CHUNK)):
        known = notices.told_accounts(cause, [row[0] for row in some]) if only_new else frozenset()
        for pk, code, estate, village, area in some:
            if pk not in known:
                tail = f"，户号尾号{code[-TAIL:]}"
                yield Recipient(
                    account_id=pk, params={"where": cut(estate or village or area, WHERE - len(tail)) + tail}
                )


def to_leaders(rows: QuerySet[Any], area_ids: Collection[int]) -> list[Recipient]:
    """Contacts of the village or community, and the group leaders of areas where no road leads; one message a phone."""
    found = _contacts(rows, Relation.COMMITTEE)
    for phone, area in crews.visible_access(HOUSE).filter(area__in=area_ids).exclude(relay_phone="").values_list(
        "relay_phone", "area__name"
    ):  # fmt: skip
        found.setdefault(vault.unseal(phone), {})[area] = None
    return [Recipient(phone=phone, params={"where": _places(list(places))}) for phone, places in found.items()]


def to_partners(rows: QuerySet[Any]) -> list[Recipient]:
    """Property companies known as contacts; one message a phone."""
    found = _contacts(rows, Relation.ESTATE)
    return [Recipient(phone=phone, params={"where": _places(list(places))}) for phone, places in found.items()]


def groups_of(rows: QuerySet[Any]) -> list[Group]:
    """Partners' groups of these accounts' stations that stand for the whole unit or one of their estates and villages."""
    places: dict[int, set[str]] = {}
    for unit, estate, village in rows.order_by().values_list("unit_id", "estate", "village").distinct():
        places.setdefault(unit, {""}).update((estate, village))
    kept = Group.objects.filter(unit__in=places, ended_on=None).select_related("unit").order_by("id")
    return [one for one in kept if one.estate in places[one.unit_id]]


def to_groups(rows: QuerySet[Any]) -> list[Recipient]:
    """A message into each group, by the robot's key."""
    return [
        Recipient(robot=vault.unseal(one.robot_sealed), params={"where": cut(one.estate or str(one.unit), WHERE)})
        for one in groups_of(rows)
    ]


def _contacts(rows: QuerySet[Any], relation: Relation) -> dict[str, dict[str, None]]:
    """Phone → the places for which somebody is known in this relation; who wants not to be reached isn't."""
    wanted = rows.filter(contacts__relation=relation, contacts__ended_on=None).distinct()
    places = {pk: estate or village or area for pk, estate, village, area in wanted.values_list(
        "pk", "estate", "village", "area__name"
    )}  # fmt: skip
    found: dict[str, dict[str, None]] = {}
    for account, reach in customers.reachable(places, None).items():
        for one in reach.contacts:
            if one.relation == relation and one.preference != Preference.NEVER:
                found.setdefault(vault.unseal(one.phone_sealed), {})[places[account]] = None
    return found


def _places(names: Sequence[str]) -> str:
    whole = "、".join(names)
    return whole if len(whole) <= WHERE else cut(names[0], WHERE - 5) + f"等{len(names)}处"
