"""Times as orders write them (时限): "2026年3月1日14时前", "24小时内", "4个工作日内", "明天12点前" → a moment of the calendar."""

import re
import unicodedata
from datetime import datetime, timedelta

from longzhong.dispatch.matters.rules.counting import Limit, Measure, Run, due_at
from longzhong.register.org.rules.calendar import Calendar
from longzhong.register.org.rules.hours import CST

DAY = timedelta(days=1)
HAN = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMBER = r"(?P<n>\d{1,4}(?:\.\d)?|[零〇一二两三四五六七八九十]{1,4})"
SPANS = (
    (re.compile(NUMBER + r"\s*个?\s*工作日"), Measure.WORKING_DAYS),
    (re.compile(NUMBER + r"\s*个?\s*(?:小时|钟头)"), Measure.HOURS),
    (re.compile(NUMBER + r"\s*分钟?"), Measure.MINUTES),
    (re.compile(NUMBER + r"\s*(?:个?自然日|日|天)(?:以?内|之内|$)"), Measure.DAYS),
)
CLOCK = (
    r"(?:\s*T?\s*(?:(?P<half>上午|下午|晚上?|中午|凌晨))?\s*(?P<hour>\d{1,2})"
    r"\s*(?:[:：时点]\s*(?P<minute>\d{1,2})?\s*(?:分)?)(?:[:：]\d{1,2})?)?"
)
MOMENTS = (
    re.compile(r"(?P<year>20\d\d)\s*[年\-/.]\s*(?P<month>\d{1,2})\s*[月\-/.]\s*(?P<day>\d{1,2})\s*[日号]?" + CLOCK),
    re.compile(
        r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\s?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?\d\d)?)?(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]" + CLOCK),
)
NEAR = re.compile(r"(?P<word>今[天日晚]|当[天日]|明[天日早]|后天|次日)" + CLOCK)
NEAR_DAYS = {"今": 0, "当": 0, "明": 1, "次": 1, "后": 2}


def deadline(words: str, started_at: datetime, calendar: Calendar) -> datetime | None:
    """When it must be done, counted from `started_at`; None if the words say no time. A day without hour ends at 24:00."""
    plain = unicodedata.normalize("NFKC", words)
    if found := _span(plain, started_at, calendar):
        return found
    return _moment(plain, started_at, whole_day=DAY)


def moment(words: str, near: datetime) -> datetime | None:
    """When something was (受理时间); a day without hour is its beginning. `near` gives a missing year."""
    return _moment(unicodedata.normalize("NFKC", words), near, whole_day=timedelta())


def _span(plain: str, started_at: datetime, calendar: Calendar) -> datetime | None:
    for pattern, measure in SPANS:
        if (match := pattern.search(plain)) and not plain[: match.start()].rstrip().endswith(
            ("年", "月", "-", "/", ":", "时", "点")
        ):
            value = _number(match["n"])
            if value > 0:
                return due_at(Run(Limit(value, measure), started_at), calendar)
    return None


def _moment(plain: str, near: datetime, *, whole_day: timedelta) -> datetime | None:
    local = near.astimezone(CST)
    for pattern in MOMENTS:
        if match := pattern.search(plain):
            part = match.groupdict()
            year = int(part.get("year") or local.year)
            found = _at(year, int(part["month"]), int(part["day"]), part, whole_day)
            if found and not part.get("year") and abs(found - local) > 183 * DAY:
                found = _at(year + (1 if found < local else -1), int(part["month"]), int(part["day"]), part, whole_day)
            return found
    if match := NEAR.search(plain):
        day = local + NEAR_DAYS[match["word"][0]] * DAY
        return _at(day.year, day.month, day.day, match.groupdict(), whole_day)
    return None


def _at(year: int, month: int, day: int, part: dict[str, str | None], whole_day: timedelta) -> datetime | None:
    try:
        start = datetime(year, month, day, tzinfo=CST)
    except ValueError:
        return None
    if part.get("hour") is None:
        return start + whole_day
    hour, minute = int(part["hour"] or 0), int(part.get("minute") or 0)
    if part.get("half") in ("下午", "晚", "晚上") and hour < 12:
        hour += 12
    return start + timedelta(hours=hour, minutes=minute) if hour <= 24 and minute < 60 else None


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    if "十" in text:
        tens, _ten, ones = text.partition("十")
        return (HAN[tens] if tens else 1) * 10 + (HAN[ones] if ones else 0)
    return float("".join(str(HAN[char]) for char in text))
