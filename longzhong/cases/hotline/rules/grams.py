"""A case's words for full-text search: the different bigrams of its redacted content (双字)."""

import re
import unicodedata

WORD = re.compile(r"[0-9a-z]+|[\u3400-\u9fff]+")
MARK = re.compile(r"〔[^〕]{0,6}〕")
MOST_GRAMS = 2_000


def grams(text: str) -> list[str]:
    """Bigrams of Chinese runs, Latin words and numbers whole (at most 16 characters), each once, in their order."""
    plain = unicodedata.normalize("NFKC", MARK.sub(" ", text)).casefold()
    found: dict[str, None] = {}
    for run in WORD.findall(plain):
        parts = [run[:16]] if run.isascii() or len(run) == 1 else (run[at : at + 2] for at in range(len(run) - 1))
        found.update(dict.fromkeys(parts))
    return list(found)[:MOST_GRAMS]
