"""What the words of a call hint at (sensing.texts), in the hotline's own words; a person may always say otherwise."""

from dataclasses import dataclass

from longzhong.cases.hotline.rules.words import HAZARD_LABELS, Hazard, Mood, Secrecy, Urgency
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
MOODS = {texts.Mood.PLAIN: Mood.CALM, texts.Mood.UPSET: Mood.EXCITED, texts.Mood.FURIOUS: Mood.FURIOUS}
SECRECIES = {
    texts.Secrecy.NONE: Secrecy.OPEN,
    texts.Secrecy.CONFIDENTIAL: Secrecy.CONFIDENTIAL,
    texts.Secrecy.ANONYMOUS: Secrecy.ANONYMOUS,
}
URGENCIES = {
    texts.Urgency.PLAIN: Urgency.NORMAL,
    texts.Urgency.IMPORTANT: Urgency.HIGH,
    texts.Urgency.URGENT: Urgency.URGENT,
}


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
    return Cues(hazard, MOODS[found.mood], found.over_heads, SECRECIES[found.secrecy], URGENCIES[found.urgency])
