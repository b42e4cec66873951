from collections.abc import Iterator

import pytest

from longzhong.kit import clock
from tests.dispatch.make import County, at
from tests.dispatch.notifications import make


@pytest.fixture(autouse=True)
def ten_o_clock() -> Iterator[None]:
    """It is ten o'clock on Monday, 2 March 2026, wherever somebody asks."""
    with clock.frozen(at("2026-03-02 10:00")):
        yield


@pytest.fixture
def templates(county: County) -> None:
    make.a_template()
