"""Ask an area's page, and read its charts."""

import json
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from longzhong.register.org.rules import Role
from tests.register.access.make import person
from tests.register.policies.make import browser
from tests.surfaces.cockpit.make import County


def leader(here: County) -> Client:
    return browser(person(here.net.city, "leader", Role.LEADER))


def chart(html: str, name: str) -> Any:
    return json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html, re.S)[1])


def page(client: Client, here: County, query: str = "", area: str = "A1") -> str:
    answer = client.get(reverse("curves:area", args=[here.net.areas[area]]) + query)
    assert answer.status_code == 200
    return answer.content.decode()
