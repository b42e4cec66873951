"""The guard of disconnection (停电把关): every reason why an account may not be disconnected now, each with a stable code.

> 30 days overdue and after dunning (条例 §39, F); notice 3–7 days before, residents 7 where local law says (M/F2), counted as the
Civil Code counts days (the day of delivery is not counted, the last ends at 24:00); again 30 minutes before, 60 for non-residents
(M/F2). Special groups, important customers, open disputes, holidays and their eves are ours (REFERENCE §5.1 "guard to implement").
One table serves the list, the page, the approval and the act. Extreme weather is a dated policy switch of the unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from longzhong.register.org.rules.calendar import Calendar, DayKind
from longzhong.register.org.rules.hours import CST, Hours

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Policies `arrears.*` (base.toml, disconnections.toml)."""

    earliest_stop_d: int = 30
    notice_d: tuple[int, ...] = (3, 7)
    notice_resident_d: int = 7
    notice_valid_d: int = 30
    prestop_min: int = 30
    prestop_nonresident_min: int = 60
    propose_d: int = 20
    quiet_d: int = 30
    stop_hours: str = "08:30-11:30,14:00-16:30"
    weekend_stop: bool = False
    eve_stop: bool = False
    weather_pause: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of an account and its disconnection at a moment; moments are aware, days civil (UTC+8)."""

    at: datetime
    due_on: date | None
    owed_fen: int
    is_resident: bool
    is_in_use: bool
    contacted_at: datetime | None
    noticed_at: datetime | None
    warned_at: datetime | None
    special: bool = False
    important: bool = False
    disputed: bool = False
    meter_test: bool = False

    @property
    def day(self) -> date:
        return self.at.astimezone(CST).date()

    @property
    def overdue_d(self) -> int:
        """Whole days since the last day for paying of the oldest open bill."""
        return 0 if self.due_on is None else max(0, (self.day - self.due_on).days)


@dataclass(frozen=True)
class Check:
    """One line of the guard: its refusal code, what it asks, whether it holds, and what stands now."""

    code: str
    asks: str
    blocks: bool
    says: str


class Stage(StrEnum):
    """What the guard is asked about: the papers of an approval, or the act at the door."""

    PAPERS = "papers"
    DOOR = "door"


def checks(facts: Facts, limits: Limits, calendar: Calendar, stage: Stage) -> list[Check]:
    """Every line of the guard that this stage reads, in the order in which it is explained; empty is never returned."""
    lines = [*_papers(facts, limits)]
    if stage is Stage.DOOR:
        lines += [*_door(facts, limits, calendar)]
    return lines


def blocks(lines: list[Check]) -> list[Check]:
    """Those that forbid it."""
    return [line for line in lines if line.blocks]


def earliest_on(noticed_at: datetime, is_resident: bool, limits: Limits) -> date:
    """The first day on which a notice delivered then allows the act: its days have wholly passed."""
    days = limits.notice_resident_d if is_resident else limits.notice_d[0]
    return noticed_at.astimezone(CST).date() + timedelta(days=days + 1)


def _papers(facts: Facts, limits: Limits) -> Iterator[Check]:
    yield Check("nothing_owed", "仍有欠费", facts.owed_fen <= 0, "欠费未清" if facts.owed_fen > 0 else "已无欠费")
    yield Check("account_not_in_use", "客户在用", not facts.is_in_use, "在用" if facts.is_in_use else "已销户或拆迁")
    yield Check(
        "overdue_too_short", f"逾期超过 {limits.earliest_stop_d} 天", facts.overdue_d <= limits.earliest_stop_d,
        f"已逾期 {facts.overdue_d} 天",
    )  # fmt: skip
    yield Check(
        "no_contact", "已上门或电话接通，问明原因", facts.contacted_at is None,
        _when(facts.contacted_at, "联系上", "还没有联系上客户"),
    )  # fmt: skip
    yield _notice(facts, limits)
    yield Check("special_group", "不是特殊群体", facts.special, "特殊群体，应转帮扶" if facts.special else "不是")
    yield Check(
        "important_customer",
        "不是重要用户",
        facts.important,
        "重要用户，须另报电力管理部门" if facts.important else "不是",
    )
    yield Check(
        "open_dispute", "没有未办结的争议", facts.disputed, "有投诉或电费、计量争议在办" if facts.disputed else "没有"
    )
    yield Check(
        "meter_test_wanted", "没有待验表", facts.meter_test, "客户要求验表，未有结果" if facts.meter_test else "没有"
    )
    yield Check(
        "weather_pause", "不在极端天气暂停期", limits.weather_pause,
        "本单位因高温、严寒或灾害天气暂停停电" if limits.weather_pause else "没有暂停",
    )  # fmt: skip


def _notice(facts: Facts, limits: Limits) -> Check:
    days = limits.notice_resident_d if facts.is_resident else limits.notice_d[0]
    asks = f"书面通知送达满 {days} 天"
    if facts.noticed_at is None:
        return Check("notice_missing", asks, True, "还没有送达")
    first = earliest_on(facts.noticed_at, facts.is_resident, limits)
    if facts.day < first:
        return Check("notice_too_young", asks, True, f"{first:%m-%d} 起才可停电")
    if facts.day > facts.noticed_at.astimezone(CST).date() + timedelta(days=limits.notice_valid_d):
        return Check("notice_too_old", asks, True, f"送达已超过 {limits.notice_valid_d} 天，须重新通知")
    return Check("notice_too_young", asks, False, _when(facts.noticed_at, "送达", ""))


def _door(facts: Facts, limits: Limits, calendar: Calendar) -> Iterator[Check]:
    mark = calendar.mark(facts.day)
    holiday = mark.kind is DayKind.HOLIDAY
    yield Check("holiday", "不是法定节假日", holiday, mark.reason)
    eve = not holiday and _is_eve(facts.day, calendar)
    yield Check("holiday_eve", "不是节假日前一天", eve and not limits.eve_stop, "明天放假" if eve else "不是")
    weekend = mark.kind is DayKind.WEEKEND
    yield Check("weekend", "不是周末", weekend and not limits.weekend_stop, mark.reason)
    local, hours = facts.at.astimezone(CST), Hours.parse(limits.stop_hours)
    inside = any(opens <= local < ends for opens, ends in hours.on(facts.day))
    yield Check("after_hours", f"在 {limits.stop_hours} 之内", not inside, f"现在 {local:%H:%M}")


def _is_eve(day: date, calendar: Calendar) -> bool:
    """Whether the days off that begin tomorrow hold a holiday: the Friday before a long weekend too."""
    day += ONE_DAY
    while not (mark := calendar.mark(day)).working:
        if mark.kind is DayKind.HOLIDAY:
            return True
        day += ONE_DAY
    return False


def prestop(facts: Facts, limits: Limits) -> Check:
    """The last word before the act: told the same day and long enough before; only the act itself reads it."""
    need = limits.prestop_min if facts.is_resident else limits.prestop_nonresident_min
    asks = f"停前 {need} 分钟再次告知"
    if facts.warned_at is None:
        return Check("prestop_missing", asks, True, "还没有再次告知")
    if facts.warned_at.astimezone(CST).date() != facts.day:
        return Check("prestop_too_old", asks, True, "不是今天告知的，须重新告知")
    ready = facts.warned_at + timedelta(minutes=need)
    return Check("prestop_too_young", asks, facts.at < ready, f"{ready.astimezone(CST):%H:%M} 起可停")


def _when(moment: datetime | None, verb: str, missing: str) -> str:
    return f"{moment.astimezone(CST):%m-%d %H:%M} {verb}" if moment else missing


REFUSALS: dict[str, str] = {
    "nothing_owed": "客户已经没有欠费，不能停电",
    "account_not_in_use": "这一户已销户或拆迁，不能按欠费停电",
    "overdue_too_short": "逾期天数不够，不能停电",
    "no_contact": "还没有上门或电话联系上客户，不能停电",
    "notice_missing": "书面停电通知还没有送达，不能停电",
    "notice_too_young": "停电通知送达天数不够，不能停电",
    "notice_too_old": "停电通知已经过期，须重新送达",
    "special_group": "这一户是特殊群体，不能停电，请转帮扶",
    "important_customer": "这一户是重要用户，不能按普通欠费停电",
    "open_dispute": "这一户有未办结的投诉或电费、计量争议，办结前不能停电",
    "meter_test_wanted": "客户要求验表，出结果前不能停电",
    "weather_pause": "本单位正处于极端天气暂停停电期间",
    "holiday": "今天是法定节假日，不能停电",
    "holiday_eve": "明天是节假日，节前一天不能停电",
    "weekend": "今天是周末，不能停电",
    "after_hours": "现在不在允许停电的时段",
    "prestop_missing": "停电前还没有再次告知客户",
    "prestop_too_young": "停电前再次告知的时间还不够",
    "prestop_too_old": "停电前的告知不是今天做的，请重新告知",
}
