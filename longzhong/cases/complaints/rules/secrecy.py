"""Confidential customers (保密): what is told of them is retold by the office, never their own words. Pure."""

from longzhong.cases.hotline.rules.words import Secrecy

MOST_ALIKE = 12  # characters in a row that a retelling may share with what the customer said
UNCALLED = (Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS)
"""Nobody calls these before the answer; there is no limit for a first contact (REFERENCE §2.3)."""


def quotes(summary: str, content: str, most: int = MOST_ALIKE) -> bool:
    """Whether a retelling repeats more than `most` characters in a row of what was said: whoever knows the customer's way of
    speaking would know them.
    """
    told, heard = _plain(summary), _plain(content)
    size = most + 1
    return any(told[at : at + size] in heard for at in range(len(told) - most))


def _plain(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
