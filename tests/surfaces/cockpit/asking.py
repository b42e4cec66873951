"""Ask the cockpit as somebody, and read its numbers."""

import re

from django.test import Client

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from tests.register.access.make import give, user


def client(role: Role, unit_id: int, login: str = "somebody", staff_id: int | None = None) -> Client:
    made = user(login, staff_id=staff_id)
    give(made, role, unit_id)
    asking = Client()
    asking.force_login(made)
    session = asking.session
    session.update({"seen_at": clock.real_now().timestamp(), "idle_s": 900})
    session.save()
    return asking


def numbers(html: str) -> list[tuple[str, int]]:
    """(address, number) of each stage of the funnel."""
    found = re.findall(
        r'<li><a href="([^"]+)"><span class="lz-funnel-label">.*?<b class="lz-num">([\d,]+)</b>', html, re.S
    )
    return [(href.replace("&amp;", "&"), int(count.replace(",", ""))) for href, count in found]


def total(html: str) -> int:
    return int(re.search(r"<p><strong>([\d,]+)</strong>", html)[1].replace(",", ""))
