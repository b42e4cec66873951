from collections.abc import Iterator

import pytest

from longzhong.kit import clock
from tests.sensing.outages.make import NOW, Place, a_place


@pytest.fixture(autouse=True)
def nine_o_clock() -> Iterator[None]:
    """It is nine o'clock on Monday, 2 March 2026, wherever somebody asks."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place(db: None) -> Place:
    return a_place()
