"""Phone and identity numbers: how they are written down once, and how one recognises them in a text."""

import re
import unicodedata

FILLERS = re.compile(r"[\s\-—–()（）.]+")
COUNTRY = re.compile(r"^(?:\+?86|0086)(?=1[3-9]\d{9}$|0\d{9,11}$)")
PHONE = re.compile(r"\+?\d{3,15}(?:[,转x]\d{1,6})?")
ID_NUMBER = re.compile(r"[1-9]\d{16}[\dX]|[1-9]\d{14}")
PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"


def normal_phone(text: str) -> str:
    """+86 138-0013-8000 → 13800138000; 0710-3512345 → 07103512345."""
    return COUNTRY.sub("", FILLERS.sub("", unicodedata.normalize("NFKC", text)))


def is_phone(text: str) -> bool:
    """Whether a normal phone number can be dialled: 3 to 15 digits, an extension at most."""
    return PHONE.fullmatch(text) is not None


def normal_id_number(text: str) -> str:
    """Upper-case X, no blanks."""
    return FILLERS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_id_number(text: str) -> bool:
    """18 characters with their check digit (GB 11643), or the 15 digits of the first generation."""
    if ID_NUMBER.fullmatch(text) is None:
        return False
    if len(text) == 15:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(text, ID_WEIGHTS, strict=False))
    return text[17] == ID_CHECKS[total % 11]


def holds_personal_number(text: str) -> bool:
    """Whether a free text (tag, reason) carries a mobile or identity number and so may not be kept in plain."""
    return PERSONAL.search(FILLERS.sub("", unicodedata.normalize("NFKC", text))) is not None
