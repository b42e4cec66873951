"""Who calls the hotline of the demo county, and how its people handle it (模拟来电): decided once for each call and case by chance.

Calls begin ten days before the built county's last day, a few a day and more in a bigger county, so that building stays short.
The words are made (`texts`), the moods and channels drawn; most cases go well, some are refused, some customers aren't content.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from longzhong.surfaces.simulation.rules.chance import uniforms

CALL_DAYS = 10
CUSTOMERS_A_CALL, MOST_A_DAY = 8_000, 14
FIRST_H, LAST_H = 6.5, 22.0
_RING, _PACE, _DARK = 51, 52, 53
TOLD_DAYS = 8  # a plan is told more than the seven days of the rule ahead (十项承诺 2)
PLAN_EVERY, FAULT_EVERY = 3, 2
CHANNELS = (("95598", 0.46), ("grid", 0.2), ("hall", 0.12), ("online", 0.08), ("electrician", 0.05), ("12345", 0.04),
            ("village", 0.03), ("conduct", 0.02))  # fmt: skip
MOODS = (("calm", 0.78), ("excited", 0.17), ("furious", 0.05))
CALL_BACK_HOURS = ((time(9), time(11, 40)), (time(14, 30), time(20)))


@dataclass(frozen=True, slots=True)
class Ring:
    """One call of a day: when, which customer, by which channel, in which mood; `text` numbers the made text."""

    at: datetime
    customer: int
    channel: str
    mood: str
    text: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What chance has in store for one case: minutes of each step, and what the customer says in the end."""

    accept: float
    arrive: float
    diagnose: float
    finish: float
    review: float
    verdict: str
    second: str


@dataclass(frozen=True, slots=True)
class Dark:
    """One outage of an area: told (a plan) before it begins; `source` names it for ever."""

    area: int
    planned: bool
    told_at: datetime
    begins_at: datetime
    ends_at: datetime
    source: str


def rings(seed: int, customers: int, day: date, zone_start: datetime) -> list[Ring]:
    """The calls of one day in order of time; `zone_start` is the day's first moment."""
    number = min(3 + customers // CUSTOMERS_A_CALL, MOST_A_DAY)
    lots = uniforms(seed, 0, day.toordinal(), _RING, number * 5).reshape(number, 5).tolist()
    found = [
        Ring(
            at=zone_start + timedelta(minutes=round(60 * (FIRST_H + (LAST_H - FIRST_H) * when))),
            customer=int(who * customers), channel=_drawn(CHANNELS, channel), mood=_drawn(MOODS, mood), text=int(text * 1000),
        )
        for when, who, channel, mood, text in lots
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.customer))


def pace_of(seed: int, case_id: int, *, urgent: bool) -> Pace:
    """The course of one case."""
    lot = uniforms(seed, case_id, 0, _PACE, 8).tolist()
    haste = 0.5 if urgent else 1.0
    slow = 5.0 if lot[0] < 0.08 else 1.0
    return Pace(
        accept=2 + 10 * lot[1] * haste * slow,
        arrive=10 + 32 * lot[2] * haste * slow,
        diagnose=4 + 8 * lot[3],
        finish=15 + 130 * lot[4] * haste * slow,
        review=20 + 200 * lot[5],
        verdict=_drawn((("satisfied", 0.8), ("fair", 0.1), ("no_answer", 0.06), ("dissatisfied", 0.04)), lot[6]),
        second="satisfied" if lot[7] < 0.7 else "fair",
    )


def darks(seed: int, areas: int, day: datetime) -> list[Dark]:
    """The outages that something happens to on a day (its first moment): told today, or begun today."""
    return [
        dark
        for ahead in (0, TOLD_DAYS)
        for dark in _begun(seed, areas, day + timedelta(days=ahead))
        if dark.planned or not ahead
    ]


def _begun(seed: int, areas: int, day: datetime) -> list[Dark]:
    """The outages that begin on a day: works every third day, a fault every other."""
    number, found = day.toordinal(), []
    lot = uniforms(seed, 0, number, _DARK, 4).tolist()
    if number % PLAN_EVERY == 0:
        begins = day + timedelta(hours=9)
        told = begins - timedelta(days=TOLD_DAYS)
        ends = begins + timedelta(hours=2 + 4 * lot[1])
        found.append(Dark(int(lot[0] * areas), True, told, begins, ends, f"simulation.dark:{2 * number}"))
    if number % FAULT_EVERY == 0:
        begins = day + timedelta(hours=7 + 12 * lot[3])
        ends = begins + timedelta(minutes=50 + 90 * lot[1])
        found.append(Dark(int(lot[2] * areas), False, begins, begins, ends, f"simulation.dark:{2 * number + 1}"))
    return found


def call_back_at(ready: datetime) -> datetime:
    """The first moment from `ready` on at which somebody of the desk calls customers back."""
    for begins, ends in CALL_BACK_HOURS:
        start = datetime.combine(ready.date(), begins, ready.tzinfo)
        if ready < start:
            return start
        if ready <= datetime.combine(ready.date(), ends, ready.tzinfo):
            return ready
    return datetime.combine(ready.date() + timedelta(days=1), CALL_BACK_HOURS[0][0], ready.tzinfo)


def _drawn(table: tuple[tuple[str, float], ...], lot: float) -> str:
    """One of the words by their shares."""
    for word, share in table:
        lot -= share
        if lot < 0:
            return word
    return table[-1][0]
