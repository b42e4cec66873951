"""The texts that ship with the house, parsed once a process; a message, a group chat and the portal say the same."""

import tomllib
from functools import cache
from pathlib import Path

from longzhong.dispatch.notifications.rules import Channel, Purpose, Text, Variable
from longzhong.dispatch.notifications.services import NewTemplate
from longzhong.sensing.announcements.rules.given import LINE, REASON, WHERE

FILE = Path(__file__).resolve().parent.parent / "packs" / "templates.toml"
PLACES = (
    Variable("line", "停电线路或设备", longest=LINE, sample="10kV西关线"),
    Variable("reason", "原因", longest=REASON, sample="设备检修"),
    Variable("start", "停电时间", longest=16, sample="3月5日08:00"),
    Variable("end", "预计恢复时间", longest=16, sample="3月5日18:00"),
    Variable("where", "停电区域和户号（每户自动填写）", longest=WHERE, joined=True, sample="名仕家天下，户号尾号0001"),
)


@cache
def shipped_templates() -> tuple[NewTemplate, ...]:
    """One template a table of the file, in its order."""
    book = tomllib.loads(FILE.read_text(encoding="utf-8"))
    signature = book.pop("signature")
    return tuple(_template(code, row, signature) for code, row in book.items())


def _template(code: str, row: dict[str, str], signature: str) -> NewTemplate:
    text = row["text"]
    used = tuple(one for one in PLACES if f"{{{one.name}}}" in text)
    texts = {channel: Text(text) for channel in (Channel.SMS, Channel.PORTAL, Channel.WECOM)}
    return NewTemplate(
        code=code, title=row["title"], purpose=Purpose.SERVICE, texts=texts, variables=used, signature=signature
    )
