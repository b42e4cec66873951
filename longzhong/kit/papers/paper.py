"""What a form consists of. All values come ready for print: formatted, masked where they must be."""

import re
from dataclasses import asdict, dataclass
from typing import Any

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Facts:
    """Labels with values, two pairs on a line; a pair whose value is long takes a line of its own."""

    rows: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Text:
    """Paragraphs below a heading; an empty one leaves room to write by hand (`lines` blank lines)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class Table:
    """Rows below a head; `widths` are shares of the width, one a column (none: all alike)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        columns = {len(self.head), *(len(row) for row in self.rows)}
        if len(columns) != 1 or (self.widths and len(self.widths) != len(self.head)):
            raise ValueError(f"a table of rows of unequal length: {sorted(columns)}, widths {len(self.widths)}")


@dataclass(frozen=True)
class Signature:
    """Who signs: `label` the part (责任单位…), `opinion` what they say, `name` and `at` where it is signed already."""

    label: str
    name: str = ""
    at: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class Signatures:
    """The fields for signatures, seals and dates, two on a line."""

    rows: tuple[Signature, ...]
    title: str = ""


Block = Facts | Text | Table | Signatures


@dataclass(frozen=True)
class Paper:
    """One form: `title` (整改单), `number`, the issuing `unit`, `note` in small letters below the title, then its blocks.

    `scale` enlarges all letters: a paper that is posted (公告) is read from a step away.
    """

    title: str
    number: str
    unit: str
    blocks: tuple[Block, ...]
    note: str = ""
    scale: float = 1.0


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as JSON values, each block with its `kind`; characters that no printer knows are left out."""
    data = asdict(paper)
    data["blocks"] = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in paper.blocks]
    cleaned: dict[str, Any] = _clean(data)
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, (list, tuple)) else value
