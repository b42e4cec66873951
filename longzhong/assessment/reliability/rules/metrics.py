"""Reliability of supply (供电可靠性): SAIDI, SAIFI, CAIDI, ASAI (DL/T 836.1-2016, IEEE 1366; REFERENCE §3.5, F2/M).

SAIDI-1 = Σ hours × accounts ÷ all accounts (h/户); SAIFI-1 = Σ accounts ÷ all accounts (次/户); CAIDI = SAIDI ÷ SAIFI;
ASAI = 1 − SAIDI ÷ hours of the period. Worked check: 7.83 h a year of 8760 h → 99.9106 %.
Overlapping outages of one area are one interruption (the union of their spans); one that crosses a border of the period gives
it the hours inside, and is counted in the period in which it began, so that months add up to the year. Restoration in stages:
every area ends when its own power came back. An interruption of at most `short_min` minutes in all is left out (> 3 min, M).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """Policies `outage.*` and `reliability.*` that the figures read."""

    short_min: float = 3
    frequent_n: int = 3
    frequent_amber_n: int = 2
    frequent_window_d: int = 60


@dataclass(frozen=True)
class Piece:
    """One area's part of one outage; `end` None: the power is still off. `unit_id` is the station that had it then."""

    outage_id: int
    kind: str
    area_id: int
    unit_id: int | None
    accounts: int
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Interruption:
    """What the customers of an area felt: the union of overlapping pieces, with the most accounts of them."""

    area_id: int
    unit_id: int | None
    accounts: int
    start: datetime
    end: datetime
    outages: tuple[int, ...]

    @property
    def minutes(self) -> float:
        return (self.end - self.start) / timedelta(minutes=1)


@dataclass(frozen=True)
class Sums:
    """What adds up over units: account-hours without power, account-interruptions, interruptions, accounts."""

    account_hours: float = 0.0
    account_times: int = 0
    times: int = 0
    accounts: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.account_hours + other.account_hours, self.account_times + other.account_times,
            self.times + other.times, self.accounts + other.accounts,
        )  # fmt: skip


@dataclass(frozen=True)
class Indices:
    """The four; None where nothing was supplied (or, for CAIDI, nothing happened). ASAI in percent."""

    saidi_h: float | None
    saifi: float | None
    caidi_h: float | None
    asai_pct: float | None


def joined(pieces: Iterable[Piece], until: datetime) -> list[Interruption]:
    """Interruptions of each area in order of time; touching spans are one. What is still off lasts to `until`."""
    found: list[Interruption] = []
    for piece in sorted(pieces, key=lambda one: (one.area_id, one.start, one.outage_id)):
        end = min(piece.end or until, until)
        if end <= piece.start:
            continue
        last = found[-1] if found else None
        if last is None or last.area_id != piece.area_id or piece.start > last.end:
            found.append(_alone(piece, end))
        else:
            found[-1] = _with(last, piece, end)
    return found


def sustained(interruptions: Iterable[Interruption], short_min: float) -> list[Interruption]:
    """Those longer than the short ones (短时停电除外)."""
    return [one for one in interruptions if one.minutes > short_min]


def sums(interruptions: Iterable[Interruption], first: datetime, last: datetime, accounts: int) -> Sums:
    """Sums of a period [first, last): hours inside it, times that began in it."""
    hours, times, felt = 0.0, 0, 0
    for one in interruptions:
        inside = min(one.end, last) - max(one.start, first)
        if inside > timedelta(0):
            hours += inside / HOUR * one.accounts
        if first <= one.start < last:
            times, felt = times + 1, felt + one.accounts
    return Sums(hours, felt, times, accounts)


def indices(counted: Sums, period_h: float) -> Indices:
    """The four indices of sums over a period of so many hours."""
    if counted.accounts <= 0 or period_h <= 0:
        return Indices(None, None, None, None)
    saidi, saifi = counted.account_hours / counted.accounts, counted.account_times / counted.accounts
    return Indices(saidi, saifi, saidi / saifi if saifi else None, asai_pct(saidi, period_h))


def asai_pct(saidi_h: float, period_h: float) -> float:
    """(1 − SAIDI ÷ hours) × 100 %."""
    return 100 * (1 - saidi_h / period_h)


def t_med(daily_saidi: Sequence[float]) -> float | None:
    """The threshold of a major event day, exp(α + 2.5 β) of ln(daily SAIDI), in the unit given (IEEE 1366, M).

    Days without an interruption are left out, as the standard says; None with fewer than two days.
    """
    logs = [log(value) for value in daily_saidi if value > 0]
    if len(logs) < 2:
        return None
    mean = sum(logs) / len(logs)
    spread = (sum((one - mean) ** 2 for one in logs) / (len(logs) - 1)) ** 0.5
    return exp(mean + 2.5 * spread)


def _alone(piece: Piece, end: datetime) -> Interruption:
    return Interruption(piece.area_id, piece.unit_id, piece.accounts, piece.start, end, (piece.outage_id,))


def _with(one: Interruption, piece: Piece, end: datetime) -> Interruption:
    return Interruption(
        one.area_id, one.unit_id or piece.unit_id, max(one.accounts, piece.accounts), one.start, max(one.end, end),
        tuple(dict.fromkeys((*one.outages, piece.outage_id))),
    )  # fmt: skip
