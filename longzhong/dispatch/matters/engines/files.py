"""The folder of files: <var>/files/ab/<sha256>, written whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage


def put(content: bytes) -> str:
    """Keep bytes; returns their SHA-256, under which they are found. Twice the same is once."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(draft).replace(path)
    return digest


def get(digest: str) -> bytes:
    """The bytes; FileNotFoundError when they are gone."""
    return _path(digest).read_bytes()


def is_whole(digest: str) -> bool:
    """Whether the file is there and still has the content of its name."""
    path = _path(digest)
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def drop(digest: str) -> None:
    """Remove for good."""
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(default_storage.path(f"{digest[:2]}/{digest}"))
