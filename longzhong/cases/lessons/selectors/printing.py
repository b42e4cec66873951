"""A case as paper (Word and PDF by kit.papers), for a morning meeting or the notice board."""

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, RootCause
from longzhong.cases.lessons.rules import PART_LABELS, PARTS, State
from longzhong.cases.lessons.selectors.door import lesson_of
from longzhong.dispatch.matters.rules import moment_words
from longzhong.kit.actor import Actor
from longzhong.kit.papers import Facts, Paper, Text
from longzhong.register.categories import selectors as categories


def paper(actor: Actor, lesson_id: int) -> Paper:
    """The case, printed; one that isn't published says so."""
    row = lesson_of(actor, lesson_id)
    names = categories.labels(row.categories.values_list("id", flat=True)).values()
    facts = (
        ("案例", row.title), ("分类", "；".join(names)), ("主要原因", CAUSE_LABELS[RootCause(row.root_cause)]),
        ("标签", "、".join(row.tags) or "–"),
        ("发布时间", moment_words(row.published_at) if row.published_at else "–"),
    )  # fmt: skip
    parts = tuple(Text(PART_LABELS[one], tuple(getattr(row, one).splitlines())) for one in PARTS)
    note = "" if row.state == State.PUBLISHED else row.get_state_display()
    return Paper("“小题大做”典型案例", f"AL{row.pk:05}", str(row.unit), (Facts(facts), *parts), note)
