"""Quick password hashes; a lake of one's own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_place(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    settings.LONGZHONG_LAKE_DURABLE = False
    if "here" not in request.fixturenames:
        settings.VAR = tmp_path
