"""A list pasted from a monitoring service or a sheet (粘贴导入): one item a line, columns by their heads, tabs or commas.

Heads: 平台, 时间, 标题, 内容, 链接, 浏览, 评论, 转发, 主题, 台区. 平台 and one of 标题 and 内容 must be there.
Nothing is fetched.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.media.rules.words import PLATFORM_LABELS, TOPIC_LABELS, Heat, NewItem, Platform, Topic
from longzhong.register.org.rules.hours import CST

HEADS = {
    "平台": "platform", "来源": "platform", "时间": "posted", "发布时间": "posted", "标题": "title", "内容": "content",
    "正文": "content", "链接": "url", "网址": "url", "浏览": "views", "阅读": "views", "评论": "comments", "转发": "reposts",
    "主题": "topic", "台区": "area", "台区编码": "area",
}  # fmt: skip
MOST_LINES = 500
WORDS = {
    **{label: code.value for code, label in PLATFORM_LABELS.items()}, "头条": Platform.TOUTIAO.value, "论坛": Platform.FORUM.value,
    "贴吧": Platform.FORUM.value, "新闻": Platform.NEWS.value, "公众号": Platform.WECHAT.value, "视频号": Platform.WECHAT.value,
}  # fmt: skip
TOPICS = {
    **{label: code.value for code, label in TOPIC_LABELS.items()},
    "电费": "payment",
    "缴费": "payment",
    "移交": "transfer",
}
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
COUNT = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*([万wW亿]?)\+?")
TIMES = {"": 1, "万": 10_000, "w": 10_000, "W": 10_000, "亿": 100_000_000}
MOST_COUNT = 2_000_000_000


@dataclass(frozen=True)
class Line:
    """One line of the list: its number as people count, and what it says or why it can't be read."""

    number: int
    item: NewItem | None
    wrong: str = ""


def pasted(text: str) -> list[Line]:
    """The lines below the heads; a line that can't be read says why. No heads: one line that says so."""
    rows = [row for row in _rows(text) if any(cell.strip() for _number, cell in enumerate(row))]
    heads = [HEADS.get(cell.strip(), "") for cell in rows[0]] if rows else []
    if "platform" not in heads or not {"title", "content"} & set(heads):
        return [Line(1, None, "第一行须是表头，至少有“平台”和“标题”或“内容”")]
    body = rows[1 : MOST_LINES + 1]
    lines = [_line(number, dict(zip(heads, row, strict=False))) for number, row in enumerate(body, start=2)]
    if len(rows) > MOST_LINES + 1:
        lines.append(Line(MOST_LINES + 2, None, f"一次最多 {MOST_LINES} 行，其余没有导入"))
    return lines


def count(text: str) -> int | None:
    """ "1.2万" → 12000, "" → 0, "100w+" → 1000000; None if it isn't a count."""
    plain = text.strip().replace(",", "").replace("，", "")
    if not plain:
        return 0
    found = COUNT.fullmatch(plain)
    return min(round(float(found[1]) * TIMES[found[2]]), MOST_COUNT) if found else None


def moment(text: str) -> datetime | None:
    """A moment in the county's time; None if it can't be read."""
    plain = " ".join(text.replace("/", "-").replace("T", " ").split())
    for form in FORMS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=CST)
        except ValueError:
            continue
    return None


def _rows(text: str) -> Iterator[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").lstrip("\ufeff")
    first = plain.lstrip("\n").split("\n", 1)[0]
    yield from csv.reader(plain.split("\n"), delimiter="\t" if "\t" in first else ",")


def _line(number: int, said: Mapping[str, str]) -> Line:
    heads = {key: value.strip() for key, value in said.items() if key}
    platform = WORDS.get(heads.get("platform", ""))
    if platform is None:
        return Line(number, None, f"不认识的平台：{heads.get('platform', '')[:20]}")
    counts = [count(heads.get(key, "")) for key in ("views", "comments", "reposts")]
    if None in counts:
        return Line(number, None, "浏览、评论、转发须是数字")
    posted = moment(heads["posted"]) if heads.get("posted") else None
    if heads.get("posted") and posted is None:
        return Line(number, None, f"看不懂的时间：{heads['posted'][:20]}")
    views, comments, reposts = (value or 0 for value in counts)
    return Line(
        number,
        NewItem(
            platform=platform, topic=TOPICS.get(heads.get("topic", ""), Topic.OTHER.value), title=heads.get("title", ""),
            content=heads.get("content", ""), url=heads.get("url", ""), posted_at=posted,
            heat=Heat(views, comments, reposts), area=heads.get("area", ""),
        ),
    )  # fmt: skip
