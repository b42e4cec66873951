"""What a text is before words are read in it: one width, one case, its 【tag】 apart, figures as classes.

Nothing here leaves out words: `fold` keeps the text readable, `clean` is what the models of the house learn from.
"""

import re
import unicodedata
from dataclasses import dataclass

TAG = re.compile(r"【([^】]{1,20})】")
SPACES = re.compile(r"\s+")
REPEATS = re.compile(r"([!?。！？~…])\1+")
HIDDEN = re.compile(r"〔([^〕]{1,12})〕")  # what redaction left in place of a name, a phone, an address

PLACES = re.compile(r"(?<![月\d])\d+(?:号楼|号|栋|幢|单元|组|村|队|室|层|楼)")

# Figures by what they measure; the first that fits has the word. A plain figure says only how long it is.
FIGURES = (
    (re.compile(r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*[日号]?"), "某日"),
    (re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]"), "某日"),
    (re.compile(r"\d{1,2}\s*[:：]\s*\d{2}"), "某时"),
    (re.compile(r"\d{1,2}\s*[点时](?!\d)(?:半|\d{1,2}分)?"), "某时"),
    (re.compile(r"\d+(?:\.\d+)?\s*(?:kwh|千瓦时|度)"), "某电量"),
    (re.compile(r"\d+(?:\.\d+)?\s*(?:元|块钱?|万元)"), "某金额"),
    (re.compile(r"\d+(?:\.\d+)?\s*(?:kv|千伏)"), "某千伏"),
    (re.compile(r"\d+(?:\.\d+)?\s*(?:v(?![a-z])|伏)"), "某伏"),
    (re.compile(r"\d+\s*(?:多)?\s*(?:个)?(?:小时|分钟|钟头)"), "某时长"),
    (re.compile(r"\d+\s*(?:多)?\s*(?:天|周|星期|个月|年)"), "某天数"),
    (re.compile(r"\d+\s*(?:多)?\s*(?:次|回|遍)"), "某次数"),
    (re.compile(r"\d+\s*(?:多)?\s*(?:户|家|人)"), "某户数"),
    (re.compile(r"\d{7,}"), "某长号"),
    (re.compile(r"\d+(?:\.\d+)?"), "某数"),
)


@dataclass(frozen=True)
class Clean:
    """`text` for the models; `tag` the words of a leading 【…】; `figures` as they were written, without spaces."""

    text: str
    tag: str
    figures: tuple[str, ...]


def fold(text: str) -> str:
    """One width and case (NFKC, casefold), single spaces, no repeated marks."""
    even = unicodedata.normalize("NFKC", text).casefold()
    return REPEATS.sub(r"\1", SPACES.sub(" ", even)).strip()


def clean(text: str) -> Clean:
    """A text as the models of the house read it."""
    tags = TAG.findall(text)
    body = fold(HIDDEN.sub("〔〕", TAG.sub(" ", text)))
    return Clean(text=_classed(body), tag=fold(" ".join(tags)), figures=figures_of(body))


def model_text(text: str) -> str:
    """Tag and body in one line: what is vectorised."""
    said = clean(text)
    return f"{said.tag}：{said.text}" if said.tag else said.text


def figures_of(text: str) -> tuple[str, ...]:
    """The figures of a text with what they measure: "3次", "220v", "8点"."""
    even = fold(text)
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for pattern, _word in FIGURES:
        for hit in pattern.finditer(even):
            if not taken & set(range(*hit.span())):
                taken |= set(range(*hit.span()))
                found.append((hit.start(), hit.group().replace(" ", "")))
    return tuple(word for _at, word in sorted(found))


def places_of(text: str) -> tuple[str, ...]:
    """The figures that say where: 3号楼, 5组."""
    return tuple(PLACES.findall(fold(text)))


def _classed(text: str) -> str:
    for pattern, word in FIGURES:
        text = pattern.sub(word, text)
    return text
