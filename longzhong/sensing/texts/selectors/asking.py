"""What a text suggests: its category, and which other texts it is like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from longzhong.kit import clock
from longzhong.register.categories import selectors as categories
from longzhong.sensing.texts.engines.likeness import house_tokenizer, likenesses
from longzhong.sensing.texts.engines.likeness import likeness as measured
from longzhong.sensing.texts.rules import model_text
from longzhong.sensing.texts.selectors.models import installed, limits

TOP = 3
BATCH = 2000


@dataclass(frozen=True)
class Guess:
    """A category with how likely it is: of 100 guesses at 0.8, about 80 are right."""

    category_id: int
    code: str
    label: str
    confidence: float


@dataclass(frozen=True)
class Suggestion:
    """The likeliest categories, best first; `sure`: the best may be taken without choosing; `model`: its version, "" none."""

    top: tuple[Guess, ...]
    sure: bool
    model: str


def suggest(text: str, at: datetime | None = None) -> Suggestion:
    """What a text is about. Empty and never sure without a model or without words."""
    return suggest_many([text], at)[0]


def suggest_many(texts: Sequence[str], at: datetime | None = None) -> list[Suggestion]:
    """The same for many texts; four queries however many."""
    held = installed()
    if held is None:
        return [Suggestion((), sure=False, model="")] * len(texts)
    row, model = held
    day = clock.civil_day(at) if at else clock.today()
    sure_at, nodes = limits(day).sure_at, categories.by_codes(model.labels)
    version = str(row.version)
    made: list[Suggestion] = []
    for first in range(0, len(texts), BATCH):
        cleaned = [model_text(text) for text in texts[first : first + BATCH]]
        for said, chances in zip(cleaned, model.probabilities(cleaned, house_tokenizer()), strict=True):
            best = [(model.labels[one], float(chances[one])) for one in chances.argsort()[::-1][: TOP * 2]]
            live = [(nodes[code], chance) for code, chance in best if code in nodes and nodes[code].live]
            top = tuple(Guess(node.id, node.code, node.label, round(chance, 4)) for node, chance in live[:TOP])
            top = top if said else ()
            made.append(Suggestion(top, bool(top) and top[0].confidence >= sure_at, version))
    return made


def likeness(a: str, b: str) -> float:
    """0 nothing in common .. 1 the same matter in the same words. From `same_at()` on it is worth showing."""
    return measured(a, b)


def likest(text: str, candidates: Sequence[tuple[int, str]]) -> list[tuple[int, float]]:
    """The candidates (id, text) with their likeness to the text, most like first."""
    scores = likenesses(text, [said for _id, said in candidates])
    found = [(one, round(float(score), 4)) for (one, _said), score in zip(candidates, scores, strict=True)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def same_at(at: datetime | None = None) -> float:
    """The likeness from which two texts are shown as perhaps the same matter (policy texts.same_at)."""
    return limits(clock.civil_day(at) if at else None).same_at
