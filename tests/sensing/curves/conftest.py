"""Every test that keeps readings has a lake of its own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def lake_folder(tmp_path: Path, settings: Any) -> Path:
    """A var folder of the test's own; nobody waits for the disk."""
    settings.VAR = tmp_path
    settings.LONGZHONG_LAKE_DURABLE = False
    return tmp_path / "lake"
