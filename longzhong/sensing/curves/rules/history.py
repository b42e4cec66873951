"""Persistence over days (持续性): a 64-bit history per device and kind, and what kind of trouble lasts (长期/季节性/偶发).

Bit d mod 64 stands for civil day d (proleptic ordinal), so that one shift is never needed; the days between the newest
known day and a newer one are cleared first. REFERENCE §4.2: n abnormal days in a window; long-term, seasonal or occasional
by calendar (M/U, all by policy).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.limits import Limits

History = NDArray[np.uint64]
DAYS: Final = 64


class Lasting(StrEnum):
    LONG_TERM = "long_term"
    SEASONAL = "seasonal"
    OCCASIONAL = "occasional"


LASTING_NAMES: Final = {Lasting.LONG_TERM: "长期", Lasting.SEASONAL: "季节性", Lasting.OCCASIONAL: "偶发"}


def bit_of(day: date) -> np.uint64:
    return np.uint64(1) << np.uint64(day.toordinal() % DAYS)


def window_mask(day: date, days: int) -> np.uint64:
    """Bits of the last so many days up to and with `day`."""
    mask = np.uint64(0)
    for back in range(min(days, DAYS)):
        mask |= bit_of(day - timedelta(days=back))
    return mask


def advance(bits: History, newest: date, day: date) -> History:
    """Forget what the days after `newest` up to `day` meant 64 days ago. An older day forgets nothing."""
    days = (day - newest).days
    return bits & ~window_mask(day, days) if days > 0 else bits


def write_day(bits: History, newest: date, day: date, abnormal: NDArray[np.bool_]) -> History:
    """Set or clear one day; a day more than 64 days before the newest is too old to be kept."""
    if (newest - day).days >= DAYS:
        return bits
    bits = advance(bits, newest, day)
    return np.where(abnormal, bits | bit_of(day), bits & ~bit_of(day))


def days_in_window(bits: History, day: date, days: int) -> NDArray[np.int64]:
    return np.asarray(np.bitwise_count(bits & window_mask(day, days)), dtype=np.int64)


def season_of(day: date, seasons: Iterable[str]) -> str:
    """Name of the season (迎峰度夏…) that a day lies in, or "". A season is "MM-DD/MM-DD name" and may span New Year."""
    today = day.strftime("%m-%d")
    for season in seasons:
        span, _, name = season.partition(" ")
        start, _, end = span.partition("/")
        inside = start <= today <= end if start <= end else today >= start or today <= end
        if inside:
            return name or span
    return ""


def lasting(abnormal_days: Iterable[date], limits: Limits) -> Lasting:
    """Long-term: many days of the window, not only in a season. Seasonal: repeated, nearly all in seasons. Else occasional."""
    days = list(abnormal_days)
    if len(days) < limits.recurring_days:
        return Lasting.OCCASIONAL
    in_season = sum(1 for day in days if season_of(day, limits.seasons))
    if in_season >= limits.season_share * len(days):
        return Lasting.SEASONAL
    return Lasting.LONG_TERM if len(days) >= limits.long_term_days else Lasting.OCCASIONAL


def persistent(days_abnormal: int, limits: Limits) -> bool:
    """持续: at least so many abnormal days in the short window."""
    return days_abnormal >= limits.persistent_days
