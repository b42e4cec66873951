"""What the words of a call hint at (sensing.texts), in the hotline's own words; a person may always say otherwise."""

from dataclasses import dataclass

from longzhong.cases.hotline.rules.words import HAZARD_LABELS, CaseType, Hazard, Mood, RootCause, Secrecy, Urgency
from longzhong.sensing.texts import rules as texts

HAZARDS = {
    texts.Hazard.SHOCK: Hazard.SHOCK,
    texts.Hazard.LEAK: Hazard.SHOCK,
    texts.Hazard.OPEN_LIVE: Hazard.SHOCK,
    texts.Hazard.WIRE_DOWN: Hazard.WIRE_BROKEN,
    texts.Hazard.FIRE: Hazard.FIRE,
    texts.Hazard.POLE_DOWN: Hazard.POLE_DOWN,
    texts.Hazard.POLE_BASE: Hazard.POLE_BASE,
    texts.Hazard.LOW_WIRE: Hazard.WIRE_LOW,
}
BLAMING = (CaseType.COMPLAINT, CaseType.REPORT, CaseType.OPINION)  # the types that the five causes are asked of


@dataclass(frozen=True)
class Cues:
    """The worst danger, mood, where they threaten to go (`over`), how secret and how urgent."""

    hazard: Hazard
    mood: Mood
    over: tuple[str, ...]
    secrecy: Secrecy
    urgency: Urgency

    @property
    def hazard_word(self) -> str:
        return HAZARD_LABELS[self.hazard] if self.hazard else ""


def cues_of(text: str) -> Cues:
    found = texts.hints(text)
    hazard = next((HAZARDS[one] for one in found.hazards), Hazard.NONE)
    return Cues(hazard, found.mood, found.over_heads, found.secrecy, found.urgency)


def cause_of(type_: CaseType, text: str) -> RootCause | None:
    """The likeliest of the five causes (S2-04), for a reviewer to confirm; None where nobody is blamed or no word points."""
    return next(iter(texts.causes(text)), None) if type_ in BLAMING else None
