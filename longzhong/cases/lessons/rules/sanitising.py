"""Does anything personal remain in a case? (PIPL 6, 51) Everybody in the company reads it, so the answer must be no. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

from longzhong.cases.hotline.rules.redact import redact

MARK = re.compile(r"〔([^〕]{1,6})〕")


def personal(text: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """What kinds of personal data a text holds ("电话", "姓名"), each once; marks that stand where something was don't count."""
    found = Counter(MARK.findall(redact(text, names=names))) - Counter(MARK.findall(text))
    return tuple(found)
