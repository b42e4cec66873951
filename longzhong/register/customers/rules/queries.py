"""One box finds a customer: what a typed text can mean.

A number may be a 户号, a phone, a meter or an identity number. Anything else is a place, a name, or both: 名仕家天下,
张惠芳, 张 名仕家天下, zhf 名仕家天下, 名仕家天下12号楼3单元101. Every meaning is a `Reading`; the search asks for all
of them at once and ranks by how much each one pins down.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

from longzhong.register.customers.rules.masking import is_organisation
from longzhong.register.customers.rules.names import COMPOUND_SURNAMES, normal_name, without_title
from longzhong.register.customers.rules.numbers import normal_phone
from longzhong.register.customers.rules.places import bigrams, normal_place, split_room

MOST_CHARACTERS = 60
MOST_READINGS = 16
CODE = re.compile(r"[0-9a-z][0-9a-z_\-]{3,31}", re.IGNORECASE)
LATIN = re.compile(r"[a-z]{1,6}")
LATIN_EDGE = re.compile(r"^([a-z]{1,4})(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])([a-z]{1,4})$")
WEIGHTS = {"name": 5, "room": 4, "word": 3, "initials": 3, "surname": 2}


@dataclass(frozen=True)
class Reading:
    """All of it must hold: fragments of the plain address, and (kind, text) parts that are looked up by keyed index."""

    places: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def grams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(gram for place in self.places for gram in bigrams(place)))

    @property
    def weight(self) -> int:
        """How much the reading pins down: more and longer parts mean fewer accounts."""
        return sum(min(len(place), 6) for place in self.places) + sum(WEIGHTS[kind] for kind, _ in self.parts)

    def __add__(self, other: "Reading") -> "Reading":
        return Reading(self.places + other.places, tuple(dict.fromkeys(self.parts + other.parts)))


@dataclass(frozen=True)
class Number:
    """A text that can be a code: as typed (upper case), and as a phone number would be written."""

    code: str
    phone: str


def as_number(text: str) -> Number | None:
    """The text as a number or device code, when it is one word of ASCII with a digit."""
    plain = unicodedata.normalize("NFKC", text).strip()
    phone = normal_phone(plain)
    code = phone if phone.isascii() and phone.isdigit() else plain.upper()
    if not CODE.fullmatch(code) or not any(char.isdigit() for char in code):
        return None
    return Number(code=code, phone=phone)


def readings(text: str) -> tuple[Reading, ...]:
    """The meanings of a text, the one that pins down most first."""
    chunks = unicodedata.normalize("NFKC", text).casefold()[:MOST_CHARACTERS].split()[:3]
    combined = [sum(choice, Reading()) for choice in product(*(_meanings(chunk) for chunk in chunks))]
    found = dict.fromkeys(reading for reading in combined if reading.places or reading.parts)
    return tuple(sorted(found, key=lambda reading: -reading.weight)[:MOST_READINGS])


def split_places(text: str) -> tuple[Reading, ...]:
    """The second try for a fragment that is nowhere as a whole: cut in two, both halves must be in the address.

    檀溪名仕家天下 finds 檀溪镇…名仕家天下.
    """
    plain = normal_place(text)[:MOST_CHARACTERS]
    if any(char.isascii() and char.isalpha() for char in plain):
        return ()
    return tuple(Reading(places=(plain[:at], plain[at:])) for at in range(2, len(plain) - 1))[:MOST_READINGS]


def _meanings(chunk: str) -> list[Reading]:
    place = normal_place(chunk)
    found = [Reading(places=(place,))] if len(place) >= 2 else []
    if LATIN.fullmatch(chunk):
        return [*found, Reading(parts=(("initials", chunk),))]
    edge = LATIN_EDGE.search(chunk)
    if edge:
        letters = edge.group(1) or edge.group(2)
        rest = normal_place(chunk.removeprefix(letters) if edge.group(1) else chunk.removesuffix(letters))
        found += [Reading(places=(rest,), parts=(("initials", letters),))] if len(rest) >= 2 else []
    if split := split_room(chunk):
        found.append(Reading(places=(split[0],), parts=(("room", split[1]),)))
    return found + _names(chunk)


def _names(chunk: str) -> list[Reading]:
    """A whole name, a surname with or without courtesy, a surname written before a place."""
    name = normal_name(without_title(chunk))
    if not name or any(char.isdigit() for char in name[:2]):
        return []
    found = [Reading(parts=(("name", name),))]
    if len(name) <= 6:  # as long as a part of a minority name
        found.append(Reading(parts=(("surname", name),)))
    for size in (1, 2):
        surname, rest = name[:size], normal_place(name[size:])
        if len(rest) >= 2 and (size == 1 or surname in COMPOUND_SURNAMES):
            found.append(Reading(places=(rest,), parts=(("surname", surname),)))
    if is_organisation(name) or len(name) >= 4:
        found.append(Reading(parts=tuple(("word", gram) for gram in bigrams(name))))
    return found
