"""The collection system's hand: it drops a file into the watched folder, under its name only when it is whole."""

from pathlib import Path

from django.conf import settings


def drop(name: str, content: bytes) -> Path:
    """Put a whole file into `<var>/inbox`."""
    folder = Path(settings.VAR) / "inbox"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{name}.part"
    draft.write_bytes(content)
    return draft.replace(folder / name)
