"""From devices to the areas behind them and their customers, in a few set-based statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.accounts import AccountKind, AccountState
from longzhong.register.customers.selectors import PriorityCount
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.sensing.outages.rules import Device, Devices, devices_of

WHOLE = Actor.machine("outages.tracing")  # the impact is whole, whoever asks
NOBODY = PriorityCount()
IN_USE = (AccountState.ACTIVE, AccountState.CLOSING)
HOME = Count("id", filter=Q(kind=AccountKind.RESIDENT))


@dataclass(frozen=True)
class AreaImpact:
    """An area behind the devices, with its station and cell of today and its accounts in use."""

    area_id: int
    unit_id: int | None
    grid_id: int | None
    accounts: int
    households: int
    priority: PriorityCount


@dataclass(frozen=True)
class Impact:
    """What would be, or is, without power."""

    areas: tuple[AreaImpact, ...]

    @property
    def accounts(self) -> int:
        """Accounts in use behind all areas."""
        return sum(one.accounts for one in self.areas)

    @property
    def households(self) -> int:
        """Residential accounts (居民户)."""
        return sum(one.households for one in self.areas)

    @property
    def important(self) -> int:
        """Important accounts (重要客户)."""
        return sum(one.priority.important for one in self.areas)

    @property
    def sensitive(self) -> int:
        """Sensitive accounts (敏感客户)."""
        return sum(one.priority.sensitive for one in self.areas)

    @property
    def special(self) -> int:
        """Accounts of special groups (特殊群体)."""
        return sum(one.priority.special for one in self.areas)

    @property
    def of_areas(self) -> dict[int, int]:
        """Accounts by area."""
        return {one.area_id: one.accounts for one in self.areas}

    @property
    def care(self) -> int:
        """Sensitive accounts and those of special groups; one account may count twice."""
        return sum(one.priority.sensitive + one.priority.special for one in self.areas)

    @property
    def units(self) -> dict[int, int]:
        """Areas of each station, the most first."""
        found: dict[int, int] = {}
        for one in self.areas:
            if one.unit_id is not None:
                found[one.unit_id] = found.get(one.unit_id, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True)
class NamedDevice:
    """A device as it is called today."""

    kind: Device
    id: int
    name: str
    kept: bool = False

    @property
    def key(self) -> str:
        """Its value in forms: "feeder:12"."""
        return f"{self.kind.value}:{self.id}"


def impact(devices: Devices, day: date) -> Impact:
    """The areas behind the devices on a day with their customers; three statements after the tracing."""
    found = area_ids_behind(devices)
    places = network.visible_to(WHOLE).filter(pk__in=found).order_by("id").values_list("id", "unit_id", "grid_id")
    accounts = _accounts(found)
    priority = customers.priority_of_areas(found, day)
    return Impact(
        tuple(
            AreaImpact(area, unit, grid, *accounts.get(area, (0, 0)), priority.get(area, NOBODY))
            for area, unit, grid in places
        )
    )


def _accounts(area_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Accounts in use, and the homes among them, behind each area that has any; one query."""
    rows = customers.visible_to(WHOLE).filter(area__in=area_ids, state__in=IN_USE)
    counted = rows.order_by("area_id").values_list("area_id").annotate(Count("id"), homes=HOME)
    return {area: (number, homes) for area, number, homes in counted}


def area_ids_behind(devices: Devices) -> set[int]:
    """Areas behind lines, without those behind kept sections; an area that is named itself is off in any case."""
    feeders = set(devices.feeders)
    if devices.substations:
        fed = network.visible_feeders(WHOLE).filter(substation__in=devices.substations)
        feeders |= set(fed.values_list("id", flat=True))
    found = set(network.trace_down_many(feeder_ids=feeders, section_ids=devices.sections))
    if found and devices.kept:
        found -= network.trace_down_many(section_ids=devices.kept)
    return found | set(devices.areas)


def feeders_of(area_ids: Collection[int]) -> dict[int, str]:
    """Id and name of the lines on which these areas hang today; one query."""
    rows = network.visible_to(WHOLE).filter(pk__in=area_ids, section__feeder__isnull=False)
    return dict(
        rows.order_by("section__feeder_id").values_list("section__feeder_id", "section__feeder__name").distinct()
    )


def named(actor: Actor, devices: Devices) -> list[NamedDevice]:
    """The devices with their names, off ones first; one that the actor may not see is refused."""
    if twice := set(devices.kept) & set(devices.sections):
        raise Refused("section_kept_and_off", _("同一线段不能既停电又转供；什么都没有改动。"), sections=sorted(twice))
    names = _names(actor, devices)
    off = [NamedDevice(kind, number, names.get((kind, number), "")) for kind, number in devices.pairs]
    kept = [
        NamedDevice(Device.SECTION, number, names.get((Device.SECTION, number), ""), kept=True)
        for number in devices.kept
    ]
    if lost := [one.key for one in (*off, *kept) if not one.name]:
        raise Refused("device_unknown", _("没有这个设备，或不在您的管辖范围内；什么都没有改动。"), devices=lost[:10])
    return [*off, *kept]


def _names(actor: Actor, devices: Devices) -> dict[tuple[Device, int], str]:
    """At most four queries."""
    lines, found = network.visible_feeders(actor), dict[tuple[Device, int], str]()
    if devices.substations:
        fed = lines.filter(substation__in=devices.substations).values_list("substation_id", "substation__name")
        found |= {(Device.SUBSTATION, number or 0): name or "" for number, name in fed.distinct()}
    if devices.feeders:
        whole = lines.filter(pk__in=devices.feeders).values_list("id", "name")
        found |= {(Device.FEEDER, number): name for number, name in whole}
    if wanted := {*devices.sections, *devices.kept}:
        pieces = lines.filter(sections__in=wanted).values_list("sections__id", "name", "sections__name")
        found |= {(Device.SECTION, number): f"{line} {name}" for number, line, name in pieces}
    if devices.areas:
        places = network.visible_to(actor).filter(pk__in=devices.areas).values_list("id", "name")
        found |= {(Device.AREA, number): name for number, name in places}
    return found


def device_search(actor: Actor, text: str, limit: int = 8) -> list[NamedDevice]:
    """Lines, sections and areas by part of the name or by code, at most `limit` of each kind; four queries."""
    word = text.strip()
    if not word:
        return []
    lines = network.visible_feeders(actor)
    stations = lines.filter(substation__name__icontains=word) | lines.filter(substation__code=word)
    feeders = lines.filter(name__icontains=word) | lines.filter(code=word)
    pieces = lines.filter(sections__name__icontains=word) | lines.filter(sections__code=word)
    station_rows = stations.order_by("substation_id").values_list("substation_id", "substation__name").distinct()
    feeder_rows = feeders.order_by("code", "id").values_list("id", "name")
    piece_rows = pieces.order_by("sections__code", "sections__id").values_list("sections__id", "name", "sections__name")
    return [
        *(NamedDevice(Device.SUBSTATION, number, name) for number, name in station_rows[:limit]),
        *(NamedDevice(Device.FEEDER, number, name) for number, name in feeder_rows[:limit]),
        *(NamedDevice(Device.SECTION, number, f"{line} {name}") for number, line, name in piece_rows[:limit]),
        *_areas_found(actor, word, limit),
    ]


def _areas_found(actor: Actor, word: str, limit: int) -> list[NamedDevice]:
    rows = network.areas_named(actor, word).values_list("id", "name")[:limit]
    return [NamedDevice(Device.AREA, number, name) for number, name in rows]


def devices_by_code(actor: Actor, codes: Sequence[tuple[str, str]], kept: Collection[str] = ()) -> Devices:
    """Devices from (kind, code) pairs, as outer systems name them; unknown codes are refused."""
    ids = {
        Device.SUBSTATION: dict(network.visible_feeders(actor).filter(substation__code__in=_of(codes, "substation"))
                                .values_list("substation__code", "substation_id")),
        Device.FEEDER: dict(network.visible_feeders(actor).filter(code__in=_of(codes, "feeder")).values_list("code", "id")),
        Device.SECTION: dict(network.visible_feeders(actor).filter(sections__code__in={*_of(codes, "section"), *kept})
                             .values_list("sections__code", "sections__id")),
        Device.AREA: network.area_ids(_of(codes, "area")),
    }  # fmt: skip
    lost = [f"{kind}:{code}" for kind, code in codes if code not in ids[Device(kind)]]
    lost += [f"section:{code}" for code in kept if code not in ids[Device.SECTION]]
    if lost:
        raise Refused("device_unknown", _("没有这个设备，或不在您的管辖范围内；什么都没有改动。"), devices=lost[:10])
    pairs = [(kind, ids[Device(kind)][code]) for kind, code in codes]
    return devices_of(pairs, [ids[Device.SECTION][code] for code in kept])


def _of(codes: Sequence[tuple[str, str]], kind: str) -> set[str]:
    return {code for one, code in codes if one == kind}


def chains_of(unit_ids: Collection[int], day: date) -> dict[int, list[int]]:
    """From each unit up to the root on a day; one query."""
    return org.chains(unit_ids, day)
