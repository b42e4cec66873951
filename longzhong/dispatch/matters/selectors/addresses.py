"""Matters that are tied to each other: somebody pastes the address of a page or its label, and the noun behind it says what it is.

Links between nouns that may not know each other (舆情 ↔ 小区移交 ↔ 投诉) are labels; this turns them into something to press.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from longzhong.dispatch.matters.rules.nouns import NOUNS, label_of, noun_of
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

LABEL = re.compile(r"[a-z_]+\.[a-z_]+:\d{1,18}")
NUMBER = re.compile(r"\d{1,18}")


@dataclass(frozen=True)
class Linked:
    """A tied matter as a page shows it; one that the reader may not see is named by its number only and leads nowhere."""

    label: str
    title: str
    href: str


def matter_at(actor: Actor, address: str, prefixes: Collection[str]) -> str:
    """The label of a matter given as label or as the address of its page; only nouns of these prefixes, through their doors."""
    said = address.strip()
    for label in (said,) if LABEL.fullmatch(said) else _labels(urlsplit(said).path, prefixes):
        noun, number = noun_of(label) if label.rpartition(":")[0] in NOUNS else (None, 0)
        if noun is not None and noun.prefix in prefixes and noun.door(actor, number):
            return label
    raise Refused(
        "address_unknown",
        "没有认出要关联的事项，或不在您的管辖范围内；请打开它的页面，把地址栏里的地址粘贴过来。什么都没有改动。",
    )


def linked(actor: Actor, labels: Iterable[str]) -> list[Linked]:
    """Tied matters in the order given; a label whose noun isn't there any more is shown as it stands."""
    return [_linked(actor, label) for label in labels]


def _linked(actor: Actor, label: str) -> Linked:
    if label.rpartition(":")[0] not in NOUNS:
        return Linked(label, label, "")
    noun, number = noun_of(label)
    if not noun.door(actor, number):
        return Linked(label, f"（不在您的管辖范围内）{number}", "")
    return Linked(label, noun.title(number), noun.url(number))


def _labels(path: str, prefixes: Collection[str]) -> list[str]:
    """What the numbers of an address could mean: the labels whose own page begins it."""
    wanted = path.rstrip("/") + "/"
    numbers = [int(one) for one in NUMBER.findall(path)]
    known = [prefix for prefix in prefixes if prefix in NOUNS]
    return [label_of(p, n) for p in known for n in numbers if wanted.startswith(NOUNS[p].url(n).split("?")[0])]
