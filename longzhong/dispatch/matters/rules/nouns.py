"""Nouns that own matters: how a label such as "workorders.order:71" is shown, and whose door guards its files.

The owner registers at start (AppConfig.ready); nobody below needs to know what an order is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from longzhong.kit.errors import Refused

NOUNS: dict[str, "Noun"] = {}
OWN_WORDS = {
    "clock_warned": "时限预警",
    "clock_late": "超时升级",
    "clock_paused": "时限挂起",
    "clock_resumed": "恢复计时",
    "clock_changed": "时限变更",
    "handover_offered": "提出交接",
    "handover_accepted": "接手",
    "handover_declined": "谢绝接手",
    "handover_withdrawn": "交接撤回",
    "attach": "补充附件",
    "erase_words": "删除个人信息",
}


@dataclass(frozen=True)
class Noun:
    """`door(actor, id)` says whether this actor may see it; `title(id)` and `url(id)` show it.

    `words` are the Chinese words of its verbs; `says(steps)` gives the text of each step of a timeline, where the words that
    were typed aren't all.
    """

    prefix: str
    door: Callable[[Any, int], bool]
    title: Callable[[int], str]
    url: Callable[[int], str]
    words: Mapping[str, str] = field(default_factory=dict)
    says: Callable[[Sequence[Any]], list[str]] | None = None

    def word(self, verb: str) -> str:
        """The Chinese word of a verb."""
        return str(self.words.get(verb) or OWN_WORDS.get(verb, verb))


def register_noun(
    prefix: str,
    *,
    door: Callable[[Any, int], bool],
    title: Callable[[int], str],
    url: Callable[[int], str],
    words: Mapping[str, str] | None = None,
    says: Callable[[Sequence[Any]], list[str]] | None = None,
) -> None:
    """Make a label's prefix known."""
    NOUNS[prefix] = Noun(prefix, door, title, url, words or {}, says)


def label_of(prefix: str, number: int) -> str:
    """The label of a matter: "workorders.order:71"."""
    return f"{prefix}:{number}"


def noun_of(label: str) -> tuple[Noun, int]:
    """The noun behind a label, and its id there."""
    prefix, _, number = label.rpartition(":")
    if prefix not in NOUNS or not number.isdigit():
        raise Refused("matter_unknown", "找不到这件事项；什么都没有改动。", matter=label)
    return NOUNS[prefix], int(number)
