"""A slow, plain judge of clocks: the whole horizon minute by minute, no interval arithmetic.

Written apart from the rules: one boolean a minute says whether it counts; a limit is used up at the end of the n-th counted minute.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from longzhong.dispatch.matters.rules.counting import CST, Limit, Measure
from longzhong.register.org.rules.hours import Hours

FIRST = date(2026, 1, 1)
DAYS = 530
MINUTES = DAYS * 1440
ORIGIN = datetime(2026, 1, 1, tzinfo=CST)

# State Council notice for 2026 as the package `holidays` has it: days off on weekdays, and make-up working weekends.
OFF = {
    *(date(2026, 1, day) for day in (1, 2, 3)),
    *(date(2026, 2, day) for day in range(15, 24)),
    *(date(2026, 4, day) for day in (4, 5, 6)),
    *(date(2026, 5, day) for day in (1, 2, 3, 4, 5)),
    *(date(2026, 6, day) for day in (19, 20, 21)),
    *(date(2026, 9, day) for day in (25, 26, 27)),
    *(date(2026, 10, day) for day in range(1, 8)),
    date(2027, 1, 1),
}
MAKE_UP = {
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}


@dataclass(frozen=True)
class Year2026:
    """The calendar of 2026, published to the end of the year."""

    known_until: date = date(2026, 12, 31)

    def is_working(self, day: date) -> bool:
        return day in MAKE_UP or (day.weekday() < 5 and day not in OFF)


CALENDAR = Year2026()


def _mask(measure: Measure, office: Hours) -> np.ndarray:
    mask = np.zeros((DAYS, 1440), dtype=bool)
    for index in range(DAYS):
        day = FIRST + timedelta(days=index)
        if measure in (Measure.MINUTES, Measure.HOURS, Measure.DAYS):
            mask[index] = True
        elif CALENDAR.is_working(day):
            for minute in range(1440):
                mask[index, minute] = measure is Measure.WORKING_DAYS or any(a <= minute < b for a, b in office.spans)
    return mask.ravel()


_masks: dict[object, np.ndarray] = {}


WINDOW = 150 * 1440  # minutes looked at from the start on: 30 working days, a holiday and 40 paused days fit in


@dataclass(frozen=True)
class Oracle:
    """For each minute of the window, how many minutes have counted when it ends."""

    origin: datetime
    counted: np.ndarray

    @classmethod
    def of(cls, limit: Limit, started_at: datetime, pauses: list[tuple[datetime, datetime | None]]) -> "Oracle":
        key = (limit.measure, limit.office)
        if key not in _masks:
            _masks[key] = _mask(*key)
        first = _minute(ORIGIN, started_at)
        mask = _masks[key][first : first + WINDOW].copy()
        if limit.measure in (Measure.DAYS, Measure.WORKING_DAYS):
            mask[: 1440 - first % 1440] = False
        for begin, end in pauses:
            mask[_minute(started_at, begin) : None if end is None else _minute(started_at, end)] = False
        return cls(started_at, np.cumsum(mask, dtype=np.int32))

    def reached(self, minutes: int) -> datetime | None:
        """The end of the minute in which the n-th counted minute falls; None where it never comes."""
        index = int(np.searchsorted(self.counted, minutes))
        return None if index == len(self.counted) else self.origin + timedelta(minutes=index + 1)

    def elapsed(self, at: datetime) -> int:
        """How many minutes have counted before `at`."""
        return int(self.counted[_minute(self.origin, at) - 1])


def _minute(origin: datetime, at: datetime) -> int:
    return int((at - origin).total_seconds() // 60)
