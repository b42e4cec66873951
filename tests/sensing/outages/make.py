"""The small town of tests/register/customers with outages, reached through services only.

F1 (from H1): S1 ─ S2 ─ S3, and S4 behind S2. A1 on S3 (2 accounts), A2 on S4 (1, special), both 隆中所; A3 on S2 (2, one of them
important), 檀溪所; both stations stand under 襄城.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from longzhong.register.org.rules import CST, Role
from longzhong.sensing.outages import selectors, services
from longzhong.sensing.outages.models import Affected, FaultNote, Outage, Scope, Stop
from longzhong.sensing.outages.rules import Devices, Kind, NewPlan, NewReport, State
from tests.register.access.make import person
from tests.register.customers.make import town
from tests.register.network.make import Net
from tests.register.org.make import MACHINE, NOW, actor
from tests.register.policies.make import browser, packs


def at(text: str) -> datetime:
    """ "03-02 18:00" of 2026, in the county's time."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=CST)


@dataclass(frozen=True)
class Place:
    """The town, its people by role and station, and ways to make outages."""

    net: Net

    def unit(self, code: str) -> int:
        return self.net.city.units[code]

    def who(self, role: str, unit: str = "420602") -> Actor:
        return actor(Role(role), self.unit(unit), user_id=900)

    def client(self, role: str, unit: str = "420602", *, login: str = "") -> Client:
        return browser(person(self.net.city, login or f"{role}-{unit}", Role(role), unit))

    def off(self, *, feeders: str = "", sections: str = "", areas: str = "", kept: str = "") -> Devices:
        """Devices by their codes, separated by blanks."""
        net = self.net

        def ids(codes: str, by: dict[str, int]) -> tuple[int, ...]:
            return tuple(by[one] for one in codes.split())

        return Devices(
            feeders=ids(feeders, net.feeders), sections=ids(sections, net.sections), areas=ids(areas, net.areas),
            kept=ids(kept, net.sections),
        )  # fmt: skip

    def plan(self, starts: str = "03-03 08:00", ends: str = "03-03 18:00", *, by: Actor = MACHINE, when: datetime = NOW,
             feeders: str = "", sections: str = "", areas: str = "", kept: str = "", **more: Any) -> Outage:  # fmt: skip
        off = self.off(feeders=feeders, sections=sections, areas=areas, kept=kept)
        wanted = {"kind": Kind.PLANNED, "reason_code": "maintenance", "devices": off, **more}
        plan = NewPlan(starts_at=at(starts), ends_at=at(ends), **{"exemption": "抢险需要", **wanted})
        outage = Outage.objects.get(pk=services.plan_outage(plan=plan, by=by, at=when))
        return self.let_through(outage, when) if outage.state == State.ASKED else outage

    def let_through(self, outage: Outage, when: datetime = NOW) -> Outage:
        """A plan announced too late, with the exemption approved by a leader above."""
        leader = actor(Role.LEADER, self.unit("42"), user_id=901)
        return services.approve(outage_id=outage.pk, by=leader, at=when)

    def fault(self, *, by: Actor = MACHINE, when: datetime = NOW, feeders: str = "", sections: str = "", areas: str = "",
              kept: str = "", confirmed: bool = True, **more: Any) -> Outage:  # fmt: skip
        off = self.off(feeders=feeders, sections=sections, areas=areas, kept=kept)
        report = NewReport(devices=off, confirmed=confirmed, **more)
        return Outage.objects.get(pk=services.report_outage(report=report, by=by, at=when))

    def areas(self, *codes: str) -> set[int]:
        return {self.net.areas[code] for code in codes}


def a_place() -> Place:
    packs()
    return Place(town().net)


__all__ = ["MACHINE", "NOW", "Place", "a_place", "at"]


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"client_key": str(uuid.uuid4()), **fields})


def refused(code: str, act: Callable[[], object]) -> Refused:
    def standing() -> object:
        rows = [list(kind.objects.order_by("id").values()) for kind in (Outage, Affected, Scope, FaultNote, Stop)]
        return rows, Step.objects.count(), Fact.objects.count(), Clock.objects.count()

    before = standing()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert refusal.value.code == code
    assert standing() == before
    return refusal.value


def texts(outage: Outage) -> list[str]:
    return [entry.text for entry in matters.timeline(selectors.label(outage.pk))]
