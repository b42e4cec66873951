"""What a complaint teaches: its penetration analysis (穿透分析), written and approved; typical cases (典型案例) for everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from longzhong.cases.analyses import selectors
from longzhong.cases.analyses import services as analyses
from longzhong.cases.analyses.rules import missing
from longzhong.cases.lessons import services as lessons
from longzhong.cases.lessons.rules import Text
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, play
from longzhong.surfaces.simulation.services.cast import Cast
from longzhong.surfaces.simulation.services.governing import Matter

Deed = Callable[[datetime], Any]
FILLED = "按照“五个一”要求逐条落实，责任到人，所长每周抽查，月底在站务会通报。"
WRITTEN_H, APPROVED_H = 28, 50
CASES = (
    ("一句“不归我管”引来的投诉", "complaint.service.hall_attitude", "attitude", "客户到营业厅咨询更名，窗口人员答“不归我管”。",
     "没有落实首问负责，没有一次告知材料和办理部门。", "起身迎接，讲清材料和时限，陪同客户到办理窗口。"),
    ("停电通知晚到一天", "complaint.outage.notice_missing", "supply", "计划停电通知没有送到小卖部，冷柜食品受损。",
     "网格群里发了消息，没有张贴，也没有逐户确认。", "张贴、群发、重点客户逐户告知，三种方式都留痕。"),
    ("频繁停电，讲清原因比道歉管用", "complaint.quality.frequent", "supply", "同一台区一个月停电四次，客户先后来电六次。",
     "每次只说在抢修，没有讲清原因和改造计划。", "第二次来电即上门说明，给出改造时间并按期回访。"),
)  # fmt: skip


def analyse(matter: Matter, since: datetime | None, until: datetime, *, stop: str = "") -> bool:
    """Write and approve what an upheld complaint asks for, as far as its time has come; whether it is approved."""
    row = selectors.board(MACHINE).filter(complaint=matter.id, state="draft").first()
    if row is None or since is None:
        return False
    written, approved = (since + timedelta(hours=hours) for hours in (WRITTEN_H, APPROVED_H))
    if written > until or stop == "analyse" or play(written, partial(_write, row.pk, matter.reviewer)) is None:
        return False
    if approved > until or stop == "approve":
        return False
    leader = matter.cast["leader"]
    return play(approved, lambda at: analyses.approve(report_id=row.pk, by=leader, at=at)) is not None


def _write(report_id: int, by: Actor, at: datetime) -> Any:
    """The department fills what the house couldn't propose, and hands it in."""
    row = selectors.report_of(MACHINE, report_id)
    parts = dict(selectors.body(row.versions.get(number=row.version)))
    gaps = missing(parts)
    if gaps:
        analyses.edit(report_id=report_id, parts=parts | dict.fromkeys(gaps, FILLED), base=row.version, by=by, at=at)
    return analyses.submit(report_id=report_id, by=by, at=at)


def furnish_lessons(scene: Scene, cast: Cast) -> int:
    """Two typical cases that everybody reads, a third that waits for the office."""
    return sum(_lesson(scene, cast, n) for n in range(len(CASES)))


def _lesson(scene: Scene, cast: Cast, number: int) -> bool:
    title, category, cause, happened, missed, better = CASES[number]
    ids = (categories.category(category).id,)
    text = Text(title=title, happened=happened, missed=missed, better=better, category_ids=ids, cause=cause)
    author, when = cast["dept2"], scene.before(days=20 - 5 * number)
    row = play(when, lambda at: lessons.draft(text=text, by=author, at=at))
    if row is None:
        return False
    play(when + timedelta(minutes=9), lambda at: lessons.submit(lesson_id=row.pk, by=author, at=at))
    if number == len(CASES) - 1:
        return True
    office, reader = cast["quality"], scene.own_head()
    play(when + timedelta(days=1), lambda at: lessons.publish(lesson_id=row.pk, by=office, at=at))
    play(when + timedelta(days=2), lambda at: lessons.learn(lesson_id=row.pk, by=reader, at=at))
    return True
