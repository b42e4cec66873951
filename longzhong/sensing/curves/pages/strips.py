"""The last days of an area as coloured squares, one row a kind: abnormal, normal, undetermined, not judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from longzhong.sensing.curves.pages.asked import Asked
from longzhong.sensing.curves.rules import ELECTRIC, KIND_NAMES

DAYS = 30
CELL = 10
TONES = {"A": "late", "N": "good", "U": "soon", "-": "closed"}
WORDS = {"A": "异常", "N": "正常", "U": "待定", "-": "未研判"}


@dataclass(frozen=True)
class Square:
    x: int
    tone: str
    title: str
    href: str


@dataclass(frozen=True)
class StripRow:
    label: str
    words: str
    width: int
    cells: list[Square]


def strip(days: Mapping[date, str], asked: Asked) -> list[StripRow]:
    """Rows of the kinds that were judged at all in these days."""
    span = [asked.day - timedelta(days=back) for back in reversed(range(DAYS))]
    rows = []
    for place, kind in enumerate(ELECTRIC):
        letters = [days.get(day, "").ljust(len(ELECTRIC), "-")[place] for day in span]
        if set(letters) == {"-"}:
            continue
        cells = [
            Square(CELL * n, TONES[letter], f"{day:%m-%d} {_(WORDS[letter])}", asked.address(day=day))
            for n, (day, letter) in enumerate(zip(span, letters, strict=True))
        ]
        rows.append(StripRow(KIND_NAMES[kind], _sum(letters), CELL * DAYS, cells))
    return rows


def _sum(letters: list[str]) -> str:
    """The row in words: what is worst first."""
    for letter in "ANU":
        if count := letters.count(letter):
            return _("%(word)s %(n)s 天") % {"word": WORDS[letter], "n": count}
    return ""
