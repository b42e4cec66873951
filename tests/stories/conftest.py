"""Stories live in a lake of their own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_lake(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
