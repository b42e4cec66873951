"""Reading the reviewed tree file: `category` rows and `[[mirror]]` tables, refused as a whole at the first mistake."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from longzhong.register.categories.rules.words import CODE, LEVELS, CaseType, level_of, parent_code
from longzhong.register.policies.rules import Confidence

NEEDED = ("code", "name", "source", "confidence")
KNOWN = frozenset({*NEEDED, "section", "hazard", "attitude"})


class TreeError(ValueError):
    """The tree file is wrong; the message names the row and the mistake."""


@dataclass(frozen=True)
class Row:
    """One category of the file; its position is its place in the file."""

    code: str
    name: str
    source: str
    confidence: str
    section: str = ""
    hazard: bool = False
    attitude: bool = False


def parse_tree(text: str) -> tuple[Row, ...]:
    """Parents before children; every code once."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TreeError(str(error)) from error
    rows = [_row(table) for table in data.get("category", [])]
    for mirror in data.get("mirror", []):
        rows += _mirrored(rows, mirror)
    _check_paths(rows)
    return tuple(rows)


def _row(table: Mapping[str, Any]) -> Row:
    where = table.get("code", "?")
    if missing := [field for field in NEEDED if not table.get(field)]:
        raise TreeError(f"{where}: missing {missing}")
    if unknown := table.keys() - KNOWN:
        raise TreeError(f"{where}: unknown {sorted(unknown)}")
    if table["confidence"] not in set(Confidence):
        raise TreeError(f"{where}: confidence '{table['confidence']}' is none of {[c.value for c in Confidence]}")
    return Row(**table)


def _mirrored(rows: Iterable[Row], mirror: Mapping[str, str]) -> list[Row]:
    of, into = mirror["of"], mirror["into"]
    return [
        replace(row, code=into + row.code.removeprefix(of), source=mirror["source"])
        for row in rows
        if row.code.startswith(f"{of}.")
    ]


def _check_paths(rows: Iterable[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise TreeError(f"{row.code} stands twice")
        if not all(CODE.fullmatch(word) for word in row.code.split(".")) or level_of(row.code) > LEVELS:
            raise TreeError(f"{row.code}: up to {LEVELS} lower-case words joined by dots")
        if (parent := parent_code(row.code)) and parent not in seen:
            raise TreeError(f"{row.code}: its parent {parent} must stand before it")
        if not parent and row.code not in set(CaseType):
            raise TreeError(f"{row.code}: a root is one of {[one.value for one in CaseType]}")
        seen.add(row.code)
