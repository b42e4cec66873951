"""The suggested grade of a complaint (投诉等级), by criteria that are policies `complaint.grade_*` (REFERENCE §1.4, M/U).

特殊: central or national media, or a state body. 重大: provincial media or government, a collective incident, somebody hurt.
重要: prefecture media or government, a supervising channel (12398, 12345), an over-level complaint, or a threat to go there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from longzhong.cases.hotline.rules.words import Grade
from longzhong.sensing.texts.rules.hints import over_heads, said

RANKS = (Grade.GENERAL, Grade.IMPORTANT, Grade.MAJOR, Grade.SPECIAL)
MAJOR_ONES = frozenset({Grade.MAJOR, Grade.SPECIAL})
GROUND_LABELS = {
    "words_special": "涉及中央或全国性媒体、国家级机构",
    "words_major": "涉及省级媒体、政府或群体性事件、人身伤害",
    "words_important": "涉及市州级媒体、政府",
    "channel": "来自上级监督渠道",
    "over_level": "越级诉求",
    "threat": "客户表示要向政府、监管或媒体反映",
}


@dataclass(frozen=True)
class Criteria:
    """Words and channels that raise the grade; policies `complaint.<field>`."""

    grade_special: Sequence[str] = ("国务院", "央视", "中央电视台", "新华社", "人民日报", "国家能源局", "国家信访局")
    grade_major: Sequence[str] = ("省政府", "省电视台", "省级媒体", "集体", "联名", "受伤", "伤亡", "死亡", "触电身亡")
    grade_important: Sequence[str] = ("市政府", "市电视台", "区政府", "县政府", "日报", "晚报")
    grade_channels: Sequence[str] = ("12398", "12345")


@dataclass(frozen=True)
class Told:
    """What is known of a complaint when it is taken."""

    text: str
    channel: str
    over_level: bool = False


def suggest(told: Told, criteria: Criteria) -> tuple[Grade, tuple[str, ...]]:
    """The highest grade that anything speaks for, with all grounds found; 一般 without any."""
    found = tuple(_grounds(told, criteria))
    best = max((grade for grade, _ground in found), key=RANKS.index, default=Grade.GENERAL)
    return best, tuple(ground for _grade, ground in found)


def _grounds(told: Told, criteria: Criteria) -> Iterable[tuple[Grade, str]]:
    if _says(criteria.grade_special, told.text):
        yield Grade.SPECIAL, "words_special"
    if _says(criteria.grade_major, told.text):
        yield Grade.MAJOR, "words_major"
    if _says(criteria.grade_important, told.text):
        yield Grade.IMPORTANT, "words_important"
    if told.channel in criteria.grade_channels:
        yield Grade.IMPORTANT, "channel"
    if told.over_level:
        yield Grade.IMPORTANT, "over_level"
    if over_heads(told.text):
        yield Grade.IMPORTANT, "threat"


def _says(words: Sequence[str], text: str) -> bool:
    return any(said(re.escape(word), text) for word in words)
