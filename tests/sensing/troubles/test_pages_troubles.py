"""The board, a trouble's page and its steps, as people use them; the API as meter and switch systems use it."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from longzhong.sensing.outages.models import Outage
from longzhong.sensing.troubles.models import Signal, Trouble
from tests.sensing.outages.make import NOW, Place
from tests.sensing.troubles.make import call, hear

pytestmark = pytest.mark.django_db
DOOR = "longzhong.sensing.troubles.services"


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"client_key": str(uuid.uuid4()), **fields})


def test_the_board_says_what_is_probably_off_and_why(place: Place) -> None:
    hear(*(call(place, area, minutes) for area in ("A1", "A2", "A3") for minutes in (8, 7, 6)))
    desk = place.client("desk")
    page = desk.get("/troubles/")
    assert [one.signals for one in page.context["page"].table.items] == [9]
    text = page.content.decode()
    assert "很可能" in text
    assert "3 个台区中有 3 个报停" in text
    assert desk.get("/troubles/?state=past").context["page"].table.total == 0
    for query in ("?state=single", "?state=confirmed", "?level=area", "?q=没有", "?corrected=1"):
        assert desk.get(f"/troubles/{query}").context["page"].table.total == 0
    assert place.client("desk", "420606").get("/troubles/").context["page"].table.total == 0
    assert desk.get("/troubles/?export=list").status_code == 200


def test_fifty_troubles_cost_at_most_ten_queries(place: Place) -> None:
    rows = [
        Trouble(
            level="area", device="area:1", name=f"台区{n}", unit_id=place.unit("42060201"), began_at=NOW, last_at=NOW,
            confidence=0.9, found_at=NOW, signals=2,
        )
        for n in range(55)
    ]  # fmt: skip
    Trouble.objects.bulk_create(rows)
    station = place.client("station", "42060201")
    station.get("/troubles/")
    with CaptureQueriesContext(connection) as asked:
        page = station.get("/troubles/")
    assert len(page.context["page"].table.items) == 50
    assert len(asked) <= 10, [row["sql"][:150] for row in asked.captured_queries]


@pytest.mark.proves("S4-20", page="troubles:detail", service=f"{DOOR}.stepping.take_step")
def test_a_station_confirms_what_the_desk_sees_too(place: Place) -> None:
    hear(*(call(place, area, minutes, lat=32.0, lon=112.0) for area in ("A1", "A2", "A3") for minutes in (8, 7, 6)))
    trouble = Trouble.objects.get()
    address = f"/troubles/{trouble.pk}/"
    station, desk = place.client("station"), place.client("desk")
    assert [one.verb for one in station.get(address).context["page"].moves] == [
        "confirm", "move_signal", "split", "merge", "dismiss",
    ]  # fmt: skip
    assert "confirm" not in [one.verb for one in desk.get(address).context["page"].moves]
    assert send(station, f"{address}confirm/").status_code == 302
    page = station.get(address)
    assert page.context["page"].moves == []
    assert f"/outages/{Outage.objects.get().pk}/" in page.content.decode()
    assert place.client("station", "420606").get(address).status_code == 404
    assert desk.get(f"{address}confirm/").status_code == 405


def test_corrections_by_form(place: Place) -> None:
    hear(*(call(place, area, minutes) for area in ("A1", "A2", "A3") for minutes in (8, 7, 6)))
    trouble = Trouble.objects.get()
    address, desk = f"/troubles/{trouble.pk}/", place.client("desk")
    assert send(desk, f"{address}split/").status_code == 200, "nothing chosen: the form comes back"
    mine = [str(pk) for pk in Signal.objects.filter(area__code="A1").values_list("pk", flat=True)]
    assert send(desk, f"{address}split/", signals=mine).status_code == 302
    new = Trouble.objects.exclude(pk=trouble.pk).get()
    assert send(desk, f"{address}move_signal/", signals=mine[:1], other=new.pk).status_code == 200, "it isn't there now"
    assert send(desk, f"{address}merge/", other=new.pk).status_code == 302
    assert send(desk, f"{address}dismiss/", reason="演练").status_code == 302
    trouble.refresh_from_db()
    assert (trouble.state, trouble.signals) == ("dismissed", 9)
    assert "演练" in desk.get(address).content.decode()


def test_meters_and_switches_push_through_the_api(place: Place) -> None:
    crew = place.client("crew")
    signals = [
        {"kind": "feeder_event", "at": "2026-03-02T08:50:00+08:00", "source": "scada:7", "feeder_code": "F1"},
        {"kind": "last_gasp", "at": "2026-03-02T08:50:10+08:00", "source": "meter:M1:1", "meter_code": "M1"},
    ]
    push = {"client_key": "scada-push-1", "signals": signals}
    for key in ("scada-push-1", "scada-push-1", "scada-push-2"):
        answer = crew.post("/api/troubles/signals/", {**push, "client_key": key}, content_type="application/json")
        assert answer.status_code == 200
        assert answer.json() == {"new": 2 if key.endswith("1") else 0}
    assert Signal.objects.count() == 2
    found = crew.get("/api/troubles/").json()
    assert [(one["level"], one["signals"]) for one in found] == [("feeder", 2)]
    late = {**signals[0], "source": "scada:8", "at": "2026-03-02T08:50:00"}
    body = {"client_key": "scada-push-3", "signals": [late]}
    assert crew.post("/api/troubles/signals/", body, content_type="application/json").status_code == 422
    assert Client().get("/api/troubles/").status_code == 401
