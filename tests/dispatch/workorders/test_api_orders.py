"""The API of orders: typed in and out, one error shape, client keys."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from longzhong.dispatch.matters.models import Step
from longzhong.dispatch.workorders.rules import State
from tests.dispatch.make import County, sign_in
from tests.dispatch.matters.pictures import jpeg
from tests.dispatch.workorders.make import in_state, opened

API = "/api/workorders/orders/"


@pytest.fixture
def zhang(county: County) -> Client:
    return sign_in(county, "zhang", "grid", grids=(county.grid,))


def send(client: Client, pk: int, verb: str, **fields: object) -> tuple[int, dict[str, object]]:
    answer = client.post(f"{API}{pk}/steps/{verb}/", {"client_key": str(uuid.uuid4()), **fields})
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_lists_and_one_order(county: County, zhang: Client) -> None:
    order = opened(county)
    other = opened(county, cause="tests.cause:2", grid=county.empty_grid)
    assert [row["id"] for row in zhang.get(API).json()] == [order.pk]
    assert zhang.get(f"{API}?state=verified").json() == []
    assert zhang.get(f"{API}?limit=5000").status_code == 422
    assert zhang.get(f"{API}?owner_id={10**30}").status_code == 422
    one = zhang.get(f"{API}{order.pk}/").json()
    assert one["verbs"] == ["accept"]
    assert len(one["clocks"]) == 3
    assert zhang.get(f"{API}{other.pk}/").status_code == 404
    assert zhang.get(f"{API}{10**40}/").status_code in (404, 422)
    assert Client().get(API).status_code == 401


@pytest.mark.django_db
def test_steps_from_a_phone(county: County, zhang: Client) -> None:
    order = opened(county)
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(zhang, order.pk, "accept", client_key=key) == (200, {"verb": "accept", "state": "accepted"})
    assert Step.objects.filter(verb="accept").count() == 1
    assert send(zhang, order.pk, "accept")[1]["error"]["code"] == "wrong_state"
    assert send(zhang, order.pk, "arrive")[1]["error"]["code"] == "position_missing"
    late = {"claimed_at": "2026-03-02T09:30:00+08:00"}
    assert send(zhang, order.pk, "arrive", lat=32.01, lon=112.12, accuracy_m=8, **late)[0] == 200
    photos = [
        SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"),
        SimpleUploadedFile("b.jpg", jpeg(size=(70, 50)), "image/jpeg"),
    ]
    done = {"cause_found": "tap", "work_done": "调档", "ua": "229", "photos": photos}
    assert send(zhang, order.pk, "finish", **done) == (200, {"verb": "finish", "state": "finished"})
    step = Step.objects.get(verb="finish")
    assert step.data["measured"] == {"ua": "229"}
    assert step.attachments.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "fields", "status", "code"),
    [
        ("fly", {}, 409, "no_such_move"),
        ("assign", {}, 409, "field_missing"),
        ("pause", {"code": "tired", "reason": "x"}, 409, "pause_reason_unknown"),
        ("decide_verified", {"reason": "x"}, 403, "not_allowed"),
        ("priority", {"priority": 9}, 422, "malformed"),
        ("accept", {"client_key": "short"}, 422, "malformed"),
        ("finish", {"lat": "nan"}, 422, "malformed"),
    ],
)
def test_refusals(county: County, zhang: Client, verb: str, fields: dict[str, object], status: int, code: str) -> None:
    order = in_state(county, State.UNPROVEN)
    found, body = send(zhang, order.pk, verb, **fields)
    assert (found, body["error"]["code"]) == (status, code)
