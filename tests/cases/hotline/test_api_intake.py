"""A platform pushes orders, asks how they stand, and urges them."""

import json
from typing import Any

import pytest
from django.test import Client

from longzhong.cases.hotline.models import Call, Case
from longzhong.kit import clock
from tests.cases.hotline.make import MORNING, Hotline

ORDER = {
    "external_no": "2026030100000001", "text": "名仕家天下没电，电话13800138001", "type_code": "故障报修", "class_code": "单户无电",
    "name": "张惠芳", "phone": "13800138001", "account_code": "4200000000001", "due_words": "24小时内",
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("doubtful")


def post(client: Client, where: str, body: dict[str, Any], **headers: str) -> tuple[int, dict[str, Any]]:
    with clock.frozen(MORNING):
        answer = client.post(
            f"/api/hotline/{where}/", json.dumps(body), content_type="application/json", headers=headers
        )
    return answer.status_code, answer.json()


def get(client: Client, number: str) -> tuple[int, dict[str, Any]]:
    with clock.frozen(MORNING):
        answer = client.get("/api/hotline/orders/", {"external_no": number})
    return answer.status_code, answer.json()


@pytest.mark.proves("S1-25", page="api-1:push", service="longzhong.cases.hotline.services.bringing.take_push")
def test_push_ask_and_urge(hotline: Hotline) -> None:
    client = hotline.client()
    status, said = post(client, "orders", ORDER, **{"Idempotency-Key": "platform-key-1"})
    assert (status, said["status"], said["missing"]) == (200, "opened", [])
    again = post(client, "orders", ORDER, **{"Idempotency-Key": "platform-key-1"})[1]
    without = post(client, "orders", ORDER)[1]
    assert (again["status"], without["status"], Call.objects.count()) == ("known", "known", 1)
    assert again["case_number"] == said["case_number"] == Case.objects.get().number
    status, standing = get(client, ORDER["external_no"])
    assert (status, standing["state_label"], standing["number"]) == (200, "已受理", said["case_number"])
    assert "张" not in json.dumps(standing, ensure_ascii=False)
    status, urged = post(client, "urges", {"external_no": ORDER["external_no"], "urge_no": "CB1", "text": "快点"})
    assert (status, urged["number"]) == (200, 1)
    assert post(client, "urges", {"external_no": ORDER["external_no"], "urge_no": "CB1"})[1]["number"] == 1


def test_unsure_push_is_kept_and_stands_as_kept(hotline: Hotline) -> None:
    client = hotline.client()
    said = post(client, "orders", {"external_no": "X1", "text": "喂"})[1]
    assert said["status"] == "kept" and said["case_number"] == "" and "联系电话" in said["missing"]
    assert get(client, "X1")[1]["state_label"] == "已留存待处理"


def test_refusals_have_one_shape(hotline: Hotline) -> None:
    client = hotline.client()
    assert (get(client, "nobody")[0], get(client, "nobody")[1]["error"]["code"]) == (404, "not_found")
    assert post(client, "orders", {"text": "x"})[1]["error"]["code"] == "malformed"
    assert post(client, "urges", {"external_no": "nobody", "urge_no": "1"})[1]["error"]["code"] == "not_found"
    post(client, "orders", ORDER, **{"Idempotency-Key": "platform-key-1"})
    other = {**ORDER, "external_no": "2"}
    status, said = post(client, "orders", other, **{"Idempotency-Key": "platform-key-1"})
    assert (status, said["error"]["code"]) == (409, "client_key_reused")
    boss = hotline.client("boss", "leader")
    assert post(boss, "orders", ORDER)[1]["error"]["code"] == "not_allowed"
