"""The hotline's county with its places published, outages of areas, and strangers who ask."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client

from longzhong.cases.hotline.models import Case
from longzhong.kit import clock
from longzhong.register.policies.services import change_policy
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import Devices, Kind, NewPlan, NewReport
from longzhong.surfaces.portal import services
from longzhong.surfaces.portal.models import Follow, Place
from longzhong.surfaces.portal.rules import FaultKind, Report
from longzhong.surfaces.portal.selectors import PORTAL
from tests.cases.hotline.make import MORNING, PLAIN, SYSTEM, Hotline, at, hotline_county

NOON = MORNING
PERSONAL = (*PLAIN, "李秀兰", "单雄信", "13800138003", "13800138004", "13800138005", "襄阳轴承", "4200000000001", "王坐席", "李明",
            "王所长", "孙抢修")  # fmt: skip
"""What no answer of the portal may hold: customers' names, phones, rooms and numbers, and our people's whole names."""

MASKED = (
    (re.compile(rb'nonce="[^"]*"'), b"nonce"),
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b"csrf"),
    (re.compile(rb'name="key" value="[^"]*"'), b"key"),
)


def plain(content: bytes) -> bytes:
    """An answer without what differs at every rendering."""
    for pattern, word in MASKED:
        content = pattern.sub(word, content)
    return content


@dataclass(frozen=True)
class Town:
    hotline: Hotline

    @property
    def estate(self) -> Place:
        return Place.objects.get(name="名仕家天下")

    @property
    def village(self) -> Place:
        return Place.objects.get(name="凤凰村")

    def off(self, *codes: str) -> Devices:
        return Devices(areas=tuple(self.hotline.areas[code] for code in codes))

    def fault(self, *codes: str, **more: Any) -> Outage:
        report = NewReport(devices=self.off(*codes), **{"confirmed": True, "reason_code": "lightning", **more})
        return Outage.objects.get(pk=outages.report_outage(report=report, by=SYSTEM, at=clock.now()))

    def plan(self, *codes: str, starts: str = "2026-03-12 08:00", ends: str = "2026-03-12 18:00",
             **more: Any) -> Outage:  # fmt: skip
        wanted = {"kind": Kind.PLANNED, "reason_code": "maintenance", "devices": self.off(*codes), **more}
        plan = NewPlan(starts_at=at(starts), ends_at=at(ends), **wanted)
        return Outage.objects.get(pk=outages.plan_outage(plan=plan, by=SYSTEM, at=clock.now()))

    def report(self, when: datetime = NOON, **changes: Any) -> tuple[str, Follow]:
        """A report of 张惠芳 (account …0001) unless changed; its code and its follow."""
        wanted = {"kind": FaultKind.MY_HOME, "phone": "13800138001", "tail": "0001", "key": uuid.uuid4().hex, **changes}
        code = services.report_fault(report=Report(**wanted), by=PORTAL, at=when)
        follow = Follow.objects.order_by("-id").first()
        assert follow is not None
        return code, follow

    def case_of(self, follow: Follow) -> Case:
        return Case.objects.get(calls=follow.call_id)


def a_town(least: int = 2) -> Town:
    hotline = hotline_county()
    set_policy("portal.place_least", least)
    services.keep_places(by=SYSTEM, at=NOON)
    return Town(hotline)


def set_policy(key: str, value: Any) -> None:
    change_policy(
        key=key, value=value, unit_id=None, edition="", from_on=date(2026, 3, 2), reason="测试", by=SYSTEM, at=NOON
    )


def key() -> str:
    return uuid.uuid4().hex


def ask(client: Client, phone: str, tail: str, **extra: Any) -> Any:
    return client.post("/p/power/", {"phone": phone, "tail": tail}, **extra)


__all__ = ["NOON", "PERSONAL", "PORTAL", "SYSTEM", "Town", "a_town", "ask", "at", "key", "plain", "set_policy"]
