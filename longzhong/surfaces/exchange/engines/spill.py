"""Understood rows wait on disk, so that a file of any size needs bounded memory: fixed-size records, read back by position."""

import os
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

INDEX = np.dtype([("line", "i4"), ("meter", "i4"), ("day", "i4"), ("target", "i1"), ("slot", "u1")])


class Spill:
    """Appends rows; afterwards `index` and `values` are memory maps. With `again` it takes up what an interrupted run left.

    The files go when the run ends, whether well or refused; only a killed process leaves them (after `keep`).
    """

    def __init__(self, folder: Path, width: int, *, again: bool = False) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.width = width
        self.bytes_written = 0
        self._paths = (folder / "index.bin", folder / "values.bin")
        self._files = [_private(path, again) for path in self._paths]

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()
        if kind is None:
            for path in self._paths:
                path.unlink(missing_ok=True)

    def keep(self) -> None:
        """Everything is written: make it survive this process."""
        for file in self._files:
            file.flush()

    def add(self, index: NDArray[np.void], values: NDArray[np.float32]) -> None:
        """`index` (n,) of dtype INDEX, `values` (n, width)."""
        self._files[0].write(index.tobytes())
        self._files[1].write(np.ascontiguousarray(values).tobytes())
        self.bytes_written += values.nbytes

    @property
    def index(self) -> NDArray[np.void]:
        self._files[0].flush()
        return _map(self._paths[0], INDEX)

    @property
    def values(self) -> NDArray[np.float32]:
        self._files[1].flush()
        return _map(self._paths[1], np.dtype(np.float32)).reshape(-1, self.width)


def _private(path: Path, again: bool) -> Any:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if again else os.O_TRUNC)
    return os.fdopen(os.open(path, flags, 0o600), "ab" if again else "wb")


def _map(path: Path, kind: "np.dtype[Any]") -> NDArray[Any]:
    if path.stat().st_size == 0:
        return np.empty(0, kind)
    return np.memmap(path, kind, "r")
