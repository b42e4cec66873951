"""The API of outages: what is known, pushes by outer systems, one error shape, client keys."""

import uuid
from typing import Any

import pytest
from django.test import Client

from longzhong.register.customers.selectors import account_ids
from longzhong.sensing.outages import services
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.outages.rules import NewStop, StopKind
from tests.sensing.outages.make import MACHINE, NOW, Place, at

pytestmark = pytest.mark.django_db
API = "/api/outages/"


def post(client: Client, address: str, **body: Any) -> tuple[int, dict[str, Any]]:
    sent = {"client_key": str(uuid.uuid4()), **body}
    answer = client.post(f"{API}{address}", sent, content_type="application/json")
    return answer.status_code, answer.json()


def test_what_is_known_of_an_area_or_account(place: Place) -> None:
    place.fault(feeders="F1", expected_end_at=at("03-02 12:00"))
    desk = place.client("desk")
    by_area = desk.get(f"{API}known/?area_id={place.net.areas['A1']}").json()
    assert [row["words"] for row in by_area] == ["故障停电 10kV隆中一线 09:00–12:00，预计12:00恢复"]
    assert by_area[0]["answer"].startswith("您所在的区域")
    assert desk.get(f"{API}known/?account=4200000000004").json() == by_area
    for nothing in ("", "?account=1", f"?area_id={2**50}"):
        assert desk.get(f"{API}known/{nothing}").json() == []
    other = place.client("desk", "420606")
    assert other.get(f"{API}known/?area_id={place.net.areas['A1']}").json() == []
    assert Client().get(f"{API}known/").status_code == 401


def test_what_is_known_of_one_account_and_by_whom(place: Place) -> None:
    code = "4200000000001"
    stop = NewStop(account_id=account_ids([code])[code], kind=StopKind.ARREARS, source="guard.case:1", stopped_at=NOW)
    services.record_stop(stop=stop, by=MACHINE, at=NOW)
    outage = place.fault(areas="A1")
    told = place.client("desk").get(f"{API}account/{code}/").json()
    assert [row["words"] for row in told["stops"]] == ["欠费停电 3月2日 09:00起"]
    assert [row["id"] for row in told["outages"]] == [outage.pk]
    assert place.client("leader").get(f"{API}account/{code}/").json()["stops"] == []
    neighbour = place.client("station", "42060201").get(f"{API}account/4200000000002/").json()
    assert (neighbour["stops"], [row["id"] for row in neighbour["outages"]]) == ([], [outage.pk])
    for stranger in (place.client("desk", "420606"), place.client("security")):
        assert stranger.get(f"{API}account/{code}/").status_code in (403, 404)


def test_lists_and_one_outage(place: Place) -> None:
    outage = place.fault(areas="A1")
    place.plan(areas="A3")
    station = place.client("station", "42060201")
    assert [row["id"] for row in station.get(API).json()] == [outage.pk]
    assert station.get(f"{API}?state=restored").json() == []
    assert station.get(f"{API}{outage.pk}/").json()["accounts"] == 2
    assert station.get(f"{API}{10**30}/").status_code in (404, 422)
    assert station.get(f"{API}?limit=5000").status_code == 422


def test_an_outer_system_pushes_by_codes_and_repeats_itself_safely(place: Place) -> None:
    crew = place.client("crew")
    push = {
        "client_key": "scada-event-77", "kind": "fault", "reason_code": "tree", "source": "scada.event:77", "confirmed": True,
        "devices": [{"kind": "section", "code": "S2"}], "kept_sections": ["S4"], "starts_at": "2026-03-02T08:55:00+08:00",
    }  # fmt: skip
    first, again = post(crew, "", **push), post(crew, "", **push)
    assert first == again
    assert first[0] == 200
    outage = Outage.objects.get()
    assert (first[1]["state"], outage.areas, outage.started_at) == ("running", 2, at("03-02 08:55"))
    assert post(crew, "", **{**push, "client_key": "scada-event-78"})[1]["id"] == outage.pk, "one live outage a source"
    code = post(crew, "", **{**push, "client_key": "scada-event-79", "source": ""})[1]["error"]
    assert (code["code"], code["outage"]) == ("outage_known", outage.pk)
    part = post(crew, f"{outage.pk}/steps/restore_part/", area_codes=["A1"])
    assert part == (200, {"id": outage.pk, "number": outage.number, "state": "partly"})
    done = {"client_key": "scada-restore-1", "moment": "2026-03-02T09:00:00+08:00"}
    for _ in range(2):
        assert post(crew, f"{outage.pk}/steps/restore/", **done)[1]["state"] == "restored"
    assert post(crew, f"{outage.pk}/steps/restore/")[1]["error"]["code"] == "already_restored"


PLAN = {"kind": "planned", "reason_code": "maintenance", "devices": [{"kind": "feeder", "code": "F1"}]}
TIMES = {"starts_at": "2026-03-09T08:00:00+08:00", "ends_at": "2026-03-09T18:00:00+08:00"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({**PLAN, **TIMES}, 200, ""),
        (PLAN, 409, "field_missing"),
        ({**PLAN, **TIMES, "devices": [{"kind": "feeder", "code": "XX"}]}, 409, "device_unknown"),
        ({**PLAN, **TIMES, "devices": [{"kind": "moon", "code": "XX"}]}, 422, "malformed"),
        ({**PLAN, **TIMES, "kind": "theft"}, 422, "malformed"),
        ({**PLAN, **TIMES, "client_key": "short"}, 422, "malformed"),
        ({**PLAN, **TIMES, "kept_sections": ["XX"]}, 409, "device_unknown"),
        ({**PLAN, "starts_at": "2026-03-08T08:00:00+08:00", "ends_at": TIMES["ends_at"]}, 409, "notice_too_short"),
        ({**PLAN, **TIMES, "devices": []}, 409, "scope_missing"),
        ({**PLAN, **TIMES, "starts_at": "2026-03-03T08:00:00"}, 422, "malformed"),
        ({**PLAN, **TIMES, "unit_id": 2**50}, 409, "unit_not_yours"),
    ],
)
def test_plans_pushed(place: Place, body: dict[str, Any], status: int, code: str) -> None:
    found, answer = post(place.client("dept"), "", **body)
    assert found == status, answer
    assert (answer.get("error") or {}).get("code", "") == code
    assert Outage.objects.exists() is (status == 200)
