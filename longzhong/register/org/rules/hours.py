"""Office hours (营业时间): the spans of a working day in which working minutes run, with the lunch break between.

Written "08:30-12:00,14:00-17:30" in a policy. A span is half open, its ends are minutes of the civil day
(Asia/Shanghai, which has had no summer time since 1991), 24:00 is 1440.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

CST = ZoneInfo("Asia/Shanghai")
DAY_MINUTES = 1440
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–~至]\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True)
class Hours:
    """Working spans of a day as (first minute, end minute), in order, not touching."""

    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        previous = -1
        for start, end in self.spans:
            if not (previous < start < end <= DAY_MINUTES):
                raise ValueError(f"office hours are not in order: {self.spans}")
            previous = end
        if not self.spans:
            raise ValueError("office hours without a span")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "08:30-12:00,14:00-17:30"; ValueError when a part can't be read."""
        spans = []
        for part in re.split(r"[,，;；]", text):
            found = _SPAN.fullmatch(part)
            if found is None:
                raise ValueError(f"not a span of office hours: {part!r}")
            h1, m1, h2, m2 = (int(group) for group in found.groups())
            if m1 > 59 or m2 > 59:
                raise ValueError(f"not a time of day: {part!r}")
            spans.append((h1 * 60 + m1, h2 * 60 + m2))
        return cls(tuple(spans))

    @property
    def minutes(self) -> int:
        """Working minutes of one whole working day."""
        return sum(end - start for start, end in self.spans)

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The spans as moments of one day."""
        midnight = datetime.combine(day, time(0), tzinfo=CST)
        return [(midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)) for a, b in self.spans]

    def __str__(self) -> str:
        return ",".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in self.spans)


OFFICE_HOURS = Hours.parse("08:30-12:00,14:00-17:30")
ROUND_THE_CLOCK = Hours(((0, DAY_MINUTES),))


def civil(moment: datetime) -> datetime:
    """The same moment on the wall clock of Asia/Shanghai; a naive one is a programming error."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(CST)
