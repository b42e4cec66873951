"""The numbers of the weekly bulletin (周通报, S4-18, REFERENCE §2.6, §6.4): what is counted, and for which each unit must answer.

重复致电治理第二条: every week the orders not finished in short time are told, and pressed to be finished as promised. A pressed
number above zero needs the unit's answer: a measure and a new day by which it is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Figure(StrEnum):
    """Codes are stored in issued bulletins: never renamed."""

    SLOW = "slow"
    PROMISES_BROKEN = "promises_broken"
    LATE = "late"
    PROMISES_OPEN = "promises_open"
    PROMISES_DUE = "promises_due"
    URGES = "urges"
    REPEATS = "repeats"
    FCR = "fcr"
    SATISFACTION = "satisfaction"
    RETURNED = "returned"


@dataclass(frozen=True)
class FigureRow:
    """One number: its name, how it is counted, whether it is a share, and whether the unit must answer for it."""

    code: Figure
    label: str
    how: str
    share: bool = False
    pressed: bool = False


@dataclass(frozen=True)
class Tally:
    """`number` of `base` (a count has base 0)."""

    number: int
    base: int

    @property
    def share(self) -> float | None:
        """0..1; None without a base."""
        return self.number / self.base if self.base else None


@dataclass(frozen=True)
class Limits:
    """Policies `bulletins.*` (U): hours after which an open case is slow; the hour of Monday at which a draft is made; weeks
    that are made up for after a stop; days of the feed; fewest cases under a share or a ratio that is shown without caution."""

    slow_h: int = 72
    draft_hour: int = 8
    catch_up_weeks: int = 4
    feed_days: int = 14
    least_n: int = 10


FIGURES: dict[Figure, FigureRow] = {
    row.code: row
    for row in (
        FigureRow(Figure.SLOW, "未在短时间办结", "截止时仍未办结、且受理已超过规定小时数的诉求", pressed=True),
        FigureRow(
            Figure.PROMISES_BROKEN, "承诺未兑现", "本周到期、到期时没有兑现的承诺；逾期后才兑现的也算", pressed=True
        ),
        FigureRow(Figure.LATE, "超时未办结", "截止时仍未办结、最近时限已过的诉求", pressed=True),
        FigureRow(Figure.PROMISES_OPEN, "承诺进行中", "截止时还没到期的承诺"),
        FigureRow(Figure.PROMISES_DUE, "本周承诺兑现率", "本周到期的承诺中按时兑现、改期或解除的", share=True),
        FigureRow(Figure.URGES, "催办", "本周客户催办的次数"),
        FigureRow(Figure.REPEATS, "重复致电", "本周就已受理的事项再次来电、或修后再报的次数"),
        FigureRow(Figure.FCR, "72小时一次解决率", "首次来电后规定小时内没有再来电的；时间已满的才计", share=True),
        FigureRow(Figure.SATISFACTION, "回访满意率", "本周有效回访中满意和基本满意的", share=True),
        FigureRow(Figure.RETURNED, "退回重办", "本周审核退回、回访不满意退回和退单的次数"),
    )
}
PRESSED = tuple(code for code, row in FIGURES.items() if row.pressed)


def tally(code: Figure, goods: Iterable[bool]) -> Tally:
    """Count what was found: a count counts all, a share the good ones of all."""
    found = list(goods)
    return Tally(sum(found), len(found)) if FIGURES[code].share else Tally(len(found), 0)
