"""Items of public opinion to test with: the office finds and grades, the station handles, a leader approves."""

from datetime import timedelta
from typing import Any

from longzhong.cases.media import services
from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import Grade, Heat, NewItem, State
from longzhong.kit.actor import Actor
from tests.cases.filings.make import county_units, leader, refused
from tests.cases.hotline.make import MORNING, Hotline

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEXT = "檀溪街道今天停电，抢修人员已到场，预计 18 时前恢复，给您带来不便深表歉意。"
CONTENT = "名仕家天下又停电了，我叫赵六，电话13900139000，物业和供电公司互相推。"


def new(**changes: Any) -> NewItem:
    """A post about A1, by default with the numbers of a minor one."""
    given = {
        "platform": "douyin", "topic": "outage", "title": "又停电了", "content": CONTENT, "area": "A1",
        "url": "https://example.com/v/1", "heat": Heat(500, 10, 2),
    }  # fmt: skip
    return NewItem(**{**given, **changes})


def found(hotline: Hotline, *, by: Actor | None = None, **changes: Any) -> Item:
    who = by or hotline.quality
    return services.find(new=new(**changes), unit_id=hotline.county.county, by=who, at=MORNING)


def in_state(hotline: Hotline, state: State, *, hot: int = 500, **changes: Any) -> Item:
    """An item that came to a state by everybody's steps; `hot` views decide its grade."""
    row = found(hotline, heat=Heat(hot, 0, 0), **changes)
    who: dict[str, Any] = {"item_id": row.pk, "at": MORNING + 10 * MINUTE}
    road = (State.GRADED, State.HANDLING, State.DRAFTED, State.APPROVED, State.ANSWERED, State.CLOSED)
    acts = (
        lambda: services.grade(grade=row.suggested, by=hotline.quality, **who),
        lambda: services.assign(owner_id=hotline.county.staff["head"], by=hotline.quality, **who),
        lambda: services.draft(text=TEXT, by=hotline.head, **who),
        lambda: services.approve(by=leader(hotline), **who),
        lambda: _answered(hotline, row, who),
        lambda: services.close(reason="热度回落", by=hotline.quality, **who),
    )
    for _step, act in zip(road[: road.index(state) + 1] if state in road else (), acts, strict=False):
        act()
    if state == State.FALSE:
        services.dismiss(reason="不是本地", by=hotline.quality, **who)
    row.refresh_from_db()
    return row


def _answered(hotline: Hotline, row: Item, who: dict[str, Any]) -> None:
    row.refresh_from_db()
    if row.grade == Grade.MAJOR:
        services.report(reason="电话报陈经理", by=hotline.head, **who)
    services.answer(where="公司官微", by=hotline.head, **who)


__all__ = ["CONTENT", "HOUR", "MINUTE", "TEXT", "county_units", "found", "in_state", "leader", "new", "refused"]
