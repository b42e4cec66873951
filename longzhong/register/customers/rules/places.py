"""Addresses: town, village, estate and building are plain and searchable; the room is personal and only found
exactly.

A fragment is found by its bigrams (双字): 名仕家天下 gives 名仕, 仕家, 家天, 天下; a place that holds all of them,
and then the fragment itself, is meant. Only the four plain parts go into the bigrams, never a name, a phone or a
room.
"""

import re
import unicodedata

ROOM_PARTS = re.compile(r"[0-9a-z]+")
ROOM_TAIL = re.compile(r"(?:\d{1,2}单元)?(?:\d{1,4}|\d{1,3}-\d{1,4})(?:号房间|号房|室|房|号|户)?$")


def normal_place(text: str) -> str:
    """Half width, no blanks or list signs: 「名仕 家天下，１２号楼」 → 名仕家天下12号楼."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if not char.isspace() and char not in ",,、。;·()（）")


def bigrams(text: str) -> tuple[str, ...]:
    """The different bigrams of a place, in their order."""
    plain = normal_place(text)
    return tuple(dict.fromkeys(plain[at : at + 2] for at in range(len(plain) - 1)))


def normal_room(room: str) -> str:
    """3单元101号房间, 3-101 and 3单元 101室 are one room: 3-101. A room without number or letter is kept as it is."""
    plain = unicodedata.normalize("NFKC", room).casefold()
    return "-".join(ROOM_PARTS.findall(plain)) or "".join(plain.split())


def split_room(text: str) -> tuple[str, str] | None:
    """A fragment that ends like a room, as (place, room): 名仕家天下12号楼3单元101 → (名仕家天下12号楼, 3-101)."""
    plain = normal_place(text)
    tail = ROOM_TAIL.search(plain)
    if tail is None or tail.start() < 2:
        return None
    return plain[: tail.start()], normal_room(tail.group())
