"""The words of petitioners (老上访): levels, channels, how an incident ended, and what to advise before meeting the person.

Seed: the tenant who moved 铁四局家属院 → 御龙湾 → 江华机械厂家属区 and became from a frequent visitor (老上访) an occasional one
(少上访), and a friend. "老上访" is the hall's own word; screens for others than the hall show the tag 常来客户.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from longzhong.cases.hotline.rules.coaching import coaching
from longzhong.cases.hotline.rules.words import Channel as CallChannel
from longzhong.cases.hotline.rules.words import Mood
from longzhong.cases.petitioners.rules.machine import FileState, IncidentState

TAG = "老上访"


class Level(StrEnum):
    """The way of success: frequent → occasional → friend."""

    FREQUENT = "frequent"
    OCCASIONAL = "occasional"
    FRIEND = "friend"


class Channel(StrEnum):
    """Where somebody met the person."""

    HALL = "hall"
    PHONE = "phone"
    HOME = "home"
    GOV_12345 = "gov_12345"
    OTHER = "other"


class Settled(StrEnum):
    """How an incident at the window ended."""

    CALMED = "calmed"
    SOLVED = "solved"
    CASE = "case"
    LEFT = "left"
    POLICE = "police"


LEVEL_LABELS = {Level.FREQUENT: "老上访", Level.OCCASIONAL: "少上访", Level.FRIEND: "朋友"}
CHANNEL_LABELS = {
    Channel.HALL: "营业厅",
    Channel.PHONE: "电话",
    Channel.HOME: "上门",
    Channel.GOV_12345: "12345",
    Channel.OTHER: "其他",
}
SETTLED_LABELS = {
    Settled.SOLVED: "当场解决，客户平复",
    Settled.CALMED: "客户平复，答应回去等",
    Settled.CASE: "平复，已立诉求跟办",
    Settled.LEFT: "未平复，客户离开",
    Settled.POLICE: "报警处置",
}
FILE_LABELS = {FileState.OPEN: "在档", FileState.CLOSED: "已归档", FileState.MERGED: "已并档"}
INCIDENT_LABELS = {
    IncidentState.ESCALATED: "等待接手",
    IncidentState.TAKEN: "处置中",
    IncidentState.SETTLED: "已平复",
    IncidentState.WITHDRAWN: "已撤回",
}
WHERE_OF: dict[str, Channel] = {
    CallChannel.HALL: Channel.HALL,
    CallChannel.PHONE_95598: Channel.PHONE,
    CallChannel.GRID: Channel.PHONE,
    CallChannel.GOV_12345: Channel.GOV_12345,
    CallChannel.PATROL: Channel.HOME,
}


def advice_of(level: str, moods: Sequence[str], topics: Sequence[str], last_on: date | None) -> str:
    """One sentence for whoever has the person before them: how to begin, about what, how the last talks went."""
    worst = next((mood for mood in (Mood.FURIOUS, Mood.EXCITED) if mood in moods), Mood.CALM)
    start = {
        Level.FREQUENT: "按三步法：请进会客室倒水，先唠家常，平静了再解释",
        Level.OCCASIONAL: "熟客，先问上次的事落实没有",
        Level.FRIEND: "老朋友，照常热情接待",
    }[Level(level)]
    parts = [start]
    if topics:
        parts.append(f"常说：{'、'.join(topics[:3])}")
    if worst is not Mood.CALM:
        parts.append(f"近来有过“{coaching(worst).mood_word}”")
    if last_on:
        parts.append(f"上次 {last_on:%Y-%m-%d}")
    return "；".join(parts) + "。"
