"""A planned outage, refused, exempted, changed, begun, delayed and told in time; and a feeder that trips and comes back in stages.

Everything through services and pages as people use them, every fact delivered twice.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.jobs import sweep_clocks
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.kit import clock
from longzhong.kit.outbox import deliver_all
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow
from longzhong.register.network.selectors import area_ids
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.jobs import ask_ends, recheck_impacts
from longzhong.sensing.outages.models import Affected, Outage
from tests.sensing.outages.make import MACHINE, NOW, Place, a_place, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Iterator[Place]:
    with clock.frozen(NOW):
        made = a_place()
    yield made
    assert list(matters.broken_links()) == []


def press(client: Client, address: str, when: datetime, **fields: Any) -> int:
    """A form sent twice at a moment, as an impatient person does; every fact is heard twice."""
    key = str(uuid.uuid4())
    with clock.frozen(when):
        answers = [client.post(address, {"client_key": key, **fields}).status_code for _ in range(2)]
        deliver_all(twice=True)
    assert answers[0] == answers[1]
    return answers[0]


def minute(when: datetime) -> None:
    """What the house does by itself at a moment, twice."""
    with clock.frozen(when):
        for _ in range(2):
            ask_ends()
            recheck_impacts()
            sweep_clocks()
        deliver_all(twice=True)


def answer(code: str, when: datetime) -> str:
    """What the desk reads to a customer of this area."""
    (area,) = area_ids([code]).values()
    known = selectors.known_at([area], when).get(area, [])
    return known[0].answer if known else ""


def verbs(outage: Outage) -> list[str]:
    return [step.verb for step in reversed(matters.steps(selectors.label(outage.pk)))]


@pytest.mark.proves("S2-19", page="outages:new", service="longzhong.sensing.outages.services.approve")
def test_a_planned_outage_through_exemption_change_and_delay(place: Place) -> None:
    with clock.frozen(NOW):
        dept, leader, crew = place.client("dept"), place.client("leader", "4206"), place.client("crew")
    plan = {
        "kind": "planned", "reason_code": "maintenance", "devices": [f"feeder:{place.net.feeders['F1']}"],
        "starts_at": "2026-03-05T08:00", "ends_at": "2026-03-05T18:00",
    }  # fmt: skip
    assert press(dept, "/outages/new/", at("03-02 09:10"), **plan) == 409, "three days ahead"
    assert not Outage.objects.exists()
    assert press(dept, "/outages/new/", at("03-02 09:20"), **plan, exemption="开关发热，带病运行") == 302
    outage = Outage.objects.get()
    here = f"/outages/{outage.pk}/"
    assert answer("A1", at("03-03 09:00")) == "", "nobody is told before it is approved"
    assert press(dept, f"{here}approve/", at("03-02 09:30")) == 409, "not one's own"
    assert press(leader, f"{here}approve/", at("03-02 10:00"), reason="同意，逐户告知") == 302
    assert "将于3月5日 08:00–18:00计划停电" in answer("A1", at("03-03 09:00"))

    only_s2 = {"devices": [f"section:{place.net.sections['S2']}"], "kept": [f"section:{place.net.sections['S4']}"]}
    later = {**only_s2, "starts_at": "2026-03-05T09:00", "ends_at": "2026-03-05T17:00", "reason": "支线转供"}
    assert press(dept, f"{here}plan/", at("03-03 10:00"), **later) == 302
    assert answer("A2", at("03-04 10:00")) == "", "supplied from elsewhere"
    assert "09:00–17:00" in answer("A1", at("03-04 10:00"))
    with clock.frozen(at("03-04 12:00")):
        network.keep_areas(
            rows=[AreaRow("A9", "新台区", 200, section_code="S3", grid_code="G1")], by=MACHINE, at=clock.now()
        )
    minute(at("03-04 13:20"))
    assert "计划停电" in answer("A9", at("03-04 14:00")), "built in between"

    assert press(crew, f"{here}start/", at("03-05 09:05"), moment="2026-03-05T09:02") == 302
    minute(at("03-05 16:31"))
    delayed = {"moment": "2026-03-05T19:00", "reason": "开关卡涩，更换整组"}
    assert press(crew, f"{here}change_expected/", at("03-05 16:40"), **delayed) == 302
    assert "预计19:00恢复供电" in answer("A1", at("03-05 17:05"))
    minute(at("03-05 19:01"))
    assert Escalation.objects.filter(kind="late").count() == 1, "promised, passed, untold"
    assert "新的恢复时间我们正在核实" in answer("A1", at("03-05 19:02"))
    assert press(crew, f"{here}restore/", at("03-05 19:20"), moment="2026-03-05T19:15") == 302
    outage.refresh_from_db()
    assert (outage.state, outage.changes, outage.delays, outage.late_notices) == ("restored", 1, 1, 1)
    assert [row.verdict for row in Clock.objects.filter(name="delay_notice").order_by("id")] == ["met", "late"]
    told = [one for one in verbs(outage) if not one.startswith("clock_")]
    assert told == [
        "plan", "approve", "change_plan", "impact_changed", "start", "end_near", "change_expected", "end_near", "restore",
    ]  # fmt: skip
    with clock.frozen(at("03-05 19:30")):
        page = crew.get(here).content.decode()
    for word in ("开关发热，带病运行", "同意，逐户告知", "支线转供", "延迟公告晚于规定时间", "已恢复"):
        assert word in page


@pytest.mark.proves("S3-13", page="outages:detail", service="longzhong.sensing.outages.services.restore")
def test_a_feeder_trips_and_comes_back_in_stages(place: Place) -> None:
    trip = at("03-02 19:40")
    with clock.frozen(NOW):
        desk, crew, station = place.client("desk"), place.client("crew"), place.client("station", "42060201")
    fault = {"kind": "fault", "reason_code": "unknown", "devices": [f"feeder:{place.net.feeders['F1']}"]}
    assert press(desk, "/outages/new/", trip, **fault) == 302
    assert press(station, "/outages/new/", at("03-02 19:42"), **fault) == 409, "known already"
    outage = Outage.objects.get()
    here = f"/outages/{outage.pk}/"
    assert "正在核实" in answer("A3", at("03-02 19:45"))
    assert press(crew, f"{here}confirm/", at("03-02 20:00"), reason="开关跳闸") == 302
    assert press(crew, f"{here}change_expected/", at("03-02 20:10"), moment="2026-03-02T22:00", reason="巡线") == 302
    assert (
        press(crew, f"{here}restore_part/", at("03-02 20:30"), areas=[place.net.areas["A3"]], reason="分段合闸") == 302
    )
    assert "已恢复供电" in answer("A3", at("03-02 20:31"))
    assert "预计22:00恢复供电" in answer("A1", at("03-02 20:31"))
    spot = {"pole": "12号杆", "cause": "lightning", "line": place.net.feeders["F1"], "reason": "绝缘子击穿"}
    assert press(crew, f"{here}locate/", at("03-02 20:50"), **spot) == 302
    assert "因雷击停电" in answer("A1", at("03-02 20:55"))
    minute(at("03-02 21:31"))
    with clock.frozen(at("03-02 21:32")):
        page = crew.get(here).content.decode()
    for word in ("送电或发布延迟", "还剩 28分", "催报送电", "12号杆", "部分恢复"):
        assert word in page
    assert press(crew, f"{here}restore/", at("03-02 21:50"), moment="2026-03-02T21:45") == 302
    assert press(crew, f"{here}restore/", at("03-02 21:51")) == 409
    moments = dict(Affected.objects.values_list("area__code", "restored_at"))
    assert moments == {"A3": at("03-02 20:30"), "A1": at("03-02 21:45"), "A2": at("03-02 21:45")}
    outage.refresh_from_db()
    assert (outage.state, outage.restored_at, outage.delays) == ("restored", at("03-02 21:45"), 0)
    assert not Escalation.objects.filter(kind="late").exists()
    told = [one for one in verbs(outage) if not one.startswith("clock_")]
    assert told == ["report", "confirm", "change_expected", "restore_part", "locate", "end_near", "restore"]
    with clock.frozen(at("03-02 22:00")):
        assert "12号杆" in crew.get("/outages/faults/?storm=1").content.decode()
