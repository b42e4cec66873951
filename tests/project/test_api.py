"""The API says what it is, and refuses strangers and malformed requests in one shape."""

import json

import pytest
from django.test import Client

from longzhong.project.place import ROOT
from longzhong.register.org.rules import Role
from tests.register.access.make import person
from tests.register.org.make import city
from tests.register.policies.make import browser, packs

pytestmark = pytest.mark.django_db


def test_the_served_schema_is_the_committed_one(client: Client) -> None:
    assert client.get("/api/openapi.json").json() == json.loads((ROOT / "openapi.json").read_text())
    assert client.get("/api/").status_code == 404


def test_malformed_requests_have_one_shape() -> None:
    packs()
    seen = browser(person(city(), "youfu", Role.QUALITY, "420602"))
    for asked in ("limit=0", "limit=99999999999999999999", "offset=-1", "limit=x"):
        answer = seen.get(f"/api/alerts/?{asked}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed"), asked
