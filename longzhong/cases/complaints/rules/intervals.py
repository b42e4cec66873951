"""How much a small number says (小样本): intervals instead of ranks on noise, all at 95 %.

Shares have Wilson's interval, counts (投诉件数) the exact one of Poisson (Garwood), the difference of two shares Newcombe's, the
ratio of two rates the exact one of Clopper and Pearson (given their sum, how many events fall into one of two spans is binomial if
nothing differs). All of them take events to be independent: where one outage brings forty complaints, the truth is wider.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, sqrt

from scipy.special import betaincinv, gammaincinv

Z = 1.959963984540054
TAIL = 0.025
SMALL = 5
"""Below so many events a number is said to be small (小样本; ours, U)."""


@dataclass(frozen=True)
class Interval:
    """A value with the interval in which the true one lies; `high` may be infinite, `value` NaN-free or infinite with it."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def share(part: int, whole: int) -> Interval | None:
    """A share 0..1 by Wilson; None where there is nothing to divide by."""
    if whole <= 0:
        return None
    p, n = part / whole, whole
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Interval(p, low, high)


def events(count: int) -> Interval:
    """The mean behind a count of independent events."""
    low = float(gammaincinv(count, TAIL)) if count else 0.0
    return Interval(float(count), low, float(gammaincinv(count + 1, 1 - TAIL)))


def per(count: int, base: int, scale: int = 10_000) -> Interval | None:
    """Events for so many customers (万户投诉率): None without customers."""
    return events(count).times(scale / base) if base > 0 else None


def gap(part: int, whole: int, part_before: int, whole_before: int) -> Interval | None:
    """How much a share moved (−1..1) by Newcombe's hybrid score; None where either has nothing to divide by."""
    now, before = share(part, whole), share(part_before, whole_before)
    if now is None or before is None:
        return None
    moved = now.value - before.value
    low = moved - hypot(now.value - now.low, before.high - before.value)
    high = moved + hypot(now.high - now.value, before.value - before.low)
    return Interval(moved, low, high)


def ratio(now: int, days: float, before: int, days_before: float) -> Interval | None:
    """The rate of now over that of before, spans in days; None where nothing happened in either. Infinite where only now did."""
    whole = now + before
    if whole == 0 or days <= 0 or days_before <= 0:
        return None
    low = float(betaincinv(now, before + 1, TAIL)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - TAIL)) if before else 1.0
    scale = days_before / days
    return Interval(*(_odds(one) * scale for one in (now / whole, low, high)))


def places(values: Sequence[Interval | None]) -> list[tuple[int, int] | None]:
    """The best and worst place (1 = least) that each could truly have: better only where the intervals don't overlap.

    Who has the same places as everybody isn't ranked at all: the numbers don't tell them apart (不作排名).
    """
    known = [one for one in values if one is not None]
    return [
        None if one is None else (
            1 + sum(other.high < one.low for other in known),
            len(known) - sum(other.low > one.high for other in known),
        )
        for one in values
    ]  # fmt: skip


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)
