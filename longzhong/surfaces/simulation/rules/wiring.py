"""Low-voltage networks and who hangs on them (低压线路与接户): outlets, poles, services, phases, air conditioners, roofs."""

from dataclasses import dataclass

import numpy as np

from longzhong.surfaces.simulation.rules.conductors import OHMS_PER_KM, Wire
from longzhong.surfaces.simulation.rules.county import HOME, REMOTE, RURAL, SHOP, URBAN, WORKSHOP, Customers, Rows
from longzhong.surfaces.simulation.rules.flow import Grid

SITE_WEIGHTS = {URBAN: 1.5, RURAL: 0.9, REMOTE: 0.5}
SEGMENT_M = {URBAN: (18, 32), RURAL: (30, 45), REMOTE: (38, 52)}
TRUNK = {URBAN: Wire.CABLE_150, RURAL: Wire.AERIAL_120, REMOTE: Wire.AERIAL_120}
BRANCH = {URBAN: Wire.CABLE_95, RURAL: Wire.AERIAL_70, REMOTE: Wire.AERIAL_70}
PER_OUTLET, PER_POLE, MOST_POLES = 36, 4.5, 44
THREE_PHASE_SHARE = {URBAN: 0.035, RURAL: 0.025, REMOTE: 0.02}
ROOF_AREAS, ROOF_CUSTOMERS = 0.25, 0.08
OWNS_COOLER = {URBAN: 0.92, RURAL: 0.86, REMOTE: 0.78}
LEAST_CUSTOMERS, DEDICATED_CUSTOMERS = 14, 2


@dataclass(frozen=True, slots=True)
class Lines:
    """Nodes of all areas: where each area's begin, the parent within the area, metres and wire of the branch above."""

    start: np.ndarray
    parent: np.ndarray
    length: np.ndarray
    wire: np.ndarray


def dedicated_areas(rng: np.random.Generator, customers: int, areas: int) -> np.ndarray:
    """Which areas belong to one business (专变): a few, and more where the county has many areas for its customers."""
    share = float(np.clip(1.0 - customers / areas / 80.0, 0.03, 0.4))
    out = np.zeros(areas, bool)
    out[rng.permutation(areas)[: int(share * areas)]] = areas >= 40
    return out


def customers_per_area(rng: np.random.Generator, total: int, site: np.ndarray, dedicated: np.ndarray) -> np.ndarray:
    """Customers of each area, adding up to the total exactly."""
    weights = np.array([SITE_WEIGHTS[s] for s in site]) * rng.lognormal(0, 0.3, len(site))
    public = np.flatnonzero(~dedicated)
    left = total - DEDICATED_CUSTOMERS * int(dedicated.sum()) - LEAST_CUSTOMERS * len(public)
    if left < 0:
        raise ValueError(f"{total} customers are too few for {len(site)} areas")
    share = np.floor(np.cumsum(weights[public]) / weights[public].sum() * left + 1e-9).astype(int)
    out = np.full(len(site), DEDICATED_CUSTOMERS)
    out[public] = LEAST_CUSTOMERS + np.diff(share, prepend=0)
    return out


def string_lines(rng: np.random.Generator, count: np.ndarray, site: np.ndarray) -> Lines:
    """Outlets of each area as strings of poles with a few side branches; the first third is trunk."""
    start, parent, length, wire = [0], [], [], []
    for customers, where in zip(count.tolist(), site.tolist(), strict=True):
        outlets = int(np.clip(round(customers / PER_OUTLET), 1, 6))
        poles = int(np.clip(round(customers / PER_POLE), 2, MOST_POLES))
        parent.append(-1)
        length.append(0.0)
        wire.append(TRUNK[where])
        node = 1
        for part in np.array_split(np.arange(poles), outlets):
            first = node
            for place in range(len(part)):
                aside = place > 2 and rng.random() < 0.25
                parent.append(0 if place == 0 else int(rng.integers(first + 1, node)) if aside else node - 1)
                length.append(float(rng.uniform(*SEGMENT_M[where])))
                wire.append(TRUNK[where] if place < max(2, len(part) / 2) else BRANCH[where])
                node += 1
        start.append(start[-1] + node)
    return Lines(np.array(start), np.array(parent), np.array(length), np.array(wire))


def settle(
    rng: np.random.Generator, count: np.ndarray, site: np.ndarray, dedicated: np.ndarray
) -> tuple[Customers, Rows]:
    """Customers of every area and their metered phases."""
    area = np.repeat(np.arange(len(count)), count)
    where, own = site[area], dedicated[area]
    three = (rng.random(len(area)) < np.array([THREE_PHASE_SHARE[s] for s in range(3)])[where]) | own
    kind = np.where(three, np.where(rng.random(len(area)) < 0.6, SHOP, WORKSHOP), HOME)
    kind = np.where(own, WORKSHOP, kind)
    wiring = np.where(three, 3, 1)
    first = np.concatenate([[0], np.cumsum(wiring)[:-1]])
    customers = Customers(area, kind, wiring, first)
    return customers, _rows(rng, customers, where, own)


def _rows(rng: np.random.Generator, customers: Customers, where: np.ndarray, own: np.ndarray) -> Rows:
    """Per phase: household scale 1 ± 30 %, businesses 1 to 4 kW a phase, owners' air conditioners, some roofs."""
    count = len(customers)
    business = customers.kind != HOME
    scale = np.where(business, rng.uniform(0.6, 3.2, count), rng.lognormal(-0.08, 0.32, count).clip(0.4, 1.7))
    scale = np.where(own, rng.uniform(22, 45, count), scale)
    owner = rng.random(count) < np.array([OWNS_COOLER[s] for s in range(3)])[where]
    cool = np.where(owner, rng.gamma(4.0, 0.26, count).clip(0.4, 3.0), 0.0)
    cool = np.where(business, np.where(customers.kind == SHOP, 0.4 * scale, 0.0), cool)
    tan = np.where(business, rng.uniform(0.25, 0.42, count), rng.uniform(0.12, 0.3, count))
    sunny = (rng.random(int(customers.area.max()) + 1) < ROOF_AREAS)[customers.area] & (where != URBAN) & ~business
    pv = np.where(sunny & (rng.random(count) < ROOF_CUSTOMERS), rng.uniform(3.0, 6.0, count).round(1), 0.0)
    each = np.repeat(np.arange(count), customers.wiring)
    spread = np.where(customers.wiring[each] == 3, rng.uniform(0.85, 1.15, len(each)), 1.0)
    f4 = [x[each].astype(np.float32) for x in (scale, cool, pv, tan)]
    return Rows(
        np.arange(len(each)),
        each,
        customers.area[each],
        customers.kind[each],
        (f4[0] * spread).astype(np.float32),
        *f4[1:],
    )


def share_phases(rows: Rows, customers: Customers, rng: np.random.Generator, careless: float = 0.08) -> np.ndarray:
    """The phase (0 1 2) of each row: each single-phase customer on the phase with the least load so far, a few by accident."""
    weight = 0.35 * rows.scale + 0.45 * rows.cool
    phase = np.empty(len(rows), np.int64)
    slip, other = rng.random(len(rows)) < careless, rng.integers(0, 3, len(rows))
    three = customers.wiring[rows.customer] == 3
    first = customers.row[rows.customer]
    load, now = [0.0, 0.0, 0.0], -1
    for k in range(len(rows)):
        if rows.area[k] != now:
            load, now = [0.0, 0.0, 0.0], rows.area[k]
        choice = k - first[k] if three[k] else other[k] if slip[k] else load.index(min(load))
        phase[k] = choice
        load[int(choice)] += float(weight[k])
    return phase


def hang(rng: np.random.Generator, lines: Lines, rows: Rows, customers: Customers, phase: np.ndarray) -> Grid:
    """Every customer on a pole of the area (businesses near the transformer), with a service wire; ohms of the wires."""
    areas = len(lines.start) - 1
    poles = np.diff(lines.start)[customers.area] - 1
    place = np.where(customers.kind == HOME, rng.random(len(customers)), rng.random(len(customers)) * 0.34)
    node = 1 + np.minimum((place * poles).astype(int), poles - 1)
    metres = rng.uniform(8, 24, len(customers))
    service = np.where(customers.wiring == 1, 2.0 * OHMS_PER_KM[Wire.SERVICE_16] * metres / 1000.0, 0.0)
    z = np.array(OHMS_PER_KM)[lines.wire] * lines.length / 1000.0
    row_start = np.searchsorted(rows.area, np.arange(areas + 1))
    return Grid(lines.start, lines.parent, z, z.copy(), row_start, node[rows.customer], phase, service[rows.customer])
