"""Reading a reviewed pack file (规则包): TOML with `[[policy]]` tables, refused as a whole at the first mistake.

`key`, `value`, `measure`, `source`, `confidence` are needed; `title` (Chinese), `group`, `edition`, `from_on`, `least`,
`most` may follow.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from longzhong.register.policies.rules.measures import MEASURES, measure_code, why_wrong
from longzhong.register.policies.rules.words import EVER, Confidence, Edition, Value

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
NEEDED = ("key", "value", "measure", "source", "confidence")
KNOWN = frozenset({*NEEDED, "title", "group", "edition", "from_on", "least", "most"})


class PackError(ValueError):
    """A pack file is wrong; the message names file, entry and mistake."""


@dataclass(frozen=True)
class Entry:
    """One `[[policy]]` of a pack."""

    key: str
    value: Value
    measure: str
    source: str
    confidence: str
    title: str = ""
    group: str = ""
    edition: str = ""  # "" holds for every edition that has no row of its own
    from_on: date = EVER
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Pack:
    name: str
    entries: tuple[Entry, ...]

    def series(self) -> dict[tuple[str, str], list[Entry]]:
        """The entries by key and edition."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((entry.key, entry.edition), []).append(entry)
        return found


def parse_pack(name: str, text: str) -> Pack:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name}: {error}") from error
    if unknown := data.keys() - {"policy"}:
        raise PackError(f"{name}: unknown tables {sorted(unknown)}; a pack holds [[policy]] only")
    entries = tuple(_entry(name, number, table) for number, table in enumerate(data.get("policy", []), 1))
    seen: set[tuple[str, str, date]] = set()
    for entry in entries:
        if (mark := (entry.key, entry.edition, entry.from_on)) in seen:
            raise PackError(f"{name}: {entry.key} stands twice for edition '{entry.edition}' from {entry.from_on}")
        seen.add(mark)
    return Pack(name, entries)


def _entry(pack: str, number: int, table: Mapping[str, Any]) -> Entry:
    where = f"{pack}, entry {number} ({table.get('key', '?')})"
    if missing := [field for field in NEEDED if field not in table]:
        raise PackError(f"{where}: missing {missing}")
    if unknown := table.keys() - KNOWN:
        raise PackError(f"{where}: unknown {sorted(unknown)}")
    entry = Entry(**{**table, "measure": measure_code(str(table["measure"]))})
    if mistake := _mistake(entry):
        raise PackError(f"{where}: {mistake}")
    return entry


def _mistake(entry: Entry) -> str | None:
    if not KEY.fullmatch(entry.key):
        return "a key is lower-case words joined by dots"
    if entry.confidence not in set(Confidence):
        return f"confidence '{entry.confidence}' is none of {[c.value for c in Confidence]}"
    if entry.edition not in set(Edition):
        return f"edition '{entry.edition}' is none of {[e.value for e in Edition]}"
    if entry.measure not in MEASURES:
        return f"measure '{entry.measure}' is none of {sorted(MEASURES)}"
    if wrong := why_wrong(entry.value, entry.measure, least=entry.least, most=entry.most):
        return f"value {entry.value!r} is refused ({wrong})"
    return None
