"""How long a short message is (短信计费长度): 3GPP TS 23.038 and 23.040.

GSM 7-bit: 160 characters, 153 a part once it is split; with any Chinese character UCS-2: 70, and 67 a part. A character of
the GSM extension table counts two, one outside the BMP (emoji) two UTF-16 units, and neither is cut in half. 【签名】 stands at
the head and counts.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_TWO = frozenset("^{}\\[~]|€\f")
LONGEST_SIGNATURE = 20


class Coding(StrEnum):
    GSM7 = "GSM7"
    UCS2 = "UCS-2"


SIZES = {Coding.GSM7: (160, 153), Coding.UCS2: (70, 67)}


@dataclass(frozen=True)
class Length:
    """Units (characters as they are billed), parts, and the coding."""

    units: int
    parts: int
    coding: Coding


def coding_of(text: str) -> Coding:
    """GSM 7-bit if every character fits, else UCS-2."""
    return Coding.GSM7 if all(char in GSM7 or char in GSM7_TWO for char in text) else Coding.UCS2


def measure(text: str) -> Length:
    """Length and parts of a text as it goes out."""
    coding = coding_of(text)
    return Length(sum(_sizes(text, coding)), len(split(text)), coding)


def split(text: str, coding: Coding | None = None) -> tuple[str, ...]:
    """The parts that a text is sent as, in a coding (None: its own); the whole text if it fits in one."""
    coding = coding or coding_of(text)
    whole, part = SIZES[coding]
    sizes = _sizes(text, coding)
    if sum(sizes) <= whole:
        return (text,)
    ends = list(accumulate(sizes))
    parts, first, used = [], 0, 0
    for place, end in enumerate(ends):
        if end - used > part:
            parts.append(text[first:place])
            first, used = place, ends[place - 1]
    return (*parts, text[first:])


def signed(signature: str, text: str, suffix: str = "") -> str:
    """【襄阳供电】正文，退订说明."""
    return (f"【{signature}】" if signature else "") + text + (f"，{suffix}" if suffix else "")


def signature_fault(signature: str) -> bool:
    """Whether a signature can't stand between 【 and 】: 2 to 20 characters, no bracket, no blank."""
    return not 2 <= len(signature) <= LONGEST_SIGNATURE or any(char in "【】[] \n" for char in signature)


def _sizes(text: str, coding: Coding) -> list[int]:
    if coding is Coding.GSM7:
        return [2 if char in GSM7_TWO else 1 for char in text]
    return [2 if ord(char) > 0xFFFF else 1 for char in text]
