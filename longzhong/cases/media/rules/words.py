"""The words of public opinion (舆情, S1-33): where it was said, what about, how hot it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    WEIBO = "weibo"
    WECHAT = "wechat"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    TOUTIAO = "toutiao"
    FORUM = "forum"
    NEWS = "news"
    GOVERNMENT = "government"
    OTHER = "other"


PLATFORM_LABELS = {
    Platform.WEIBO: "微博",
    Platform.WECHAT: "微信",
    Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手",
    Platform.TOUTIAO: "今日头条",
    Platform.FORUM: "论坛、贴吧",
    Platform.NEWS: "新闻媒体",
    Platform.GOVERNMENT: "政务留言板",
    Platform.OTHER: "其他",
}
OFFICIAL = (Platform.NEWS, Platform.GOVERNMENT)
"""What a newspaper or a government board publishes weighs more."""


class Topic(StrEnum):
    OUTAGE = "outage"
    PAYMENT = "payment"
    TRANSFER = "transfer"
    SERVICE = "service"
    SAFETY = "safety"
    OTHER = "other"


TOPIC_LABELS = {
    Topic.OUTAGE: "停电",
    Topic.PAYMENT: "电费、缴费",
    Topic.TRANSFER: "小区电力移交",
    Topic.SERVICE: "服务态度、效率",
    Topic.SAFETY: "用电安全",
    Topic.OTHER: "其他",
}


class Grade(StrEnum):
    MINOR = "minor"
    SERIOUS = "serious"
    MAJOR = "major"


GRADE_LABELS = {Grade.MINOR: "一般", Grade.SERIOUS: "较大", Grade.MAJOR: "重大"}
GRADES = tuple(Grade)


@dataclass(frozen=True)
class Heat:
    """How far it went: views, comments and reposts as counted at one moment."""

    views: int = 0
    comments: int = 0
    reposts: int = 0

    @property
    def talk(self) -> int:
        return self.comments + self.reposts


@dataclass(frozen=True)
class NewItem:
    """Something found in public, as it was typed or pasted; `area` is a code, "" if no area is meant."""

    platform: str
    topic: str = Topic.OTHER.value
    title: str = ""
    content: str = ""
    url: str = ""
    posted_at: datetime | None = None
    heat: Heat = Heat()
    area: str = ""


@dataclass(frozen=True)
class Given:
    """What a person gave for a step; only what the step needs is read."""

    reason: str = ""
    grade: str = ""
    owner: int = 0
    label: str = ""
    text: str = ""
    where: str = ""
    heat: Heat = Heat()
