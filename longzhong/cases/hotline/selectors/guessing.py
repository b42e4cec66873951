"""Which category a call's words or an order's own words mean: what the classifier suggests, and what the order says itself."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.hotline.rules.bringing import TYPE_WORDS, code_of
from longzhong.cases.hotline.rules.layouts import Incoming
from longzhong.cases.hotline.rules.redact import redact
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.selectors import Node
from longzhong.sensing.texts import selectors as texts

TOP = 3
SHORTEST = 2


@dataclass(frozen=True)
class Guess:
    """A category and how sure one is of it, 0..1; `said`: the order itself names it."""

    category_id: int
    code: str
    label: str
    confidence: float
    said: bool = False

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


@dataclass(frozen=True)
class Guesses:
    top: tuple[Guess, ...] = ()
    sure: bool = False

    @property
    def best(self) -> Guess | None:
        return self.top[0] if self.top else None


def guesses(text: str, at: datetime) -> Guesses:
    """The classifier's best three for a text (made anonymous first); none for a text of nothing."""
    plain = redact(text).strip()
    if len(plain) < SHORTEST:
        return Guesses()
    found = texts.suggest(plain, at)
    top = tuple(Guess(one.category_id, one.code, one.label, one.confidence) for one in found.top[:TOP])
    return Guesses(top, found.sure and bool(top))


def guesses_of_order(order: Incoming, channel: str, at: datetime) -> Guesses:
    """What the order itself says (another system's code, or our own words), else the classifier, held to the type it names."""
    if node := _named(order, channel, at):
        return Guesses((Guess(node.id, node.code, node.label, 1.0, said=True),), sure=True)
    found = guesses(order.text, at)
    kind = code_of(order.get("type_word"), TYPE_WORDS, None)
    if kind is None:
        return found
    top = tuple(one for one in found.top if one.code.split(".")[0] == kind)
    return Guesses(top, found.sure and top[:1] == found.top[:1])


def _named(order: Incoming, channel: str, at: datetime) -> Node | None:
    for words in (order.get("class_word"), order.get("type_word")):
        node = categories.of_external(channel, words) if words else None
        if node is not None and node.live:
            return node
    kind = code_of(order.get("type_word"), TYPE_WORDS, None)
    wanted = order.get("class_word").rsplit("/", 1)[-1].strip()
    if not wanted:
        return None
    same = [node for node in categories.leaves(kind, day=civil_day(at)) if node.name == wanted]
    return same[0] if len(same) == 1 else None
