"""The hash chain of one matter's steps (防篡改链): append-only, provable, and still erasable.

A step's digest covers ids, codes, times, the salted digest of its erasable parts (free text, names, positions, photos) and the
digest of the step before. Erasing the parts (《个人信息保护法》第47条) removes text and salt together: what was written can't be
guessed any more, and the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

ERASED = "erase_words"  # the verb of the step that says which step's erasable parts were erased: data {"seq": n}


@dataclass(frozen=True)
class Link:
    """One step as the chain sees it; `parts` is None when its erasable parts are gone."""

    matter: str
    seq: int
    verb: str
    user_id: int | None
    staff_id: int | None
    at: datetime
    data: Mapping[str, Any]
    parts_digest: str
    digest: str
    parts: "Parts | None" = None


@dataclass(frozen=True)
class Parts:
    """What may be erased: words and the digests of files, with their salt."""

    salt: str
    words: Mapping[str, Any]
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """A place where a chain doesn't hold."""

    matter: str
    seq: int
    why: str


def parts_digest(parts: Parts | None) -> str:
    """The salted digest of erasable parts; empty for a step without any."""
    return "" if parts is None else _sha256([parts.salt, parts.words, sorted(parts.files)])


def link_digest(link: Link, previous: str) -> str:
    """What a step's digest must be, given its predecessor's."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    who = [link.user_id, link.staff_id]
    return _sha256([link.matter, link.seq, link.verb, who, at, link.data, link.parts_digest, previous])


def breaks(links: Iterable[Link], head_seq: int, head_digest: str) -> Iterator[Break]:
    """Every place where one matter's chain (in order of seq) doesn't follow, up to and including its head."""
    previous, expected, matter = "", 1, ""
    erased, missing = set[int](), list[int]()
    for link in links:
        matter = link.matter
        if link.seq != expected:
            yield Break(matter, expected, "step_missing")
        if link.digest != link_digest(link, previous):
            yield Break(matter, link.seq, "step_changed")
        if link.parts is not None and parts_digest(link.parts) != link.parts_digest:
            yield Break(matter, link.seq, "words_changed")
        if link.parts is None and link.parts_digest:
            missing.append(link.seq)
        if link.verb == ERASED:
            erased.add(int(link.data["seq"]))
        previous, expected = link.digest, link.seq + 1
    for seq in missing:
        if seq not in erased:
            yield Break(matter, seq, "words_missing")
    if (expected - 1, previous) != (head_seq, head_digest):
        yield Break(matter, head_seq, "head_differs")


def anchor_digest(previous: str, heads: Iterable[tuple[str, int, str]]) -> str:
    """The digest of a day's anchor: all heads that moved, after the anchor before."""
    return _sha256([previous, sorted(heads)])


def _sha256(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
