"""Written, checked for personal data, published by another, learned, retired; found again by words and likeness."""

from collections.abc import Callable
from typing import Any

import pytest

from longzhong.cases.hotline.rules.words import Secrecy
from longzhong.cases.lessons import selectors, services
from longzhong.cases.lessons.models import Lesson, Receipt
from longzhong.cases.lessons.rules import MOST_TEXT, Given, State
from longzhong.dispatch.matters.selectors import steps
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.cases.complaints.make import RUDE, a_complaint, people, someone
from tests.cases.hotline.make import MORNING, Hotline, category
from tests.cases.lessons.make import DAY, LATER, a_lesson, a_text, published

pytestmark = pytest.mark.django_db
STRANGER = Actor(1, None, "x")


def refused(code: str, do: Callable[..., object], **given: Any) -> Refused:
    with pytest.raises(Refused) as found:
        do(**given)
    assert found.value.code == code
    return found.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "text_incomplete"),
        ({"better": ""}, "text_incomplete"),
        ({"missed": "字" * (MOST_TEXT + 1)}, "text_too_long"),
        ({"title": "字" * 81}, "text_too_long"),
        ({"cause": "weather"}, "cause_unknown"),
        ({"category_ids": ()}, "category_unknown"),
        ({"category_ids": (9_999_999,)}, "category_unknown"),
        ({"source": "complaints.complaint:9999999"}, "source_unknown"),
        ({"source": "register.secret:1"}, "source_unknown"),
        ({"happened": "客户来电13800138001"}, "personal_data"),
        ({"tags": ("4200000000001户号4200000000001",)}, "personal_data"),
    ],
)
def test_a_text_that_doesnt_hold_is_refused(hotline: Hotline, changes: dict[str, Any], code: str) -> None:
    who = people(hotline).dept
    refused(code, services.draft, text=a_text(**changes), by=who, at=MORNING)
    assert not Lesson.objects.exists()


def test_what_was_found_is_said_but_not_repeated(hotline: Hotline) -> None:
    text = a_text(happened="客户来电13800138001", better="到3单元101上门道歉")
    found = refused("personal_data", services.draft, text=text, by=people(hotline).dept, at=MORNING)
    assert "发生了什么：电话" in found.message and "应该怎么做：房号" in found.message
    assert "13800138001" not in f"{found.message}{found.facts}"


def test_whom_the_source_is_about_is_not_named(hotline: Hotline) -> None:
    who = people(hotline)
    complaint = a_complaint(hotline, about_staff_id=who.handler.staff_id)
    source = f"complaints.complaint:{complaint.pk}"
    given = {"by": who.office, "at": MORNING}
    refused("personal_data", services.draft, text=a_text(source=source, missed="孙抢修没有首问负责"), **given)
    row = services.draft(text=a_text(source=source), **given)
    card = selectors.lesson_card(who.office, row.pk)
    assert card.source is not None and card.source[1] == f"/complaints/{complaint.pk}/"


def test_who_writes_and_who_doesnt(hotline: Hotline) -> None:
    refused("not_allowed", services.draft, text=a_text(), by=hotline.manager, at=MORNING)
    nobody = Actor(7, None, "x", hotline.head.scopes)
    refused("no_staff", services.draft, text=a_text(), by=nobody, at=MORNING)
    row = a_lesson(hotline, by=hotline.head)
    assert (row.unit_id, row.author_id) == (hotline.county.station, hotline.head.staff_id)


def test_drafts_are_their_units_what_is_published_is_everybodys(hotline: Hotline) -> None:
    row, who = a_lesson(hotline, by=hotline.head), people(hotline)
    assert selectors.is_visible(hotline.head, row.pk) and selectors.is_visible(who.office, row.pk)
    assert not selectors.is_visible(hotline.manager, row.pk)
    refused("not_found", selectors.lesson_of, actor=hotline.manager, lesson_id=row.pk)
    refused("not_found", services.submit, lesson_id=row.pk, by=STRANGER, at=MORNING)
    services.submit(lesson_id=row.pk, by=hotline.head, at=MORNING)
    services.publish(lesson_id=row.pk, by=who.office, at=MORNING)
    assert selectors.is_visible(hotline.manager, row.pk) and not selectors.is_visible(STRANGER, row.pk)


def test_nobody_publishes_their_own(hotline: Hotline) -> None:
    who = people(hotline)
    row = a_lesson(hotline, by=who.office)
    given: dict[str, Any] = {"lesson_id": row.pk, "at": MORNING}
    services.submit(by=who.office, **given)
    refused("own_lesson", services.publish, by=who.office, **given)
    refused(
        "not_allowed",
        services.publish,
        by=_dept(hotline),
        **given,
    )
    refused("reason_missing", services.send_back, reason=" ", by=who.office2, **given)
    services.send_back(reason="没有写清哪里没做到", by=who.office2, **given)
    services.edit(text=a_text(missed="没有首问负责，也没有陪办。"), base=1, by=who.office2, **given)
    services.submit(by=who.office, **given)
    refused("own_lesson", services.publish, by=who.office2, **given)  # the last who wrote in it


def _dept(hotline: Hotline) -> Actor:
    county = hotline.county
    everywhere = (county.county, county.station, county.other_station, people(hotline).department)
    return someone("mark2", "dept", [*everywhere, *_offices()])


def _offices() -> list[int]:
    return list(Lesson.objects.values_list("unit", flat=True))


def test_two_editors_the_older_base_is_refused(hotline: Hotline) -> None:
    row, who = a_lesson(hotline), people(hotline)
    given: dict[str, Any] = {"lesson_id": row.pk, "at": LATER}
    services.edit(text=a_text(title="先保存的标题"), base=1, by=who.dept, **given)
    refused("stale_version", services.edit, text=a_text(title="后保存的标题"), base=1, by=who.dept2, **given)
    row.refresh_from_db()
    assert (row.title, row.version) == ("先保存的标题", 2)


def test_readers_confirm_once_an_edition_and_are_counted_by_unit(hotline: Hotline) -> None:
    row, who = published(hotline), people(hotline)
    given: dict[str, Any] = {"lesson_id": row.pk, "at": LATER}
    assert services.learn(by=hotline.head, **given) and not services.learn(by=hotline.head, **given)
    assert services.learn(by=hotline.manager, **given) and services.learn(by=who.handler, **given)
    refused("no_staff", services.learn, by=Actor(7, None, "x", hotline.head.scopes), **given)
    card = selectors.lesson_card(hotline.head, row.pk)
    assert sum(n for _unit, n in card.learned) == 3 and card.mine
    services.revise(reason="补充做法", by=who.office2, **given)
    refused("wrong_state", services.learn, by=who.dept2, **given)
    services.submit(by=who.dept, **given)
    services.publish(by=who.office, **given)
    assert not selectors.lesson_card(hotline.head, row.pk).mine
    assert services.learn(by=hotline.head, **given)
    assert Receipt.objects.count() == 4


def test_a_retired_one_is_no_example_any_more(hotline: Hotline) -> None:
    row, who = published(hotline), people(hotline)
    refused("reason_missing", services.retire, lesson_id=row.pk, reason="", by=who.office, at=LATER)
    refused("not_allowed", services.retire, lesson_id=row.pk, reason="旧了", by=who.dept, at=LATER)
    assert selectors.similar(category(RUDE), "")
    services.retire(lesson_id=row.pk, reason="规定已变", by=who.office, at=LATER)
    assert selectors.similar(category(RUDE), "") == ()
    services.revise(lesson_id=row.pk, reason="按新规定改写", by=who.office, at=LATER)
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_a_meeting_on_the_spot_is_kept_with_its_decisions(hotline: Hotline) -> None:
    row, who = published(hotline), people(hotline)
    given: dict[str, Any] = {
        "lesson_id": row.pk, "unit_id": hotline.county.station, "held_on": LATER.date(), "decisions": "一周内全员回炉",
        "by": who.office, "at": LATER,
    }  # fmt: skip
    refused("meeting_ahead", services.meet, **{**given, "held_on": (LATER + DAY).date()})
    refused("unit_unknown", services.meet, **{**given, "unit_id": 9_999_999})
    refused("reason_missing", services.meet, **{**given, "decisions": " "})
    services.meet(**given)
    last = next(one for one in steps(selectors.label(row.pk)) if one.verb == "meet")
    assert "一周内全员回炉" in str(last.words) and last.data["unit"] == hotline.county.station


def test_words_categories_and_causes_find_it(hotline: Hotline) -> None:
    row = published(hotline)
    rows = selectors.board(hotline.manager)
    for text in ("自助机", "陪同到自助机办完", "首问负责", "你自己看", "一"):
        assert [one.pk for one in selectors.worded(rows, text)] == [row.pk], text
    assert not selectors.worded(rows, "抄表差错").exists()
    assert selectors.below(rows, category("complaint.service")).exists()
    assert not selectors.below(rows, category("complaint.quality.frequent")).exists()


def test_like_cases_are_offered_on_the_complaints_page(hotline: Hotline) -> None:
    row, who = published(hotline), people(hotline)
    (found,) = selectors.similar(category(RUDE), "窗口人员头也不抬", 3, cause="attitude")
    assert (found.lesson_id, found.alike.category, found.alike.cause) == (row.pk, True, True)
    assert selectors.similar(category("complaint.quality.frequent"), "一个月停了五次电") == ()
    assert selectors.similar(None, "窗口人员头也不抬，推给自助机")[0].lesson_id == row.pk
    assert selectors.similar(category(RUDE), "", 0) == ()
    complaint = a_complaint(hotline)
    panel = selectors.panel(who.office, complaint.pk)
    assert panel is not None and (panel.lines[0].value, panel.lines[0].label) == (row.title, "同类")
    secret = a_complaint(hotline, secrecy=Secrecy.CONFIDENTIAL, when=LATER)
    assert "用词相近" not in str(selectors.panel(who.office, secret.pk))


def test_a_repeated_post_does_it_once(hotline: Hotline) -> None:
    who, given = people(hotline).dept, Given(text=a_text())
    ids = {services.draft_once(given=given, key="lesson-key-1", by=who, at=MORNING) for _twice in range(2)}
    (one,) = ids
    for _twice in range(2):
        services.take_step(lesson_id=one, verb="submit", given=Given(), key="lesson-key-2", by=who, at=MORNING)
    assert Lesson.objects.get().state == State.REVIEW
    refused(
        "no_such_move",
        services.take_step,
        lesson_id=one,
        verb="fly",
        given=Given(),
        key="lesson-key-3",
        by=who,
        at=MORNING,
    )
    refused("field_missing", services.draft_once, given=Given(), key="lesson-key-4", by=who, at=MORNING)
