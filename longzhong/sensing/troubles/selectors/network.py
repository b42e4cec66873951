"""The network as the grouping reads it: areas with their devices upward, in three statements."""

from collections.abc import Collection, Iterable, Mapping

from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.register.network.rules import walk_up
from longzhong.sensing.troubles.rules import Level, Spot, Topology

WHOLE = Actor.machine("troubles.grouping")  # the grouping is whole, whoever asks
USUAL = 60  # customers of an area whose accounts nobody has registered


def topology(feeder_ids: Collection[int]) -> Topology:
    """Areas (by id as text) of these feeders; those behind several sections carry "section:…" nearest first, "feeder:…" last."""
    rows = network.visible_feeders(WHOLE).filter(pk__in=feeder_ids, sections__isnull=False)
    upstream = dict(rows.values_list("sections__id", "sections__upstream_id"))
    feeder_of = dict(rows.values_list("sections__id", "id"))
    areas = network.visible_to(WHOLE).filter(section__feeder__in=feeder_ids).order_by("id")
    held = list(areas.values_list("id", "section_id", "lat", "lon"))
    accounts = customers.accounts_of_areas([area for area, *_rest in held])
    spots = {}
    for area, section, lat, lon in held:
        chain = [one for one in walk_up(section, upstream).sections if one in feeder_of]
        above = (*(f"section:{one}" for one in chain), f"feeder:{feeder_of[section]}")
        spots[str(area)] = Spot(lat, lon, accounts.get(area) or USUAL, above)
    return Topology(spots)


def feeders_of(area_ids: Iterable[int]) -> dict[int, int]:
    """The feeder of each area that hangs on one; one query."""
    rows = network.visible_to(WHOLE).filter(pk__in=set(area_ids), section__feeder__isnull=False)
    return dict(rows.values_list("id", "section__feeder_id"))


def feeders_of_sections(section_ids: Collection[int]) -> set[int]:
    """The feeders that have one of these sections; one query."""
    rows = network.visible_feeders(WHOLE).filter(sections__in=section_ids)
    return set(rows.values_list("id", flat=True)) if section_ids else set()


def feeders_near(points: Iterable[tuple[float, float]], degrees: float = 0.03) -> set[int]:
    """Feeders with an area near one of these positions; one query."""
    held = list(points)
    if not held:
        return set()
    lats, lons = [lat for lat, _lon in held], [lon for _lat, lon in held]
    rows = network.visible_to(WHOLE).filter(
        lat__range=(min(lats) - degrees, max(lats) + degrees), lon__range=(min(lons) - degrees, max(lons) + degrees),
        section__feeder__isnull=False,
    )  # fmt: skip
    near = rows.values_list("lat", "lon", "section__feeder_id")
    return {
        feeder
        for lat, lon, feeder in near
        if lat is not None and lon is not None
        if any(abs(lat - one) <= degrees and abs(lon - two) <= degrees for one, two in held)
    }


def names(devices: Collection[tuple[str, str]], areas: Mapping[int, str]) -> dict[tuple[str, str], str]:
    """Names of (level, device) pairs: a line, a piece of it, an area, a single meter; two queries."""
    by_kind: dict[str, set[int]] = {}
    for _level, device in devices:
        kind, _sep, number = device.partition(":")
        if number.isdigit():
            by_kind.setdefault(kind, set()).add(int(number))
    lines = network.visible_feeders(WHOLE)
    feeders = dict(lines.filter(pk__in=by_kind.get("feeder", ())).values_list("id", "name"))
    pieces = lines.filter(sections__in=by_kind.get("section", ())).values_list("sections__id", "name", "sections__name")
    sections = {number: f"{line} {name}" for number, line, name in pieces}
    found = {}
    for level, device in devices:
        kind, _sep, number = device.partition(":")
        table: Mapping[int, str] = {"feeder": feeders, "section": sections, "area": areas}.get(kind, {})
        name = table.get(int(number), "") if number.isdigit() else ""
        found[level, device] = f"{name}（单户）" if level == Level.METER and name else name
    return found


def area_names(area_ids: Collection[int]) -> dict[int, str]:
    """Area names by id; one query."""
    return dict(network.visible_to(WHOLE).filter(pk__in=area_ids).values_list("id", "name"))


def units_of(area_ids: Collection[int]) -> dict[int, int]:
    """The station of each area that has one; one query."""
    rows = network.visible_to(WHOLE).filter(pk__in=area_ids, unit__isnull=False)
    return dict(rows.values_list("id", "unit_id"))
