"""Hints in a customer's words: danger, mood, going over heads, secrecy, urgency, and the five causes of complaints.

A hint is a suggestion for a person at the desk, never a decision. The cues are tables in `cues`; here is how they are asked, and
that a denied cue is none (没有断线).
"""

import re
from dataclasses import dataclass

from longzhong.sensing.texts.rules import cues
from longzhong.sensing.texts.rules.attributes import Mood, RootCause, Secrecy, Urgency
from longzhong.sensing.texts.rules.cleaning import fold
from longzhong.sensing.texts.rules.cues import Hazard

# A cue with one of these right before it (in the same clause) is denied: 没有断线, 未触电, 不是漏电.
DENIALS = (
    "没有", "没", "未", "并未", "不是", "并非", "无", "不存在", "没发现", "未发现", "没看到", "没听到", "不曾", "排除",
)  # fmt: skip
DENIED = re.compile(
    rf"(?:{'|'.join(sorted(DENIALS, key=len, reverse=True))})"
    r"(?:出现|发生|发现|看到|见到|人|什么|任何|有|被|再|过)*$"
)
CLAUSE = re.compile(r"[,，。;；!！?？、\n]")
BEFORE = 8  # characters before a cue in which a denial counts


@dataclass(frozen=True)
class Hints:
    """What the words of a text hint at; empty where nothing is hinted."""

    hazards: tuple[Hazard, ...]
    mood: Mood
    over_heads: tuple[str, ...]
    secrecy: Secrecy
    urgency: Urgency
    causes: tuple[RootCause, ...]


def hints(text: str) -> Hints:
    """All hints of a text at once."""
    even = fold(text)
    found = hazards(even)
    return Hints(found, mood(text), over_heads(even), secrecy(even), urgency(even, found), causes(even))


def hazards(text: str) -> tuple[Hazard, ...]:
    """The dangers that a text speaks of and doesn't deny, the worst first."""
    even = fold(text)
    return tuple(one for one in Hazard if said(cues.HAZARD_CUES[one], even))


def mood(text: str) -> Mood:
    """How upset: a furious word, or two upset ones and repeated exclamation, say 非常激动."""
    even = fold(text)
    marks = len(re.findall(r"[!！]", text))
    upset = len(re.findall(cues.EXCITED, even))
    if said(cues.FURIOUS, even) or (upset and marks >= 3) or upset >= 3:
        return Mood.FURIOUS
    return Mood.EXCITED if said(cues.EXCITED, even) or marks >= 2 else Mood.CALM


def over_heads(text: str) -> tuple[str, ...]:
    """Where the customer went, or threatens to go (越级)."""
    even = fold(text)
    return tuple(word for word, cue in cues.OVER_HEADS.items() if said(cue, even))


def secrecy(text: str) -> Secrecy:
    """Anonymous wins over confidential: who gives no name can't be asked either."""
    even = fold(text)
    if said(cues.ANONYMOUS, even):
        return Secrecy.ANONYMOUS
    return Secrecy.CONFIDENTIAL if said(cues.CONFIDENTIAL, even) else Secrecy.OPEN


def urgency(text: str, danger: tuple[Hazard, ...] | None = None) -> Urgency:
    """紧急 where somebody may be hurt or says so; 重要 where a delay costs somebody much."""
    even = fold(text)
    if (hazards(even) if danger is None else danger) or said(cues.URGENT, even):
        return Urgency.URGENT
    return Urgency.HIGH if said(cues.HIGH, even) else Urgency.NORMAL


def causes(text: str) -> tuple[RootCause, ...]:
    """Which of the five causes the words point to, in the order of S2-04."""
    even = fold(text)
    return tuple(one for one in RootCause if said(cues.CAUSE_CUES[one], even))


def said(cue: str, text: str) -> bool:
    """Whether a cue stands in the text and isn't denied right before it."""
    return any(not denied(text, hit.start()) for hit in re.finditer(cue, text))


def denied(text: str, at: int) -> bool:
    """Whether what begins at a place is denied by the words right before it in its clause."""
    near = CLAUSE.split(text[max(0, at - BEFORE) : at])[-1]
    return bool(DENIED.search(near))
