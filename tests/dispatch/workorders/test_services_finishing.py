"""From the work to its proof: arriving, finishing, sent back, priorities, pauses, projects, dying half way."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.matters.rules import PauseReason
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Outcome, Position, State
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.workorders.make import DONE, PROOF, in_state, opened, photo

NOON = at("2026-03-02 12:00")


BAD_POSITIONS = [
    ("nothing", Position(), "position_missing"),
    ("off the earth", Position(132.0, 12.0), "position_invalid"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("position", "code"), [row[1:] for row in BAD_POSITIONS], ids=[row[0] for row in BAD_POSITIONS]
)
def test_arriving_needs_a_position_or_a_reason(county: County, position: Position, code: str) -> None:
    order = in_state(county, State.ACCEPTED)
    with pytest.raises(Refused, match=code):
        services.arrive(order_id=order.pk, position=position, by=county.zhang, at=NOON)
    services.arrive(order_id=order.pk, position=Position(reason="山沟无信号"), by=county.zhang, at=NOON)
    assert "山沟无信号" in matters.timeline(selectors.label(order.pk))[0].text


BAD_OUTCOMES = [
    (Outcome("guess", "x"), 1, "cause_unknown"),
    (Outcome("tap", " "), 1, "work_missing"),
    (Outcome("tap", "调档"), 0, "photo_missing"),
    (Outcome("tap", "调档", measured={"ua": 99999.0}), 1, "measured_invalid"),
    (Outcome("tap", "调档", measured={"secret": 1.0}), 1, "measured_invalid"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("outcome", "photos", "code"), BAD_OUTCOMES)
def test_finishing_needs_cause_work_and_photo(county: County, outcome: Outcome, photos: int, code: str) -> None:
    order = in_state(county, State.ARRIVED)
    with pytest.raises(Refused, match=code):
        services.finish(order_id=order.pk, outcome=outcome, photos=[photo()] * photos, by=county.zhang, at=NOON)
    order.refresh_from_db()
    assert order.state == State.ARRIVED


@pytest.mark.django_db
def test_finishing_keeps_words_photo_position_and_phone_time(county: County) -> None:
    order = in_state(county, State.ARRIVED)
    services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], claimed_at=MORNING, by=county.zhang, at=NOON)
    entry = matters.timeline(selectors.label(order.pk), reader=county.head)[0]
    assert entry.title == "完成"
    assert "原因：三相负荷不平衡" in entry.text
    assert "A相电压 228.5 V" in entry.text
    assert "离线补传" in entry.text
    assert "调整 12 户相别" in entry.text
    assert len(entry.pictures) == 1
    order.refresh_from_db()
    assert (order.cause_found, order.finished_at) == ("unbalance", NOON)


@pytest.mark.django_db
def test_sent_back_comes_with_evidence_and_a_clock_for_the_second_attempt(county: County) -> None:
    order = in_state(county, State.RETURNED)
    assert (order.times_returned, order.due_clock) == (1, "rework")
    card = selectors.order_card(county.zhang, order.pk, NOON)
    assert card.evidence["days"] == PROOF["days"]
    assert [row.verb for row in card.moves] == ["accept"]
    assert [stage.state for stage in selectors.road(order)] == ["done", "bad", "todo", "todo", "todo", "todo"]


@pytest.mark.django_db
@pytest.mark.parametrize(("works", "state"), [(True, State.VERIFIED), (False, State.RETURNED)])
def test_a_person_decides_what_the_curves_cant_with_a_reason(county: County, works: bool, state: State) -> None:
    order = in_state(county, State.UNPROVEN)
    assert order.due_clock == "decide"
    with pytest.raises(Refused, match="reason_missing"):
        services.decide(order_id=order.pk, works=works, reason=" ", by=county.head, at=NOON)
    services.decide(order_id=order.pk, works=works, reason="现场复测", by=county.head, at=NOON)
    order.refresh_from_db()
    assert (order.state, order.times_returned) == (state, int(not works))


@pytest.mark.django_db
def test_persistent_low_voltage_has_a_limited_time(county: County) -> None:
    opened(county, persistent=True)
    assert Clock.objects.get(name="finish").policy_key == "orders.area_fault.persistent.finish"
    assert Clock.objects.get(name="finish").due_at == at("2026-03-18 00:00")


@pytest.mark.django_db
def test_orders_of_an_older_edition_keep_their_limited_time_when_the_priority_changes(county: County) -> None:
    order = opened(county, persistent=True)
    WorkOrder.objects.update(limits={})  # as they were before an order named its own limits
    import_module("longzhong.dispatch.workorders.migrations.0003_calls").name_the_persistent_limit(apps, None)
    services.change_priority(order_id=order.pk, priority=1, reason="重要客户", by=county.head, at=NOON)
    assert Clock.objects.get(name="finish").policy_key == "orders.area_fault.persistent.finish"
    assert Clock.objects.filter(name="accept").count() == 2  # the others go by the priority


@pytest.mark.django_db
def test_another_priority_supersedes_from_the_original_start(county: County) -> None:
    order = opened(county)
    services.change_priority(
        order_id=order.pk, priority=1, reason="重要客户", by=county.head, at=at("2026-03-02 10:00")
    )
    live = {row.name: (row.started_at, row.due_at) for row in Clock.objects.filter(state="running")}
    assert live["accept"] == (MORNING, at("2026-03-02 09:30"))  # half an hour from the original start: late at once
    assert live["finish"] == (MORNING, at("2026-03-05 00:00"))
    assert matter_services.sweep(by=SYSTEM, at=at("2026-03-02 10:01")).late == 3
    before = Step.objects.count()
    services.change_priority(order_id=order.pk, priority=1, by=SYSTEM, at=NOON)
    assert Step.objects.count() == before
    with pytest.raises(Refused, match="not_allowed"):
        services.change_priority(order_id=order.pk, priority=2, by=county.zhang, at=NOON)
    services.cancel(order_id=order.pk, reason="误报", by=county.head, at=NOON)
    with pytest.raises(Refused, match="order_closed"):
        services.change_priority(order_id=order.pk, priority=2, by=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_a_pause_takes_the_order_off_the_due_list_and_back(county: County) -> None:
    order = opened(county)
    services.pause(order_id=order.pk, reason=PauseReason.AWAIT_OUTAGE, note="等 3 月 6 日停电", by=county.head, at=NOON)
    order.refresh_from_db()
    assert order.due_at is None
    services.resume(order_id=order.pk, note="", by=county.head, at=at("2026-03-06 18:00"))
    order.refresh_from_db()
    assert (order.due_clock, order.due_at) == (
        "accept",
        at("2026-03-09 09:30"),
    )  # one hour was left at noon, 30 minutes used after


@pytest.mark.django_db
def test_what_operation_cant_cure_becomes_a_project_with_milestones(county: County) -> None:
    order = in_state(county, State.RETURNED)
    with pytest.raises(Refused, match="milestone_past"):
        services.make_project(
            order_id=order.pk, reason="改造", due={"survey": date(2026, 3, 1)}, by=county.head, at=NOON
        )
    services.make_project(order_id=order.pk, reason="改造", due={"survey": date(2026, 3, 5)}, by=county.head, at=NOON)
    order.refresh_from_db()
    assert (order.state, order.due_clock, order.due_at) == (State.PROJECT, "milestone:survey", at("2026-03-06 00:00"))
    assert Clock.objects.filter(name="finish", state="running").get().policy_key == "orders.project.finish"
    assert not Clock.objects.filter(name="rework", state="running").exists()
    matter_services.sweep(by=SYSTEM, at=at("2026-03-06 08:00"))
    assert "里程碑“现场勘查”超时，告知 檀溪供电所 王所长" in matters.timeline(selectors.label(order.pk))[0].text
    with pytest.raises(Refused, match="milestones_open"):
        services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=NOON)
    move = {"order_id": order.pk, "code": "design", "by": county.head, "at": at("2026-03-06 09:00")}
    services.move_milestone(**move, due_on=date(2026, 4, 30), reason="设计院排期")
    assert Clock.objects.get(name="milestone:design", state="running").due_at == at("2026-05-01 00:00")
    with pytest.raises(Refused, match="no_such_milestone"):
        services.reach_milestone(order_id=order.pk, code="roof", note="", by=county.head, at=NOON)
    for milestone in order.milestones.all():
        services.reach_milestone(
            order_id=order.pk, code=milestone.code, note="完成", by=county.zhang, at=at("2026-03-06 10:00")
        )
    card = selectors.order_card(county.head, order.pk, at("2026-03-06 10:00"))
    assert card.progress == (6, 6)
    assert [line.is_late for line in card.milestones] == [True] + [False] * 5
    services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=at("2026-03-06 11:00"))
    order.refresh_from_db()
    assert order.state == State.FINISHED
    with pytest.raises(Refused, match="no_such_milestone"):
        services.move_milestone(**move, due_on=date(2026, 5, 30), reason="x")
    assert list(matters.broken_links()) == []


@pytest.mark.django_db
def test_a_step_that_dies_half_way_leaves_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    order = in_state(county, State.ARRIVED)
    before = (Step.objects.count(), Fact.objects.count(), Clock.objects.filter(state="running").count())

    def die(*_args: object, **_kwargs: object) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr("longzhong.dispatch.workorders.services.moving.tell", die)
    with pytest.raises(SystemExit), transaction.atomic():
        services.finish(order_id=order.pk, outcome=DONE, photos=[photo()], by=county.zhang, at=NOON)
    assert (Step.objects.count(), Fact.objects.count(), Clock.objects.filter(state="running").count()) == before
    assert WorkOrder.objects.get().state == State.ARRIVED
