"""The model pages and the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from longzhong.kit import clock
from longzhong.kit.errors import Refused
from longzhong.register.org.rules import Role
from longzhong.sensing.texts import services
from longzhong.sensing.texts.engines.store import load
from tests.register.access.make import person
from tests.register.org.make import MACHINE, NOW, City, city
from tests.register.policies.make import browser
from tests.sensing.texts.make import AT, house, teach

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped_clock(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR = tmp_path
    load.cache_clear()
    with clock.frozen(NOW):
        yield


@pytest.fixture
def desk() -> Client:
    house()
    place: City = city()
    return browser(person(place, "u-desk", Role.DESK, "42"))


def test_before_the_first_model(desk: Client) -> None:
    text = desk.get(reverse("texts:models")).content.decode()
    assert "还没有模型" in text
    assert "longzhong hotline train" in text
    assert desk.get(reverse("texts:card", args=[1])).status_code == 404


def test_a_model_without_real_lessons_says_so(desk: Client) -> None:
    services.train(by=MACHINE, at=AT)
    text = desk.get("/texts/").content.decode()
    assert "准确率未知" in text
    assert "不是准确率" in text
    assert "最容易认错的分类" not in text


def test_the_card_shows_figures_mistakes_and_calibration(desk: Client) -> None:
    teach(300)
    services.train(by=MACHINE, at=AT)
    teach(240, wrong=True)
    with pytest.raises(Refused):
        services.train(by=MACHINE, at=AT)
    text = desk.get("/texts/").content.decode()
    assert "在用" in text
    assert "未采用" in text
    refused = desk.get("/texts/2/").content.decode()
    assert "最容易认错的分类" in refused
    assert "投诉 / 供电质量 / 频繁停电" in refused
    assert "当时在用的模型" in refused
    assert "把握可信吗" in refused
    assert desk.get("/texts/?export=list")["Content-Type"].endswith("spreadsheetml.sheet")
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/texts/").status_code == 200
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 12


def test_the_api_suggests_and_lists(desk: Client) -> None:
    asked = desk.post("/api/texts/suggest", {"text": "就我一家没电"}, content_type="application/json")
    assert asked.json() == {"top": [], "sure": False, "model": ""}
    services.train(by=MACHINE, at=AT)
    asked = desk.post("/api/texts/suggest", {"text": "就我一家没电，隔壁有电"}, content_type="application/json")
    assert len(asked.json()["top"]) == 3
    assert desk.get("/api/texts/models").json()[0]["version"] == 1
    assert Client().get("/api/texts/models").status_code == 401
