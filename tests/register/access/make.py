"""Users to test with, made through the services."""

from datetime import date

from longzhong.kit.actor import Actor
from longzhong.register.access.models import Grant, User
from longzhong.register.access.selectors import actor_of
from longzhong.register.access.services import Mandate, create_user, grant
from longzhong.register.org.rules import Role
from tests.register.org.make import DAY, MACHINE, NOW, City

PASSWORD = "Wolong-Gang-207"


def user(login: str, *, staff_id: int | None = None, title: str = "测试账号") -> User:
    return create_user(
        login=login, password=PASSWORD, title=title, staff_id=staff_id, must_change=False, by=MACHINE, at=NOW
    )


def give(who: User, role: Role, unit_id: int, *, from_on: date = DAY, grid_ids: tuple[int, ...] = ()) -> Grant:
    mandate = Mandate(who.pk, role.value, unit_id, from_on, grid_ids=grid_ids)
    return grant(mandate=mandate, reason="测试", by=MACHINE, at=NOW)


def person(here: City, login: str, role: Role, unit: str = "42", staff: str | None = None) -> Actor:
    """Somebody who holds one role over a unit, as the pages see them."""
    made = user(login, staff_id=here.staff[staff] if staff else None)
    give(made, role, here.units[unit])
    return actor_of(made, NOW)
