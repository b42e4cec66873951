"""Policies for tests: the shipped packs, and a change with everything but its point filled in."""

from datetime import datetime
from typing import Any

from django.test import Client

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.access.models import User
from longzhong.register.org.rules import CST, Role
from longzhong.register.policies.models import Policy
from longzhong.register.policies.services import change_policy, load_packs
from tests.register.org.make import DAY, MACHINE, NOW, actor
from tests.warm import warm

LOADED = datetime(2026, 1, 1, 8, 0, tzinfo=CST)


def packs() -> None:
    warm("policies", lambda: load_packs(by=MACHINE, at=LOADED))


def security(*units: int) -> Actor:
    return actor(Role.SECURITY, *units)


def browser(who: Actor) -> Client:
    """A browser in which somebody has signed in just now."""
    made = Client()
    made.force_login(User.objects.get(pk=who.user_id))
    session = made.session
    session["seen_at"], session["idle_s"] = clock.real_now().timestamp(), 900
    session.save()
    return made


def change(key: str, value: Any, *, by: Actor, unit_id: int | None = None, edition: str = "", **other: Any) -> Policy:
    wanted: dict[str, Any] = {"from_on": DAY, "reason": "试行三个月", "at": NOW, **other}
    return change_policy(key=key, value=value, unit_id=unit_id, edition=edition, by=by, **wanted)


__all__ = ["DAY", "LOADED", "MACHINE", "NOW", "browser", "change", "packs", "security"]
