"""Where the lake of this installation lies."""

from pathlib import Path

from django.conf import settings

from longzhong.sensing.curves.engines.lake import Lake


def lake() -> Lake:
    """The lake under the var folder; tests and demo counties may switch off waiting for the disk (LONGZHONG_LAKE_DURABLE)."""
    return Lake(Path(settings.VAR) / "lake", durable=getattr(settings, "LONGZHONG_LAKE_DURABLE", True))
