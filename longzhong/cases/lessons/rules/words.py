"""What a typical case (小题大做) is written with, and where it may come from."""

from dataclasses import dataclass
from datetime import date

MOST_TITLE, MOST_TEXT, MOST_TAGS, LONGEST_TAG = 80, 4_000, 8, 16
PARTS = ("happened", "missed", "better")
PART_LABELS = {"happened": "发生了什么", "missed": "哪里没做到", "better": "应该怎么做"}
SOURCES = ("complaints.complaint", "nearmisses.near_miss")
"""Labels that a case may come from: a complaint, or trouble that was averted."""


@dataclass(frozen=True)
class Text:
    """A case as it is written: no names, numbers, addresses. `tags` are free words; `source` a label of `SOURCES` or ""."""

    title: str
    happened: str
    missed: str
    better: str
    category_ids: tuple[int, ...]
    cause: str
    tags: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; `base` is the version that the text was typed upon."""

    text: Text | None = None
    base: int = 0
    reason: str = ""
    unit_id: int | None = None
    held_on: date | None = None


def tags_of(typed: str) -> tuple[str, ...]:
    """Tags as typed with commas, spaces or 、 between them, each once, at most eight of sixteen characters."""
    plain = typed
    for sign in "，,、；;\n\t":
        plain = plain.replace(sign, " ")
    return tuple(dict.fromkeys(one[:LONGEST_TAG] for one in plain.split()))[:MOST_TAGS]
