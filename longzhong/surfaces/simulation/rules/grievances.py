"""What the demo county's customers complained of over the years (投诉年景): decided by chance in fixed shares, pure.

Shares follow what such counties tell (S0-15, S2-04): supply quality 31 % with frequent outage first, more than half of what is said
of the service is about somebody's manner, summers and the turn of the year are heavy, and appeals turn part of the verdicts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from longzhong.surfaces.simulation.rules.chance import uniforms

KINDS = (
    ("complaint.quality.frequent", 0.22), ("complaint.quality.voltage", 0.09),
    ("complaint.service.hall_attitude", 0.06), ("complaint.service.reading_attitude", 0.05),
    ("complaint.service.agent_attitude", 0.04), ("complaint.service.hall_conduct", 0.05),
    ("complaint.service.connection_conduct", 0.03), ("complaint.service.payment", 0.03),
    ("complaint.business.dunning", 0.06), ("complaint.business.bill", 0.05), ("complaint.business.change_steps", 0.04),
    ("complaint.business.reading", 0.03), ("complaint.business.reconnect_late", 0.03),
    ("complaint.outage.notice_missing", 0.05), ("complaint.outage.repair_late", 0.05), ("complaint.outage.off_plan", 0.03),
    ("complaint.outage.repair_attitude", 0.02), ("complaint.grid.site", 0.03), ("complaint.grid.capacity", 0.02),
    ("complaint.grid.works_attitude", 0.02),
)  # fmt: skip
REPORT, REPORT_EVERY = "report.discipline", 12
MONTHS = (1.3, 1.1, 0.7, 0.6, 0.7, 1.1, 1.6, 1.7, 1.0, 0.6, 0.7, 1.1)
CHANNELS = (("95598", 0.62), ("12345", 0.14), ("hall", 0.1), ("online", 0.08), ("12398", 0.06))
VERDICTS = (("dismissed", 0.38), ("upheld", 0.42), ("partly", 0.2))
APPEALS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("allowed",), 0.28), (("refused", "allowed"), 0.05), (("refused", "refused"), 0.05), (("refused",), 0.08), ((), 0.54),
)  # fmt: skip
CAUSES = {
    "quality": (("supply", 0.85), ("unfamiliar", 0.15)),
    "service": (("attitude", 0.62), ("knowledge", 0.2), ("temper", 0.18)),
    "business": (("knowledge", 0.5), ("unfamiliar", 0.3), ("temper", 0.2)),
    "outage": (("supply", 0.6), ("attitude", 0.2), ("unfamiliar", 0.2)),
    "grid": (("supply", 0.7), ("attitude", 0.3)),
    "discipline": (("attitude", 1.0),),
}
STORMY = ("complaint.quality.frequent", "complaint.outage.repair_late", "complaint.outage.off_plan")
FIRST_H, LAST_H = 7.5, 20.5
_WHEN, _WHAT, _HEARD = 54, 55, 56
Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Grievance:
    """One complaint or report: when, of what, which customer; what becomes of it if it goes its way to the end.

    `accused`: a person is complained about. `appeals`: what each level of appeal comes to. `thunder`: there was a storm.
    """

    at: datetime
    category: str
    customer: int
    channel: str
    secrecy: str
    accused: bool
    verdict: str
    responsibility: str
    cause: str
    appeals: tuple[str, ...]
    thunder: bool

    @property
    def topic(self) -> str:
        """quality, service, business, outage, grid or discipline."""
        return self.category.split(".")[1]


def grievances(seed: int, customers: int, since: datetime, days: int, number: int) -> list[Grievance]:
    """So many matters over so many days from `since` (a day's first moment), in order of time."""
    moments = _moments(seed, since, days, number)
    lots = uniforms(seed, days, since.toordinal(), _WHAT, number * 9).reshape(number, 9).tolist()
    return [_made(at, n, number, lot, customers) for n, (at, lot) in enumerate(zip(moments, lots, strict=True))]


def _moments(seed: int, since: datetime, days: int, number: int) -> list[datetime]:
    """Evenly over the weights of the months, at hours when people complain."""
    weights = [MONTHS[(since + timedelta(days=day)).month - 1] for day in range(days)]
    upto = list(accumulate(weights))
    lots = uniforms(seed, days, since.toordinal(), _WHEN, 2 * number).reshape(number, 2).tolist()
    found = []
    for n, (where, hour) in enumerate(lots):
        goal = (n + where) / number * upto[-1]
        day = next((place for place, reached in enumerate(upto) if reached > goal), days - 1)
        minutes = round(60 * (FIRST_H + (LAST_H - FIRST_H) * hour))
        found.append(since + timedelta(days=day, minutes=minutes))
    return sorted(found)


def heard(
    seed: int, number: int, *, at: datetime, category: str, channel: str, secrecy: str, accused: bool
) -> Grievance:
    """What becomes of a matter that somebody told: its number decides."""
    lot = uniforms(seed, number, 0, _HEARD, 3).tolist()
    topic, verdict = category.split(".")[1], drawn(VERDICTS, lot[0])
    against = verdict != "dismissed"
    return Grievance(
        at=at, category=category, customer=0, channel=channel, secrecy=secrecy, accused=accused, verdict=verdict,
        responsibility=_responsibility(topic, against, lot[1]),
        cause=drawn(CAUSES.get(topic, CAUSES["business"]), lot[2]) if against else "", appeals=(), thunder=False,
    )  # fmt: skip


def _made(at: datetime, place: int, number: int, lot: list[float], customers: int) -> Grievance:
    """The category by a quota that chance can't upset: place × golden ratio is spread evenly over the shares."""
    spread = (place * 0.6180339887498949 + 0.5 / number) % 1.0
    report = place % REPORT_EVERY == REPORT_EVERY - 1
    category = REPORT if report else drawn(KINDS, spread)
    verdict = drawn(VERDICTS, lot[0])
    topic = category.split(".")[1]
    against = verdict != "dismissed"
    return Grievance(
        at=at, category=category, customer=int(lot[1] * customers), channel=drawn(CHANNELS, lot[2]),
        secrecy="confidential" if report and lot[3] < 0.6 else "open", accused=report or category.endswith("_attitude"),
        verdict=verdict, responsibility=_responsibility(topic, against, lot[4]),
        cause=drawn(CAUSES[topic], lot[5]) if against else "", appeals=drawn(APPEALS, lot[6]) if against else (),
        thunder=category in STORMY and 5 <= at.month <= 9 and lot[7] < 0.7,
    )  # fmt: skip


def _responsibility(topic: str, against: bool, lot: float) -> str:
    if not against:
        return "customer" if lot < 0.6 else ""
    if topic == "grid":
        return "partner" if lot < 0.5 else "non_marketing"
    return "marketing" if topic in ("service", "business", "discipline") else "non_marketing"


def drawn(table: tuple[tuple[Word, float], ...], lot: float) -> Word:
    """One of the words by their shares."""
    for word, share in table:
        lot -= share
        if lot < 0:
            return word
    return table[-1][0]
