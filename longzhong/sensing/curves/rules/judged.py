"""What judging gives back, as arrays: verdicts and tails of whole blocks, and the findings picked out of them."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.words import UNKNOWN_TAIL

Number = TypeVar("Number", bound=np.generic)
Curve = NDArray[np.float32]
Tails = NDArray[np.uint8]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]  # rows and columns of verdicts


@dataclass(frozen=True)
class Judged:
    """`verdict` (n, K) numbers of words.VERDICTS (3: not judged); `tails` (n, K, 2): certain and possible run at the end
    of the day, slots (255: unknown)."""

    verdict: NDArray[np.uint8]
    tails: Tails


@dataclass(frozen=True)
class Found:
    """Findings as equally long arrays. `row` is the curve, `kind` its number in words.KINDS, `worst` V, A, or a ratio."""

    row: NDArray[np.int64]
    kind: NDArray[np.int8]
    verdict: NDArray[np.int8]
    slots: NDArray[np.int16]
    conf: NDArray[np.int16]
    poss: NDArray[np.int16]
    worst: NDArray[np.float32]
    first: NDArray[np.int16]
    last: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.row)

    def take(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> "Found":
        return Found(*(getattr(self, field.name)[index] for field in fields(self)))


def sealed(array: NDArray[Number]) -> NDArray[Number]:
    """A contiguous read-only view: kernels are compiled for one kind of array only."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def join_found(parts: list[Found]) -> Found:
    return Found(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Found)))


def unknown_tails(rows: int, kinds: int) -> Tails:
    """Tails of a day that isn't there: nothing certain, everything possible."""
    tails = np.zeros((rows, kinds, 2), dtype=np.uint8)
    tails[:, :, 1] = UNKNOWN_TAIL
    return tails
