"""Model files: arrays and words in an .npz, read without running anything (no pickle), known by their SHA-256."""

import hashlib
import io
from functools import lru_cache
from pathlib import Path

import numpy as np

from longzhong.sensing.texts.engines.grams import Shape
from longzhong.sensing.texts.engines.linear import Features, Linear


class StoreError(RuntimeError):
    """The file of a model is missing or isn't the one that was installed."""


def save(model: Linear, folder: Path, name: str) -> tuple[str, str]:
    """(file name, SHA-256); written beside and renamed, so that no reader sees half a file."""
    shape, out = model.features.shape, io.BytesIO()
    np.savez(
        out,
        chars=np.array(shape.chars, dtype=np.int16),
        words=np.array([shape.words, shape.pairs]),
        buckets=model.features.buckets,
        idf=model.features.idf,
        labels=np.array(model.labels),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
    )
    data = out.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{name}.draft"
    draft.write_bytes(data)
    draft.rename(folder / f"{name}.npz")
    return f"{name}.npz", hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=2)
def load(path: Path, sha256: str) -> Linear:
    """The model of a file, kept by the process; StoreError if the file isn't what was installed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path.name}: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(f"{path.name}: not the file that was installed")
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        words, pairs = (bool(one) for one in held["words"])
        shape = Shape(tuple(int(one) for one in held["chars"]), words, pairs)
        features = Features(shape, held["buckets"], held["idf"])
        labels = tuple(str(one) for one in held["labels"])
        return Linear(features, labels, held["weights"].astype(np.float32), held["bias"])
