"""The tenant of the seed: first 铁四局家属院 (here account 1), then 御龙湾 (account 5, another station), then 江华机械厂家属区."""

from datetime import date, datetime
from typing import Any

from longzhong.cases.hotline.models import Call
from longzhong.cases.hotline.rules.words import Channel, Mood
from longzhong.cases.hotline.services import Caller
from longzhong.cases.petitioners import services
from longzhong.cases.petitioners.models import Incident, Petitioner
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST
from longzhong.register.customers import selectors as customers
from tests.cases.hotline.make import Hotline, a_call, hotline_county
from tests.dispatch.make import MORNING, SYSTEM

NAME, PHONE, OTHER_PHONE = "郝有理", "13712345678", "13787654321"
HE = Caller(name=NAME, phone=PHONE)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CST)


def hall(county: Hotline, code: str = "head", role: str = "desk", unit: int | None = None) -> Actor:
    """Somebody of the station's hall."""
    return county.county.actor(code, role, units=(unit or county.county.station,))


def other_hall(county: Hotline) -> Actor:
    return hall(county, "other", unit=county.county.other_station)


def a_file(county: Hotline, *, by: Actor | None = None, **changes: Any) -> Petitioner:
    new: dict[str, Any] = {
        "unit_id": county.county.station, "reason": "三个月来了八次", "name": NAME, "phone": PHONE,
        "account_id": county.accounts[1], "from_on": date(2025, 6, 1), **changes,
    }  # fmt: skip
    return services.open_file(new=services.NewFile(**new), by=by or hall(county), at=MORNING)


def calls(county: Hotline, number: int, *, caller: Caller = HE, mood: Mood = Mood.EXCITED, hour: int = 0) -> list[Call]:
    """Calls of one caller at the station, an hour apart, before the morning."""
    return [
        a_call(
            county, "家里电费多了", account=None, caller=caller, unit_id=county.county.station, mood=mood,
            when=MORNING.replace(day=1, hour=hour + n), channel=Channel.PHONE_95598,
        )
        for n in range(number)
    ]  # fmt: skip


def tags(county: Hotline, account: int) -> tuple[str, ...]:
    row = customers.visible_to(SYSTEM).filter(pk=county.accounts[account]).select_related("unit", "area")
    return customers.cards_of(SYSTEM, row)[0].tags


def an_incident(county: Hotline, *, by: Actor | None = None, when: datetime = MORNING, **changes: Any) -> Incident:
    new: dict[str, Any] = {
        "unit_id": county.county.station,
        "window": "3号窗口",
        "mood": Mood.FURIOUS,
        "text": "嫌电费多",
        **changes,
    }
    return services.escalate(new=services.NewIncident(**new), by=by or hall(county, "li"), at=when)


__all__ = [
    "HE",
    "MORNING",
    "NAME",
    "OTHER_PHONE",
    "PHONE",
    "SYSTEM",
    "a_file",
    "an_incident",
    "at",
    "calls",
    "hall",
    "hotline_county",
    "other_hall",
    "tags",
]
