"""Weather of a demo county (天气): a year's course, warm and cold spells, the day's swing, sun and cloud.

Monthly means are near those of Xiangyang (about 32.0° N 112.1° E). A day's weather depends on seed and date only.
"""

from dataclasses import dataclass
from datetime import date
from math import cos, pi, radians, sin

import numpy as np

from longzhong.surfaces.simulation.rules.chance import bells, uniforms

MONTH_MEANS_C = (3.2, 5.8, 10.8, 17.0, 22.0, 26.0, 28.2, 27.3, 23.0, 17.3, 11.0, 5.2)
LATITUDE, SOLAR_NOON_H = 32.0, 12.5
SPELL_MEMORY, SPELL_DAYS, SPELL_C = 0.8, 20, 0.85
_HOURS = (np.arange(96) + 0.5) / 4.0
_TEMPERATURE, _CLOUD = 1, 2


@dataclass(frozen=True, slots=True)
class Weather:
    """temp (96) °C; sun (96) share of full sun on the ground; mean °C of the day; cloud 0…1."""

    temp: np.ndarray
    sun: np.ndarray
    mean: float
    cloud: float


def weather_on(seed: int, day: date) -> Weather:
    """The weather of a civil day."""
    cloud = _cloud(seed, day)
    mean = climate(day) + _spell(seed, day) - 2.5 * (cloud - 0.35)
    swing = 5.2 * (1.0 - 0.55 * cloud)
    temp = mean + swing * np.cos((_HOURS - 15.0) / 24.0 * 2.0 * pi)
    return Weather(temp, clear_sun(day) * (1.0 - 0.72 * cloud), mean, cloud)


def hot_day(day: date, mean: float = 31.0) -> Weather:
    """A clear hot day, for which lines and transformers are laid out."""
    temp = mean + 4.5 * np.cos((_HOURS - 15.0) / 24.0 * 2.0 * pi)
    return Weather(temp, clear_sun(day) * 0.93, mean, 0.1)


def clear_sun(day: date) -> np.ndarray:
    """Share of full sun in each slot of a cloudless day."""
    tilt = radians(-23.44) * cos(2.0 * pi * (day.timetuple().tm_yday + 10) / 365.25)
    turn = (_HOURS - SOLAR_NOON_H) / 24.0 * 2.0 * pi
    height = sin(radians(LATITUDE)) * sin(tilt) + cos(radians(LATITUDE)) * cos(tilt) * np.cos(turn)
    return np.asarray(np.clip(height, 0.0, None) ** 1.15)


def climate(day: date) -> float:
    """The long-term mean of a date, straight lines between mid-months."""
    place = day.month - 1 + (day.day - 15) / 30.4
    return float(np.interp(place % 12, np.arange(13), (*MONTH_MEANS_C, MONTH_MEANS_C[0])))


def _spell(seed: int, day: date) -> float:
    """Warm and cold spells: shocks of the last days, fading."""
    number = day.toordinal()
    shocks = [bells(seed, 0, number - back, _TEMPERATURE, 1)[0] for back in range(SPELL_DAYS)]
    return float(sum(SPELL_C * SPELL_MEMORY**back * shock for back, shock in enumerate(shocks)))


def _cloud(seed: int, day: date) -> float:
    """Cloudiness: mostly fair with a rainy day now and then, and neighbours alike."""
    number = day.toordinal()
    today, before = (uniforms(seed, 0, number - back, _CLOUD, 1)[0] for back in (0, 1))
    return float((0.7 * today + 0.3 * before) ** 1.6)
