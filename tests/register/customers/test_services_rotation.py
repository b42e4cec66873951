"""A new seal key: old rows are sealed anew in steps, and are found and read as before, without the old key."""

from typing import Any

import pytest

from longzhong.kit import vault
from longzhong.register.customers import selectors, services
from longzhong.register.customers.models import Account, Contact
from tests.register.customers.make import MACHINE, NOW, town


@pytest.mark.django_db
def test_rows_move_to_the_new_key_and_the_old_one_can_go(settings: Any) -> None:
    made = town()
    assert services.reseal_some(by=MACHINE, at=NOW) == 0
    ring = vault.with_new_key(settings.LONGZHONG_KEYS)
    settings.LONGZHONG_KEYS = ring
    done = []
    while moved := services.reseal_some(by=MACHINE, at=NOW, limit=2):
        done.append(moved)
    assert sum(done) == 5 + 3 + 5
    newest = list(ring["seal"])[-1]
    settings.LONGZHONG_KEYS = {**ring, "seal": {newest: ring["seal"][newest]}}
    assert Account.objects.exclude(name_sealed__startswith=f"k{newest}:").count() == 0
    assert Contact.objects.exclude(phone_sealed__startswith=f"k{newest}:").count() == 0
    assert [card.id for card in selectors.find(MACHINE, "13800138001")] == [made.ids[1]]
    assert services.reveal(account_id=made.ids[1], field="name", reason="核对联系电话", by=MACHINE, at=NOW) == "张惠芳"
