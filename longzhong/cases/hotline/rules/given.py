"""What a taker of calls knows: the call, who is calling, and what the case made of it will be."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.hotline.rules.words import Channel, Grade, Hazard, Mood, Secrecy, Site, Urgency, Voltage

TAKERS = ("desk", "station", "quality", "grid", "crew")
REVEALERS = ("grid", "desk", "crew", "station", "quality")
ERASERS = ("quality", "station")


@dataclass(frozen=True)
class Caller:
    """Who is calling, as far as they said so; plain here, sealed by the service."""

    name: str = ""
    phone: str = ""
    address: str = ""
    account_id: int | None = None

    @property
    def known(self) -> bool:
        return bool(self.name.strip() or self.phone.strip() or self.address.strip() or self.account_id)


@dataclass(frozen=True)
class NewCall:
    """A word that came in. `external_no` is the other system's number; `at` when it came in, if not just now."""

    channel: Channel
    text: str = ""
    caller: Caller = Caller()
    unit_id: int | None = None
    area_id: int | None = None
    mood: Mood = Mood.CALM
    external_no: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class NewCase:
    """What a call becomes. `chosen`: a person decided on the category; `confidence` is the suggestion's, 0..1."""

    category_id: int
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.OPEN
    mood: Mood | None = None
    over_level: bool = False
    hazard: Hazard = Hazard.NONE
    site: Site | None = None
    voltage: Voltage = Voltage.LOW
    grade: Grade = Grade.GENERAL
    root_cause: str = ""
    about_staff_id: int | None = None
    about_unit_id: int | None = None
    wants_call_back: bool = True
    external_due_at: datetime | None = None
    chosen: bool = True
    confidence: float | None = None
