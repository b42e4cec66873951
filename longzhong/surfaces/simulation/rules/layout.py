"""Where things stand: stations, grid cells, substations, feeders, sections and areas on the map of the county."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from longzhong.surfaces.simulation.rules.conductors import OHMS_PER_KM, Wire
from longzhong.surfaces.simulation.rules.county import (
    REMOTE,
    RURAL,
    URBAN,
    Cell,
    Feeder,
    Section,
    Station,
    Street,
    Substation,
)

KM_PER_DEGREE_LAT, KM_PER_DEGREE_LON = 110.9, 94.3
SPREAD_KM = {URBAN: 0.9, RURAL: 4.2, REMOTE: 5.5}
STATION_STREETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("古城", ("古城街道", "真武山街道")),
    ("檀溪", ("檀溪街道",)),
    ("庞公", ("庞公街道",)),
    ("隆中", ("隆中街道", "卧龙镇")),
    ("欧庙", ("欧庙镇", "余家湖街道")),
    ("尹集", ("尹集乡",)),
)
STREET_WEIGHTS = {URBAN: 1.5, RURAL: 1.15}
REMOTE_SHARE = 0.3
AREAS_PER_FEEDER, AREAS_PER_SECTION, AREAS_PER_SUBSTATION, AREAS_PER_CELL = 14, 2.5, 70, 10
MOST_CELLS = 48


@dataclass(frozen=True, slots=True)
class Medium:
    """The medium-voltage side of a county."""

    substations: tuple[Substation, ...]
    feeders: tuple[Feeder, ...]
    sections: tuple[Section, ...]


def stations_of(streets: tuple[Street, ...], areas: int) -> tuple[Station, ...]:
    """The county's stations; a very small county has only the first two."""
    rows = STATION_STREETS if areas >= 40 else STATION_STREETS[2:4]
    by_name = {street.name: number for number, street in enumerate(streets)}
    out = []
    for number, (name, names) in enumerate(rows):
        own = tuple(by_name[one] for one in names)
        lat, lon = (float(np.mean([getattr(streets[one], axis) for one in own])) for axis in ("lat", "lon"))
        out.append(Station(f"S{number + 1:02d}", f"{name}供电所", lat, lon, own))
    return tuple(out)


def streets_of_areas(streets: tuple[Street, ...], stations: tuple[Station, ...], count: int) -> np.ndarray:
    """The street of each area, areas of one street together."""
    served = [street for station in stations for street in station.streets]
    weights = np.array([STREET_WEIGHTS[streets[one].site] * (3 + len(streets[one].villages)) ** 0.6 for one in served])
    shares = np.floor(np.cumsum(weights) / weights.sum() * count + 1e-9).astype(int)
    return np.repeat(served, np.diff(shares, prepend=0))


def place_areas(rng: np.random.Generator, streets: tuple[Street, ...], street: np.ndarray) -> tuple[np.ndarray, ...]:
    """site, village, lat, lon of each area; areas of a village lie together."""
    count = len(street)
    site = np.array([streets[one].site for one in street])
    village = np.empty(count, int)
    lat, lon = np.empty(count), np.empty(count)
    for one in np.unique(street):
        mine = np.flatnonzero(street == one)
        names = len(streets[one].villages)
        village[mine] = np.sort(rng.permutation(np.arange(len(mine)) % names))
        turn, far = rng.uniform(0, 2 * np.pi, names), np.sqrt(rng.uniform(0.02, 1, names))
        hub = far * SPREAD_KM[streets[one].site]
        remote = (streets[one].site != URBAN) & (far > (1 - REMOTE_SHARE) ** 0.5)
        site[mine] = np.where(remote[village[mine]], REMOTE, site[mine])
        east = hub[village[mine]] * np.cos(turn[village[mine]]) + rng.normal(0, 0.25, len(mine))
        north = hub[village[mine]] * np.sin(turn[village[mine]]) + rng.normal(0, 0.25, len(mine))
        lat[mine] = streets[one].lat + north / KM_PER_DEGREE_LAT
        lon[mine] = streets[one].lon + east / KM_PER_DEGREE_LON
    return site, village, lat, lon


def cells_of(
    stations: tuple[Station, ...], street: np.ndarray, lat: np.ndarray, lon: np.ndarray
) -> tuple[tuple[Cell, ...], np.ndarray]:
    """Grid cells of every station, and the cell of each area: neighbours in the list are neighbours on the map."""
    cells: list[Cell] = []
    cell = np.zeros(len(street), int)
    per_cell = max(AREAS_PER_CELL, ceil(len(street) / MOST_CELLS))
    for number, station in enumerate(stations):
        mine = np.flatnonzero(np.isin(street, station.streets))
        count = max(1, round(len(mine) / per_cell))
        for part, some in enumerate(np.array_split(mine, count)):
            name = f"{station.name.removesuffix('供电所')}第{part + 1}网格"
            where = (float(lat[some].mean()), float(lon[some].mean())) if len(some) else (station.lat, station.lon)
            cell[some] = len(cells)
            cells.append(Cell(f"{station.code}G{part + 1:02d}", name, number, *where))
    return tuple(cells), cell


def medium_voltage(
    rng: np.random.Generator, stations: tuple[Station, ...], lat: np.ndarray, lon: np.ndarray
) -> tuple[Medium, np.ndarray]:
    """Substations, feeders and sections; and the section of each area."""
    count = len(lat)
    near = np.linspace(0, len(stations) - 1, min(max(1, round(count / AREAS_PER_SUBSTATION)), 12)).round().astype(int)
    subs = tuple(_substation(number, stations[station]) for number, station in enumerate(near))
    feeders: list[Feeder] = []
    sections: list[Section] = []
    section = np.zeros(count, int)
    for some in np.array_split(np.arange(count), max(1, round(count / AREAS_PER_FEEDER))):
        away = [float((one.lat - lat[some].mean()) ** 2 + (one.lon - lon[some].mean()) ** 2) for one in subs]
        sub = int(np.argmin(away))
        number = len(feeders)
        feeders.append(Feeder(f"F{number + 1:03d}", f"{subs[sub].name.removesuffix('变电站')}{number + 1:02d}线", sub))
        order = some[np.argsort((lat[some] - subs[sub].lat) ** 2 + (lon[some] - subs[sub].lon) ** 2)]
        groups = np.array_split(order, max(1, round(len(order) / AREAS_PER_SECTION)))
        places = [(float(lat[group].mean()), float(lon[group].mean())) for group in groups]
        for place, group in enumerate(groups):
            section[group] = len(sections) + place
        sections += _string(rng, number, feeders[-1].name, subs[sub], places, len(sections))
    return Medium(subs, tuple(feeders), tuple(sections)), section


def _substation(number: int, station: Station) -> Substation:
    name = f"{station.name.removesuffix('供电所')}{'一二三四五六七八九十甲乙'[number]}变电站"
    return Substation(f"B{number + 1:02d}", name, station.lat + 0.006, station.lon - 0.008)


def _string(
    rng: np.random.Generator, feeder: int, name: str, sub: Substation, places: list[tuple[float, float]], base: int
) -> list[Section]:
    """A trunk with a few laterals through these places, nearest first; `base` is the row of the first."""
    out: list[Section] = []
    for number, there in enumerate(places):
        up = -1 if number == 0 else number - 1 if rng.random() < 0.75 else int(rng.integers(0, number))
        here = (sub.lat, sub.lon) if up < 0 else places[up]
        km = 1.15 * float(np.hypot((there[0] - here[0]) * KM_PER_DEGREE_LAT, (there[1] - here[1]) * KM_PER_DEGREE_LON))
        ohms = OHMS_PER_KM[Wire.AERIAL_240 if number < 3 else Wire.AERIAL_120] * max(km, 0.15)
        code = f"{sub.code}-{feeder + 1:03d}-{number + 1:02d}"
        above = up if up < 0 else base + up
        out.append(Section(code, f"10kV{name}{number + 1:02d}号杆", feeder, above, *there, ohms))
    return out


def area_names(streets: tuple[Street, ...], street: np.ndarray, village: np.ndarray) -> tuple[str, ...]:
    """Names as the trade writes them: village and a running number."""
    seen: dict[tuple[int, int], int] = {}
    out = []
    for one, other in zip(street.tolist(), village.tolist(), strict=True):
        seen[one, other] = seen.get((one, other), 0) + 1
        out.append(f"{streets[one].villages[other]}{seen[one, other]:02d}号台区")
    return tuple(out)
