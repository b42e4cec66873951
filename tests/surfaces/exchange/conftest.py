"""Files of tests live in a folder of their own, and the lake doesn't wait for the disk."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, settings: object) -> None:
    settings.VAR = tmp_path / "var"  # type: ignore[attr-defined]
    settings.VAR.mkdir()  # type: ignore[attr-defined]
    settings.LONGZHONG_LAKE_DURABLE = False  # type: ignore[attr-defined]
