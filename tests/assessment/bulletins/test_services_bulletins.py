"""Drafting, issuing and answering: idempotent, frozen, and every refusal."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from longzhong.assessment.bulletins import selectors, services
from longzhong.assessment.bulletins.models import Answer, Bulletin, Line, Turn
from longzhong.assessment.bulletins.rules import FIGURES, Figure
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.services.moving import Said, note
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.assessment.bulletins.make import MONDAY, WEEK, key, many_cases
from tests.cases.hotline.make import Hotline, a_case, hotline_county

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("bulletins")


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


def draft(hotline: Hotline) -> Bulletin:
    return services.draft_week(week=WEEK, unit_id=hotline.county.county, by=HOUSE, at=MONDAY)


def issued(hotline: Hotline) -> Bulletin:
    made = draft(hotline)
    services.issue(bulletin_id=made.pk, comment="盯紧承诺", key=key(), by=hotline.quality, at=MONDAY)
    return Bulletin.objects.get(pk=made.pk)


def pressed(made: Bulletin, unit: int) -> Line:
    return Line.objects.get(bulletin=made, unit=unit, figure=Figure.SLOW)


def answer(line: Line, by: Actor, measure: str = "周三前办结", day: date = date(2026, 3, 11)) -> None:
    services.answer(line_id=line.pk, measure=measure, promise_on=day, key=key(), by=by, at=MONDAY)


def test_every_county_is_drafted_once_and_missed_weeks_too(hotline: Hotline) -> None:
    assert services.draft_missing(by=HOUSE, at=MONDAY) == 4
    assert services.draft_missing(by=HOUSE, at=MONDAY + timedelta(hours=1)) == 0
    assert services.draft_missing(by=HOUSE, at=MONDAY + timedelta(days=14)) == 2
    weeks = Bulletin.objects.filter(unit=hotline.county.county).order_by("week").values_list("week", flat=True)
    assert [(later - first).days for first, later in pairwise(weeks)] == [7] * 5


def test_every_station_has_every_number(hotline: Hotline) -> None:
    many_cases(hotline)
    made = draft(hotline)
    assert {line.unit_id for line in made.lines.all()} == {hotline.county.station, hotline.county.other_station}
    assert made.lines.count() == 2 * len(FIGURES)


def test_a_draft_is_recounted_an_issued_one_never(hotline: Hotline) -> None:
    many_cases(hotline)
    made = draft(hotline)
    before = pressed(made, hotline.county.station).number
    slow = [one[0] for one in pressed(made, hotline.county.station).items]
    Case.objects.filter(pk=slow[0]).update(closed_at=MONDAY - timedelta(days=2), state="closed")
    services.recount(bulletin_id=made.pk, key=key(), by=hotline.quality, at=MONDAY)
    assert pressed(made, hotline.county.station).number == before - 1
    services.issue(bulletin_id=made.pk, comment="已核", key=key(), by=hotline.quality, at=MONDAY)
    Case.objects.filter(pk=slow[1]).update(closed_at=MONDAY - timedelta(days=2), state="closed")
    assert draft(hotline).state == "issued"
    assert pressed(made, hotline.county.station).number == before - 1
    (company, *_units) = selectors.unit_rows(made, MONDAY + timedelta(days=1))
    cell = company.cells[Figure.SLOW]
    assert cell.now.number != cell.told.number


def test_the_same_post_twice_issues_once(hotline: Hotline) -> None:
    made, one = draft(hotline), key()
    for _twice in range(2):
        services.issue(bulletin_id=made.pk, comment="通报", key=one, by=hotline.quality, at=MONDAY)
    assert [step.verb for step in matters.steps(selectors.label(made.pk))].count("issue") == 1


def test_a_clock_runs_until_the_unit_has_answered_everything(hotline: Hotline) -> None:
    many_cases(hotline)
    made = issued(hotline)
    unit, name = hotline.county.station, f"answer:{hotline.county.station}"
    lines = [line for line in made.lines.filter(unit=unit, number__gt=0) if FIGURES[Figure(line.figure)].pressed]
    for line in lines:
        cards = {card.name: card for card in matters.clock_cards(selectors.label(made.pk), MONDAY)}
        assert cards[name].state == "running"
        answer(line, hotline.head)
    cards = {card.name: card for card in matters.clock_cards(selectors.label(made.pk), MONDAY)}
    assert cards[name].state == "stopped" and cards[f"answer:{hotline.county.other_station}"].state == "running"
    answer(lines[0], hotline.head, "改到周五")
    assert Answer.objects.filter(line=lines[0]).count() == 2


def test_numbers_and_names_in_an_answer_are_taken_out(hotline: Hotline) -> None:
    many_cases(hotline)
    line = pressed(issued(hotline), hotline.county.station)
    answer(line, hotline.head, "已联系13800138001")
    assert "13800138001" not in Answer.objects.get().measure


@pytest.mark.parametrize("what", ["measure", "past", "figure", "unit", "draft", "nothing"])
def test_answers_that_are_refused(hotline: Hotline, what: str) -> None:
    many_cases(hotline)
    made = draft(hotline) if what == "draft" else issued(hotline)
    line = pressed(made, hotline.county.station)
    codes = {
        "measure": "reason_missing", "past": "promise_in_past", "figure": "line_not_pressed", "unit": "not_allowed",
        "draft": "not_found", "nothing": "not_found",
    }  # fmt: skip
    if what == "figure":
        line = Line.objects.get(bulletin=made, unit=hotline.county.station, figure=Figure.URGES)
    if what == "nothing":
        line.pk = 0
    by = (
        hotline.county.actor("other", "station", units=(hotline.county.other_station,))
        if what == "unit"
        else hotline.head
    )
    with pytest.raises(Refused) as refusal:
        answer(
            line, by, " " if what == "measure" else "整改", date(2026, 3, 8) if what == "past" else date(2026, 3, 11)
        )
    assert refusal.value.code == codes[what]
    assert not Answer.objects.exists()


def test_issues_that_are_refused(hotline: Hotline) -> None:
    made = draft(hotline)
    for by, comment, code in ((hotline.quality, "  ", "comment_missing"), (hotline.head, "通报", "not_found")):
        with pytest.raises(Refused) as refusal:
            services.issue(bulletin_id=made.pk, comment=comment, key=key(), by=by, at=MONDAY)
        assert refusal.value.code == code
    services.issue(bulletin_id=made.pk, comment="通报", key=key(), by=hotline.quality, at=MONDAY)
    for by, code in ((hotline.quality, "wrong_state"), (hotline.head, "not_allowed")):
        with pytest.raises(Refused) as refusal:
            services.issue(bulletin_id=made.pk, comment="再来", key=key(), by=by, at=MONDAY)
        assert refusal.value.code == code


def test_a_case_that_is_sent_back_is_heard_once(hotline: Hotline) -> None:
    case = a_case(hotline)
    note(case=case, verb="send_back", said=Said(), by=hotline.desk, at=MONDAY)
    outbox.deliver_all()
    outbox.deliver_all()
    assert Turn.objects.filter(case_id=case.pk, verb="send_back").count() == 1


def test_subscriptions_and_their_refusals(hotline: Hotline) -> None:
    county = hotline.county
    dept = county.actor("boss", "dept", units=(county.county,))
    made = services.subscribe(unit_id=county.county, category_id=None, of_unit_id=county.station, by=dept, at=MONDAY)
    for changes, by, code in (
        ({}, dept, "subscription_known"), ({"category_id": 0}, dept, "category_unknown"),
        ({"of_unit_id": 0}, dept, "subscription_too_wide"), ({}, hotline.head, "not_allowed"),
    ):  # fmt: skip
        asked: dict[str, Any] = {"unit_id": county.county, "category_id": None, "of_unit_id": county.station, **changes}
        with pytest.raises(Refused) as refusal:
            services.subscribe(**asked, by=by, at=MONDAY)
        assert refusal.value.code == code
    services.unsubscribe(subscription_id=made, by=dept, at=MONDAY)
    with pytest.raises(Refused, match="已取消"):
        services.unsubscribe(subscription_id=made, by=dept, at=MONDAY)
    assert (
        services.subscribe(unit_id=county.county, category_id=None, of_unit_id=county.station, by=dept, at=MONDAY)
        > made
    )
