"""Promises to customers (承诺): kept, broken, moved, and ended with the case."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case, Promise
from longzhong.cases.hotline.rules.words import PromiseState
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import services as orders
from tests.cases.hotline.acts import (
    clocks,
    dispatched,
    do_work,
    minutes,
    refused,
    review,
    settle,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case

pytestmark = pytest.mark.django_db


def promise(hotline: Hotline, case: Case, hours: float = 10) -> Promise:
    return services.promise(
        case_id=case.pk, text="明早恢复供电后给张先生13800138001回电", due_at=MORNING + timedelta(hours=hours), by=hotline.desk,
        at=minutes(5),
    )  # fmt: skip


def test_a_promise_is_kept_in_time(hotline: Hotline) -> None:
    case = dispatched(hotline)
    row = promise(hotline, case)
    assert "13800138001" not in row.text
    card = next(
        one for one in matters.clock_cards(selectors.label(case.pk), minutes(5)) if one.name == f"promise:{row.pk}"
    )
    assert card.due_at == row.due_at
    services.keep_promise(promise_id=row.pk, words="已回电", by=hotline.desk, at=minutes(100))
    row.refresh_from_db()
    assert (row.state, clocks(case)[f"promise:{row.pk}"]) == (PromiseState.KEPT, ("stopped", "met"))
    with refused("promise_ended"):
        services.keep_promise(promise_id=row.pk, by=hotline.desk, at=minutes(101))
    with refused("promise_past"):
        services.promise(case_id=case.pk, text="回电", due_at=minutes(1), by=hotline.desk, at=minutes(5))
    with refused("not_allowed"):
        services.promise(
            case_id=case.pk, text="回电", due_at=minutes(50), by=hotline.county.actor("boss", "leader"), at=minutes(5)
        )


def test_a_broken_promise_is_noticed_once_and_stays_broken(hotline: Hotline) -> None:
    case = dispatched(hotline)
    row = promise(hotline, case, hours=1)
    assert services.watch_promises(by=SYSTEM, at=minutes(59)) == 0
    assert [services.watch_promises(by=SYSTEM, at=minutes(61)) for _again in range(2)] == [1, 0]
    services.keep_promise(promise_id=row.pk, by=hotline.desk, at=minutes(90))
    row.refresh_from_db()
    assert (row.state, row.ended_at) == (PromiseState.BROKEN, minutes(90))
    assert clocks(case)[f"promise:{row.pk}"] == ("stopped", "late")
    assert services.watch_promises(by=SYSTEM, at=minutes(99)) == 0


def test_a_moved_promise_keeps_the_verdict_of_the_old_one(hotline: Hotline) -> None:
    case = dispatched(hotline)
    first = promise(hotline, case, hours=1)
    second = services.move_promise(
        promise_id=first.pk, due_at=minutes(180), reason="备件未到，已征得同意", by=hotline.desk, at=minutes(50)
    )
    third = services.move_promise(
        promise_id=second.pk, due_at=minutes(300), reason="雨大", by=hotline.desk, at=minutes(200)
    )
    assert [Promise.objects.get(pk=one.pk).state for one in (first, second, third)] == ["moved", "broken", "open"]
    cards = [
        one for one in matters.clock_cards(selectors.label(case.pk), minutes(200)) if one.name.startswith("promise:")
    ]
    assert {one.name for one in cards} == {f"promise:{first.pk}"}
    assert sorted((one.state, one.verdict) for one in cards) == [
        ("running", "open"), ("superseded", "late"), ("superseded", "open"),
    ]  # fmt: skip
    assert next(one for one in cards if one.state == "running").due_at == minutes(300)


def test_promises_end_with_the_case(hotline: Hotline) -> None:
    case = dispatched(hotline)
    row = promise(hotline, case, hours=9)
    orders.accept(order_id=case.order_id or 0, by=hotline.manager, at=minutes(6))
    do_work(settle(case), hotline.manager, minutes(7))
    review(hotline, case, "satisfied", minutes(90))
    row.refresh_from_db()
    assert (row.state, row.ended_at) == (PromiseState.KEPT, minutes(90))
    assert services.settle_promises(case_id=case.pk, by=SYSTEM, at=minutes(99)) == 0
    void = a_case(hotline, text="误录")
    other = promise(hotline, void, hours=9)
    services.void_case(case_id=void.pk, reason="误录", by=hotline.desk, at=minutes(10))
    settle(void)
    other.refresh_from_db()
    assert other.state == PromiseState.RELEASED
