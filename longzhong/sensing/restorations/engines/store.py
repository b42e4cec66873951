"""A forecast as one .npz file: arrays and a JSON text, read without pickle and only if the digest fits."""

import hashlib
import json
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from longzhong.sensing.restorations.engines.forecast import Forecast, Line
from longzhong.sensing.restorations.engines.frames import Schema
from longzhong.sensing.restorations.engines.trees import Trees


class StoreError(Exception):
    """The file is gone or isn't the one that was kept."""


def save(model: Forecast, folder: Path, name: str) -> tuple[str, str]:
    """Write the file; its name and SHA-256."""
    head = {
        "schema": model.schema.plain(), "base": model.base, "reach": model.reach, "middle": model.middle, "even": model.even,
        "down": model.down, "up": model.up, "voices": sorted(model.voices), "line": model.line is not None,
    }  # fmt: skip
    arrays: dict[str, Any] = {"head": np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)}
    for voice, trees in model.voices.items():
        arrays |= trees.arrays(voice)
    if model.line:
        arrays |= {
            "line.middle": model.line.middle,
            "line.spread": model.line.spread,
            "line.weights": model.line.weights,
        }
    held = BytesIO()
    np.savez_compressed(held, **arrays)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.npz").write_bytes(held.getvalue())
    return f"{name}.npz", hashlib.sha256(held.getvalue()).hexdigest()


@lru_cache(maxsize=2)
def load(path: Path, sha256: str) -> Forecast:
    """The forecast of a file; StoreError if it isn't what was kept."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StoreError(str(error)) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise StoreError(f"{path.name}: another digest")
    with np.load(BytesIO(raw), allow_pickle=False) as held:
        head = json.loads(held["head"].tobytes().decode())
        voices = {voice: Trees.from_arrays(voice, held) for voice in head.pop("voices")}
        line = Line(held["line.middle"], held["line.spread"], held["line.weights"]) if head.pop("line") else None
    return Forecast(schema=Schema.from_plain(head.pop("schema")), voices=voices, line=line, **head)
