"""Messages forwarded from a chat (微信转发): a line with who and when, then what they wrote; or just words."""

import re

from longzhong.cases.hotline.rules.layouts.loose import loose
from longzhong.cases.hotline.rules.layouts.words import Incoming

NAME = "转发消息"
WHEN = (
    r"(?:20\d\d[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?\s*)?(?:\d{1,2}月\d{1,2}日\s*)?"
    r"(?:上午|下午|晚上|凌晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
)
HEAD = re.compile(rf"^\s*(?P<who>[^\s:：，。,]{{1,16}})\s*[:：]?\s+(?P<when>{WHEN})\s*[:：]?\s*$")


def read(text: str) -> list[Incoming]:
    """One order a message; a text without such lines is one order."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if head := HEAD.match(line):
            blocks.append((head["when"], []))
        blocks[-1][1].append(line)
    found = []
    for when, lines in blocks:
        said = lines[1:] if when else lines
        if "".join(said).strip():
            found.append(loose(NAME, "\n".join(said).strip(), raw="\n".join(lines), when=when))
    return found
