"""After signing in everybody lands on a page of their own that opens; the roof's other pages."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from longzhong.kit import clock, outbox
from longzhong.kit.models import Delivery, Fact
from longzhong.register.org.rules import Role
from tests.register.access.make import PASSWORD, give, person, user
from tests.register.org.make import NOW, City, city
from tests.register.policies.make import browser, packs

pytestmark = pytest.mark.django_db
FIRST = {
    Role.GRID: "/field/",
    Role.CREW: "/field/",
    Role.LEADER: "/",
    Role.QUALITY: "/",
    Role.DEPT: "/",
    Role.DESK: "/calls/desk/",
    Role.ADMIN: "/system/users/",
    Role.SECURITY: "/system/users/",
    Role.AUDITOR: "/system/journal/",
    Role.PARTNER: "/units/",
}


@pytest.fixture
def here() -> City:
    packs()
    return city()


@pytest.mark.parametrize("role", FIRST, ids=str)
def test_everybody_starts_on_a_page_that_opens(here: City, client: Any, role: Role) -> None:
    give(user("someone"), role, here.units["420602"])
    with clock.frozen(NOW):
        answer = client.post(reverse("access:login"), {"login": "someone", "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == FIRST[role]


@pytest.fixture
def parked(here: City) -> Delivery:
    with transaction.atomic():
        fact = Fact.objects.create(name="LampLit", body={}, at=NOW, kept_at=NOW)
        return Delivery.objects.create(
            fact=fact, reaction="longzhong.lamps.see", state=Delivery.PARKED, next_at=NOW, error="broken_lamp @ see:3"
        )


def test_a_parked_delivery_is_on_a_page_and_can_be_sent_again(here: City, parked: Delivery) -> None:
    seen = browser(person(here, "admin", Role.ADMIN, "42"))
    assert "broken_lamp" in seen.get(reverse("outbox")).content.decode()
    seen.post(reverse("outbox_retry"))
    parked.refresh_from_db()
    assert (parked.state, parked.error) == (Delivery.PENDING, "")
    assert Delivery.PARKED not in outbox.counts()


def test_others_neither_see_nor_retry(here: City, parked: Delivery) -> None:
    head = browser(person(here, "head", Role.STATION, "42060201", "S3"))
    assert head.get(reverse("outbox")).status_code == 403
    auditor = browser(person(here, "shenji", Role.AUDITOR, "42"))
    assert auditor.get(reverse("outbox")).status_code == 200
    assert auditor.post(reverse("outbox_retry")).status_code == 403
