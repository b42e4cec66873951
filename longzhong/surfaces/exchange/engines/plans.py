"""What to take from a curve file (Plan), and what comes out of it piece by piece (Block)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from longzhong.surfaces.exchange.engines import Source
from longzhong.surfaces.exchange.rules.cells import Cell
from longzhong.surfaces.exchange.rules.curve_rows import Coded, Ints
from longzhong.surfaces.exchange.rules.reasons import Bad

Floats = NDArray[np.float32]
Refusal = tuple[int, Bad]


@dataclass(frozen=True)
class Plan:
    """What to take from a file: the columns of words by role, and the value columns in order."""

    source: Source
    sheet: str
    first_row: int  # of the body, from 1
    headers: Sequence[Cell]
    words: dict[str, int]
    values: Sequence[int]


@dataclass
class Block:
    """Rows by their line in the file; NaN where a value is missing. `refused` rows aren't in the arrays."""

    lines: Ints
    words: dict[str, Coded]
    values: Floats
    refused: list[Refusal] = field(default_factory=list)
    seen: int = 0  # the last line of the file that was looked at
