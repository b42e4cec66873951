"""Files of runs under `<var>/exchange`, private to the house (0700/0600): they hold personal data."""

import hashlib
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from longzhong.kit.clock import real_now

BLOCK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """A file that came in and waits for its run."""

    path: Path
    name: str
    sha256: str
    size: int


def home() -> Path:
    return _private(Path(settings.VAR) / "exchange")


def store(blocks: Iterable[bytes], name: str) -> Stored:
    """Take a stream in; its hash is made on the way."""
    path = _private(home() / "incoming") / uuid.uuid4().hex
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for block in blocks:
            digest.update(block)
            size += len(block)
            file.write(block)
    return Stored(path, _plain_name(name), digest.hexdigest(), size)


def blocks_of(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def adopt(stored: Stored, run_id: int) -> None:
    """The stored file becomes the table of a run."""
    target = folder(run_id) / "table"
    if stored.path.exists():
        stored.path.replace(target)
        target.chmod(0o600)


def folder(run_id: int) -> Path:
    return _private(home() / str(run_id))


def table(run_id: int) -> Path:
    return folder(run_id) / "table"


def erase(run_id: int) -> None:
    """Everything on disk of a run."""
    shutil.rmtree(home() / str(run_id), ignore_errors=True)


def sweep_incoming(age_s: float = 86_400.0) -> None:
    """Files that came in and never became a run (a killed upload)."""
    for path in _private(home() / "incoming").iterdir():
        if real_now().timestamp() - path.stat().st_mtime > age_s and path.is_file():
            path.unlink(missing_ok=True)


def note_progress(run_id: int, phase: str, rows: int, share: float) -> None:
    """How far a run is, for whoever looks; a trial's rows can't be seen in the database before it ends."""
    place = folder(run_id)
    handle, draft = tempfile.mkstemp(dir=place, prefix=".progress")
    with os.fdopen(handle, "w") as file:
        json.dump({"phase": phase, "rows": rows, "share": round(min(share, 1.0), 4)}, file)
    Path(draft).replace(place / "progress.json")


def progress(run_id: int) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads((folder(run_id) / "progress.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _plain_name(name: str) -> str:
    flat = "".join(char for char in Path(name.replace("\\", "/")).name if char.isprintable())
    return flat[-200:] or "table"


def _private(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
