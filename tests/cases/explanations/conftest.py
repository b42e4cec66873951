"""Every test has a lake of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from longzhong.kit import clock
from tests.cases.explanations.make import MORNING


@pytest.fixture(autouse=True)
def _own_lake(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.VAR = tmp_path
    settings.LONGZHONG_LAKE_DURABLE = False
    with clock.frozen(MORNING):
        yield
