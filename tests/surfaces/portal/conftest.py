"""Pages need the doorkeeper; it is nine o'clock on Monday, 2 March 2026, wherever somebody asks."""

from collections.abc import Iterator

import pytest

from longzhong.kit import clock
from tests.surfaces.portal.make import NOON, Town, a_town


@pytest.fixture(autouse=True)
def nine_o_clock() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def town(db: None) -> Town:
    return a_town()
