"""What customers draw from and give to the network in each quarter of an hour (负荷与光伏出力).

A household day is one of the measured profiles, chosen, shifted and scaled by chance for that customer and day; air
conditioners follow the temperature, presence at home follows weekday and holiday; shops and workshops have shapes of
their own; roofs follow the sun.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit

from longzhong.surfaces.simulation.rules.chance import bell, stream, uniform
from longzhong.surfaces.simulation.rules.county import HOME, SHOP, Rows
from longzhong.surfaces.simulation.rules.weather import Weather

_DAY, _NOISE, _ROOF = 11, 12, 13
_H = (np.arange(96) + 0.5) / 4.0


def _plateau(*knots: tuple[float, float]) -> np.ndarray:
    hours, levels = zip(*knots, strict=True)
    return np.asarray(np.interp(_H, hours, levels), np.float32)


PRESENCE_WORKDAY = _plateau(
    (0, 0.62), (6, 0.55), (8.5, 0.30), (12.5, 0.45), (14, 0.32), (18, 0.6), (19.5, 1.0), (22.5, 0.95), (24, 0.66)
)
PRESENCE_FREE = _plateau(
    (0, 0.64), (7, 0.55), (10, 0.55), (12.5, 0.72), (15, 0.66), (18, 0.75), (19.5, 1.0), (22.5, 0.95), (24, 0.68)
)
SHOP_HOURS = _plateau((0, 0.12), (7, 0.12), (9, 0.8), (12, 0.9), (17, 0.95), (20.5, 1.0), (22, 0.3), (24, 0.12))
WORKSHOP_HOURS = _plateau(
    (0, 0.06),
    (7.5, 0.08),
    (8.5, 1.0),
    (11.7, 1.0),
    (12.2, 0.45),
    (13.7, 0.5),
    (14.2, 1.0),
    (17.7, 0.95),
    (18.5, 0.1),
    (24, 0.06),
)


@dataclass(frozen=True, slots=True)
class DayKind:
    """The calendar's part: working day or not; a holiday sends some families away and brings others home."""

    working: bool
    holiday: bool = False


@njit(cache=True, nogil=True)
def _home(out, key, noise, profiles, scale, away_share, weekday_factor):  # type: ignore[no-untyped-def]
    slots = out.shape[0]
    pick = int(uniform(key, 0) * profiles.shape[0])
    shift = int(uniform(key, 1) * 9.0) - 4
    level = scale * weekday_factor * (0.75 + 0.5 * uniform(key, 2))
    if uniform(key, 3) < away_share:
        level *= 0.15
    for t in range(slots):
        out[t] = level * profiles[pick, (t - shift) % slots] * (1.0 + 0.04 * bell(noise, t))


@njit(cache=True, nogil=True)
def _comfort(out, key, noise, cool, temp, presence):  # type: ignore[no-untyped-def]
    """Air conditioning above about 25.5 °C, heating below about 9 °C."""
    liking = 0.9 * bell(key, 4)
    level = cool * (0.7 + 0.6 * uniform(key, 5))
    for t in range(out.shape[0]):
        need = max((temp[t] - 25.0 - liking) / 8.0, (8.0 + liking - temp[t]) / 14.0)
        if need > 0.0:
            out[t] += level * min(need, 1.0) * presence[t] * max(1.0 + 0.25 * bell(noise, 200 + t), 0.1)


class _Who(NamedTuple):
    """Columns of Rows that the kernel reads."""

    number: np.ndarray
    customer: np.ndarray
    kind: np.ndarray
    scale: np.ndarray
    cool: np.ndarray
    pv: np.ndarray
    tan: np.ndarray


class _Day(NamedTuple):
    """What is the same for everybody on a day: shapes, weather, and the calendar's part."""

    seed: int
    day: int
    profiles: np.ndarray
    temp: np.ndarray
    sun: np.ndarray
    presence: np.ndarray
    shop: np.ndarray
    work: np.ndarray
    away: float
    factor: float


@njit(cache=True, nogil=True)
def _business(out, level, shape, noise):  # type: ignore[no-untyped-def]
    for t in range(out.shape[0]):
        out[t] = level * shape[t] * (1.0 + 0.06 * bell(noise, t))


@njit(cache=True, nogil=True)
def _shine(out, kwp, sun, cloud):  # type: ignore[no-untyped-def]
    """A roof's output, under the same passing clouds for the whole county."""
    for t in range(out.shape[0]):
        out[t] -= kwp * 0.84 * sun[t] * (1.0 - 0.12 * uniform(cloud, t))


@njit(cache=True, nogil=True)
def _draw(who, today, first, last, p, q):  # type: ignore[no-untyped-def]
    cloud = stream(today.seed, 0, today.day, _ROOF)
    for k in range(first, last):
        key = stream(today.seed, who.customer[k], today.day, _DAY)
        noise = stream(today.seed, who.number[k], today.day, _NOISE)
        home, out = who.kind[k] == HOME, p[k]
        if home:
            _home(out, key, noise, today.profiles, who.scale[k], today.away, today.factor)
        else:
            level = who.scale[k] * (0.85 + 0.3 * uniform(key, 2))
            _business(out, level, today.shop if who.kind[k] == SHOP else today.work, noise)
        if who.cool[k] > 0.0:
            _comfort(out, key, noise, who.cool[k], today.temp, today.presence if home else today.shop)
        for t in range(out.shape[0]):
            q[k, t] = out[t] * who.tan[k]
        if who.pv[k] > 0.0:
            _shine(out, who.pv[k], today.sun, cloud)


@dataclass(frozen=True, slots=True)
class Household:
    """The measured profiles, (n, 96) kW."""

    profiles: np.ndarray


def draw(
    seed: int, day: int, rows: Rows, homes: Household, weather: Weather, kind: DayKind, *, threads: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """p, q (rows, 96) kW, kvar of a civil day given by its ordinal number; negative p is export."""
    count = len(rows)
    p, q = np.empty((count, 96), np.float32), np.empty((count, 96), np.float32)
    today = _Day(
        seed, day, homes.profiles, weather.temp, weather.sun,
        presence=PRESENCE_WORKDAY if kind.working else PRESENCE_FREE,
        shop=SHOP_HOURS * np.float32(1.1 if kind.holiday else 1.0),
        work=WORKSHOP_HOURS * np.float32(1.0 if kind.working else 0.18),
        away=0.08 if kind.holiday else 0.02,
        factor=1.0 if kind.working else 1.1,
    )  # fmt: skip
    who = _Who(*(getattr(rows, column) for column in _Who._fields))
    cuts = np.linspace(0, count, threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda first, last: _draw(who, today, first, last, p, q), cuts[:-1], cuts[1:]))
    return p, q
