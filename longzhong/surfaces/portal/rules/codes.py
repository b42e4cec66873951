"""The follow code (查询码): what a customer keeps to follow their report without a login. Only its keyed digest is stored.

60 bits in Crockford's alphabet (no I, L, O, U): "7K3M-Q2WX-9TBP". People read O as zero and I or L as one; both are accepted.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
KEY_LENGTH = (16, 64)
_READ = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(digest: str) -> str:
    """The code behind a hex digest of at least 60 bits."""
    number = int(digest[:15], 16)
    letters = []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(letters)


def normal_code(text: str) -> str:
    """What a person typed, as it is compared: full width, small letters, blanks and dashes don't matter."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def is_code(text: str) -> bool:
    """Whether a normal code can be one at all."""
    return len(text) == CODE_LENGTH and all(letter in ALPHABET for letter in text)


def shown_code(code: str) -> str:
    """7K3MQ2WX9TBP → 7K3M-Q2WX-9TBP."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def key_fits(key: str) -> bool:
    """A client key is long enough that nobody guesses another's."""
    return KEY_LENGTH[0] <= len(key) <= KEY_LENGTH[1] and key.isascii() and key.isprintable()
