"""Cases to test with: written by the department, published by the office."""

from datetime import timedelta
from typing import Any

from longzhong.cases.lessons import services
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import Text
from longzhong.kit.actor import Actor
from tests.cases.complaints.make import RUDE, people
from tests.cases.hotline.make import MORNING, Hotline, category

HOUSE = Actor.machine("tests")
LATER = MORNING + timedelta(hours=4)
DAY = timedelta(days=1)


def a_text(**changes: Any) -> Text:
    given: dict[str, Any] = {
        "title": "一句“你自己看”引来的投诉", "happened": "客户到营业厅办理过户，窗口人员头也不抬，推给自助机。",
        "missed": "没有首问负责，没有一次性告知。", "better": "起身相迎，说明材料，陪同到自助机办完。",
        "category_ids": (category(RUDE),), "cause": "attitude", "tags": ("营业厅", "首问负责"),
    }  # fmt: skip
    return Text(**{**given, **changes})


def a_lesson(hotline: Hotline, *, by: Actor | None = None, **changes: Any) -> Lesson:
    return services.draft(text=a_text(**changes), by=by or people(hotline).dept, at=MORNING)


def published(hotline: Hotline, **changes: Any) -> Lesson:
    row, who = a_lesson(hotline, **changes), people(hotline)
    services.submit(lesson_id=row.pk, by=who.dept, at=MORNING)
    services.publish(lesson_id=row.pk, by=who.office, at=MORNING)
    row.refresh_from_db()
    return row
