"""Lessons for tests: made texts under the labels of cases that never were; small policies so that training takes a second."""

from datetime import datetime, timedelta
from typing import Any

from longzhong.register.categories import selectors as categories
from longzhong.register.org.rules import CST
from longzhong.sensing.texts import services
from longzhong.sensing.texts.engines.maker import make_texts
from longzhong.sensing.texts.rules import Source
from tests.register.categories.make import tree
from tests.register.org.make import MACHINE
from tests.register.policies.make import change, packs, security

AT = datetime(2026, 3, 2, 9, 0, tzinfo=CST)
CODES = ("complaint.quality.frequent", "repair.lv.single_out", "enquiry.tariff", "praise.service")
SAID = {
    "complaint.quality.frequent": "一个月停了{n}次电，三天两头停，我要投诉",
    "repair.lv.single_out": "就我{n}号一家没电，邻居都有电，请来修",
    "enquiry.tariff": "请问阶梯电价第{n}档怎么算",
    "praise.service": "表扬{n}号台区经理上门帮老人修灯，非常感谢",
}


def house() -> None:
    """Policies (a few made texts only) and the tree."""
    packs()
    tree()
    change("texts.made_lessons", 300, by=security())
    change("texts.made_until", 200, by=security())


def teach(n: int, *, first: int = 0, wrong: bool = False, source: Source = Source.CHOSEN) -> None:
    """`n` lessons of four categories, an hour apart; `wrong`: each under the category after its own."""
    ids = [categories.category(code).id for code in CODES]
    for turn in range(first, first + n):
        code = CODES[turn % 4]
        services.teach(
            text=SAID[code].format(n=turn % 37), category_id=ids[(turn + wrong) % 4], source=source,
            label=f"tests.case:{turn}", by=MACHINE, at=AT + timedelta(hours=turn - 5000),
        )  # fmt: skip


def made(n: int) -> list[tuple[str, str]]:
    return make_texts(3, n)


__all__ = ["AT", "CODES", "Any", "house", "made", "teach"]
