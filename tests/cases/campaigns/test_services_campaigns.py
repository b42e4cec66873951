"""Plan, start, measures, end, judge: what is frozen stays, what is refused changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.campaigns import selectors, services
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import Basis, Given, State
from longzhong.cases.complaints import services as complaints
from longzhong.cases.complaints.rules import State as Stage
from longzhong.cases.complaints.rules import Verdict
from longzhong.dispatch.matters.selectors import clock_cards
from longzhong.kit import outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.cases.campaigns.make import DAY, TODAY, a_campaign, office, on, plan
from tests.cases.complaints.make import a_complaint, people, taken_to
from tests.cases.hotline.make import MORNING, Hotline

pytestmark = pytest.mark.django_db
HOUSE = Actor.machine("tests")


def refusal(*, do: Callable[..., object], **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(**given)
    return refused.value.code


def test_the_baseline_is_frozen_at_the_start(hotline: Hotline) -> None:
    for back in (3, 9, 40):
        a_complaint(hotline, when=MORNING - back * DAY)
    row = a_campaign(hotline)
    assert (row.state, row.base_total, row.base_upheld) == (State.RUNNING, 2, 0)
    assert (row.base_from, row.base_to) == (on(-30), on(-1))
    late = a_complaint(hotline, when=MORNING - 5 * DAY)  # taken down afterwards
    row.refresh_from_db()
    assert late.accepted_at < MORNING
    assert row.base_total == 2


def test_what_happens_in_its_days_is_counted_and_frozen_when_judged(hotline: Hotline) -> None:
    row = a_campaign(hotline)
    taken_to(hotline, a_complaint(hotline), Stage.DECIDED)
    a_complaint(hotline, when=MORNING + 2 * DAY)
    a_complaint(
        hotline, code="complaint.quality.frequent", text="一个月停了五次电", when=MORNING + 2 * DAY
    )  # another class
    a_complaint(hotline, when=MORNING + 31 * DAY)  # after its last day
    at = MORNING + 32 * DAY
    assert selectors.counting_for(row, at).total == 2  # type: ignore[union-attr]
    assert services.end_due(by=HOUSE, at=at) == 1
    assert services.end_due(by=HOUSE, at=at) == 0
    services.judge(campaign_id=row.pk, conclusion="培训后投诉减少", by=office(hotline), at=at)
    row.refresh_from_db()
    assert (row.state, row.total, row.upheld) == (State.JUDGED, 2, 1)
    a_complaint(hotline, when=MORNING + 3 * DAY)
    assert selectors.counting_for(row, at + DAY).total == 2  # type: ignore[union-attr]
    assert [one for one in clock_cards(selectors.label(row.pk), at) if one.is_live] == []


def test_an_appeal_moves_the_running_count_but_no_frozen_one(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), people(hotline)
    complaint = taken_to(hotline, a_complaint(hotline), Stage.DECIDED)
    at = MORNING + 2 * DAY
    assert selectors.counting_for(row, at).upheld == 1  # type: ignore[union-attr]
    complaints.correct(
        complaint_id=complaint.pk, verdict=Verdict.DISMISSED, responsibility="customer", basis="复核录像不属实",
        appeal="appeals.appeal:1", by=who.office, at=at,
    )  # fmt: skip
    assert selectors.counting_for(row, at + DAY).upheld == 0  # type: ignore[union-attr]


def test_a_measure_has_an_owner_a_day_and_a_clock(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    owner = hotline.head
    made = services.add_measure(
        campaign_id=row.pk, text="窗口全员礼仪培训", owner_id=owner.staff_id or 0, due_on=on(10), by=who, at=MORNING
    )
    (clock,) = [one for one in clock_cards(selectors.label(row.pk), MORNING) if one.is_live]
    assert clock.due_at == MORNING.replace(hour=0, minute=0) + 11 * DAY
    given = {"campaign_id": row.pk, "measure_id": made.pk, "words": "已培训 26 人", "at": MORNING + DAY}
    assert refusal(do=services.done_measure, by=hotline.manager, **given) == "not_allowed"
    services.done_measure(by=owner, **given)
    assert refusal(do=services.done_measure, by=owner, **given) == "measure_closed"
    made.refresh_from_db()
    assert made.done_at == MORNING + DAY


def test_another_stations_head_doesnt_report_somebody_elses_measure(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    made = services.add_measure(
        campaign_id=row.pk, text="窗口全员礼仪培训", owner_id=who.staff_id or 0, due_on=on(10), by=who, at=MORNING
    )
    given = {"campaign_id": row.pk, "measure_id": made.pk, "words": "已培训", "by": hotline.head, "at": MORNING}
    assert refusal(do=services.done_measure, **given) == "not_yours"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "plan_incomplete"),
        ({"category_ids": ()}, "plan_incomplete"),
        ({"ends_on": TODAY - DAY}, "plan_wrong"),
        ({"basis": "never"}, "plan_wrong"),
        ({"target_pct": 0}, "plan_wrong"),
        ({"target_pct": 101}, "plan_wrong"),
        ({"category_ids": (9_999_999,)}, "category_unknown"),
        ({"unit_id": 9_999_999}, "unit_unknown"),
    ],
)
def test_a_plan_that_doesnt_hold_is_refused(hotline: Hotline, changes: dict[str, Any], code: str) -> None:
    given = plan(hotline, **changes)
    assert refusal(do=services.draft, plan=given, by=office(hotline), at=MORNING) == code
    assert not Campaign.objects.exists()


def test_who_may_plan_and_start(hotline: Hotline) -> None:
    assert refusal(do=services.draft, plan=plan(hotline), by=hotline.head, at=MORNING) == "not_allowed"
    row = a_campaign(hotline, started=False)
    assert refusal(do=services.start, campaign_id=row.pk, by=hotline.head, at=MORNING) == "not_allowed"
    assert refusal(do=services.start, campaign_id=row.pk + 1, by=office(hotline), at=MORNING) == "not_found"
    assert refusal(do=services.start, campaign_id=row.pk, by=office(hotline), at=MORNING + 40 * DAY) == "campaign_past"


def test_it_is_changed_only_before_it_begins(hotline: Hotline) -> None:
    row, who = a_campaign(hotline, started=False), office(hotline)
    services.edit(campaign_id=row.pk, plan=plan(hotline, basis=Basis.YEAR, title="改名"), by=who, at=MORNING)
    row.refresh_from_db()
    assert (row.title, row.basis) == ("改名", Basis.YEAR)
    services.start(campaign_id=row.pk, by=who, at=MORNING)
    assert refusal(do=services.edit, campaign_id=row.pk, plan=plan(hotline), by=who, at=MORNING) == "wrong_state"


def test_going_on_longer_takes_the_judgements_clock_away(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    at = MORNING + 31 * DAY
    services.end_due(by=HOUSE, at=at)
    assert len([one for one in clock_cards(selectors.label(row.pk), at) if one.is_live]) == 1
    given = {"campaign_id": row.pk, "reason": "巩固成果", "by": who, "at": at}
    assert refusal(do=services.extend, ends_on=on(20), **given) == "extend_earlier"
    services.extend(ends_on=on(60), **given)
    row.refresh_from_db()
    assert (row.state, row.ends_on, row.base_to) == (State.RUNNING, on(60), on(-1))
    assert [one for one in clock_cards(selectors.label(row.pk), at) if one.is_live] == []


def test_a_conclusion_and_a_reason_are_written(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    assert refusal(do=services.cancel, campaign_id=row.pk, reason=" ", by=who, at=MORNING) == "reason_missing"
    services.end(campaign_id=row.pk, by=who, at=MORNING)
    assert refusal(do=services.judge, campaign_id=row.pk, conclusion="", by=who, at=MORNING) == "reason_missing"
    given = {"campaign_id": row.pk, "text": "培训", "owner_id": 0, "due_on": on(3), "by": who, "at": MORNING}
    assert refusal(do=services.add_measure, **given) == "wrong_state"


def test_a_measure_of_yesterday_or_nobody_is_refused(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    given = {"campaign_id": row.pk, "text": "培训", "by": who, "at": MORNING}
    assert refusal(do=services.add_measure, owner_id=9_999_999, due_on=on(3), **given) == "no_such_staff"
    assert refusal(do=services.add_measure, owner_id=who.staff_id, due_on=on(-1), **given) == "due_past"


def test_a_repeated_post_does_it_once(hotline: Hotline) -> None:
    who, given = office(hotline), Given(plan=plan(hotline))
    ids = {services.draft_once(given=given, key="campaign-key-1", by=who, at=MORNING) for _twice in range(2)}
    (one,) = ids
    for _twice in range(2):
        services.take_step(campaign_id=one, verb="start", given=Given(), key="campaign-key-2", by=who, at=MORNING)
    assert Campaign.objects.get().state == State.RUNNING
    with pytest.raises(Refused) as refused:
        services.take_step(campaign_id=one, verb="fly", given=Given(), key="campaign-key-3", by=who, at=MORNING)
    assert refused.value.code == "no_such_move"
    with pytest.raises(Refused) as refused:
        services.take_step(campaign_id=one, verb="extend", given=Given(), key="campaign-key-4", by=who, at=MORNING)
    assert refused.value.code == "field_missing"


def test_a_complaint_names_the_campaigns_it_counts_in(hotline: Hotline) -> None:
    row = a_campaign(hotline)
    complaint = a_complaint(hotline, when=MORNING + timedelta(hours=1))
    outbox.deliver_all()
    panel = selectors.panel(office(hotline), complaint.pk)
    assert panel is not None
    assert [(line.label, line.value, line.note) for line in panel.lines] == [
        ("整治中", row.title, "2026-03-02 起已受理 1 件；基线 0 件，30 天")
    ]
    other = a_complaint(hotline, code="complaint.quality.frequent", text="一个月停了五次电", when=MORNING)
    assert selectors.panel(office(hotline), other.pk) is None
