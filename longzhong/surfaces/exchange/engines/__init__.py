"""Engines of reading: a file on disk becomes sheets of rows (text, books, frames), or arrays of curves (curve_blocks).

An engine knows bytes, encodings and containers and nothing of recipes. What can't be read is `BadFile`, what can't
be read in one line comes out as a `BadLine` in its place, so that every line of the file is accounted for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from longzhong.surfaces.exchange.rules.cells import Cell


@dataclass(frozen=True)
class BadLine:
    """A line that can't become cells; `shown` holds what can be read of it."""

    code: str
    shown: str


Record = tuple[int, Sequence[Cell] | BadLine]  # the line (or row) number as the person sees it, from 1


@dataclass(frozen=True)
class Source:
    """A file that was recognised by its content."""

    path: Path
    kind: str  # text | book | parquet
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sparse: bool = False  # a sheet too wide and deep to be spread out in memory
