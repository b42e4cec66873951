"""Reads of usage explanations; `visible_to` is the door."""

from longzhong.cases.explanations.selectors.door import NOUN, is_visible, label, sheet_of, title, url, visible_to
from longzhong.cases.explanations.selectors.evidence import Evidence, Neighbours, Span, evidence, span_of
from longzhong.cases.explanations.selectors.papers import advert_words, headline, neighbour_words, paper_of, spread
from longzhong.cases.explanations.selectors.sheets import Told, told

__all__ = [
    "NOUN",
    "Evidence",
    "Neighbours",
    "Span",
    "Told",
    "advert_words",
    "evidence",
    "headline",
    "is_visible",
    "label",
    "neighbour_words",
    "paper_of",
    "sheet_of",
    "span_of",
    "spread",
    "title",
    "told",
    "url",
    "visible_to",
]
