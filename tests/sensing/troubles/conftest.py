from collections.abc import Iterator
from typing import Any

import pytest

from longzhong.kit import clock
from tests.sensing.outages.make import NOW, Place, a_place


@pytest.fixture(autouse=True)
def nine_o_clock(settings: Any) -> Iterator[None]:
    """It is nine o'clock on Monday, 2 March 2026, wherever somebody asks."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place(db: None) -> Place:
    return a_place()
