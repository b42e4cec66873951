from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from longzhong.kit import clock
from tests.sensing.announcements.make import NOW, Here, a_here


@pytest.fixture(autouse=True)
def nine_o_clock(settings: Any, tmp_path: Path) -> Iterator[None]:
    """It is nine o'clock on Monday, 2 March 2026, wherever somebody asks; files lie in a folder of the test's own."""
    settings.VAR = tmp_path
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here(db: None) -> Here:
    return a_here()
