"""Calls to the customer, promises, and the chain of people who are asked when nobody answers."""

from datetime import timedelta

import pytest

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case, ContactTry
from longzhong.cases.hotline.rules.machine import State
from longzhong.cases.hotline.rules.words import Channel, Helper, Outcome, TryResult
from longzhong.cases.hotline.services import StepGiven
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import outbox
from longzhong.kit.errors import Refused
from longzhong.register.org import services as org_services
from longzhong.sensing.outages import selectors as outages
from tests.cases.hotline.acts import (
    accepted,
    clocks,
    closed,
    dispatched,
    do_work,
    minutes,
    order_of,
    refused,
    replied,
    review,
    settle,
    verbs,
)
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("result", "outcome"), [("satisfied", Outcome.SATISFIED), ("fair", Outcome.FAIR)])
def test_the_customers_word_ends_case_and_order(hotline: Hotline, result: str, outcome: Outcome) -> None:
    case = review(hotline, replied(hotline), result, minutes(90))
    assert (case.state, case.outcome, case.closed_at) == (State.CLOSED, outcome, minutes(90))
    assert order_of(case).state == "verified"
    assert not [card for card in matters.clock_cards(selectors.label(case.pk), minutes(90)) if card.is_live]


def test_a_dissatisfied_customer_leads_back_to_the_owner_while_the_clocks_run_on(hotline: Hotline) -> None:
    case = replied(hotline)
    with refused("reason_missing"):
        review(hotline, case, "dissatisfied", minutes(90))
    assert not case.call_backs.exists(), "nothing is kept of a step that was refused"
    review(hotline, case, "dissatisfied", minutes(90), words="我是13800138001，灯还是不亮")
    assert (case.state, case.owner_id, case.times_dissatisfied) == (State.HANDLING, hotline.county.staff["zhang"], 1)
    assert order_of(case).state == "returned"
    assert clocks(case)["callback"] == ("running", "open")
    assert "13800138001" not in str([step.words for step in matters.steps(selectors.label(case.pk))])
    do_work(case, hotline.manager, minutes(100))
    assert case.state == State.REPLIED, "what came back needs a person"
    services.review(case_id=case.pk, passed=True, by=hotline.quality, at=minutes(180))
    review(hotline, case, "satisfied", minutes(420))
    assert (case.state, order_of(case).state) == (State.CLOSED, "verified")


def test_nobody_calls_back_about_their_own_work(hotline: Hotline) -> None:
    case = replied(hotline)
    with refused("own_work"):
        services.record_call(case_id=case.pk, purpose="review", result="satisfied", by=hotline.manager, at=minutes(90))
    services.record_call(case_id=case.pk, purpose="repaired", result="reached", by=hotline.manager, at=minutes(91))
    assert settle(case).state == State.CALLING


def test_nobody_is_called_at_noon_or_at_night(hotline: Hotline) -> None:
    case = replied(hotline)
    for text in ("2026-03-02 12:30", "2026-03-02 21:00", "2026-03-03 07:59"):
        with pytest.raises(Refused, match="不宜打扰客户") as no:
            review(hotline, case, "satisfied", at(text))
        assert no.value.code == "call_hours"
    review(hotline, case, "satisfied", at("2026-03-02 23:10"), wish="客户要求来电后立即告知")
    assert case.state == State.CLOSED


def test_the_three_calls_of_a_repair_are_part_of_the_work(hotline: Hotline) -> None:
    case = dispatched(hotline)
    night = at("2026-03-02 22:30")
    with refused("call_not_due"):
        services.record_call(case_id=case.pk, purpose="review", result="satisfied", by=hotline.desk, at=night)
    with refused("call_unknown"):
        services.record_call(case_id=case.pk, purpose="accepted", result="satisfied", by=hotline.manager, at=night)
    with refused("call_unknown"):
        services.record_call(case_id=case.pk, purpose="gossip", result="reached", by=hotline.manager, at=night)
    with refused("not_allowed"):
        services.record_call(
            case_id=case.pk, purpose="accepted", result="reached", by=hotline.county.actor("boss", "leader"), at=night
        )
    for purpose in ("accepted", "accepted", "on_the_way"):
        services.record_call(case_id=case.pk, purpose=purpose, result="reached", by=hotline.manager, at=night)
    assert list(case.call_backs.order_by("id").values_list("purpose", "attempt")) == [
        ("accepted", 1), ("accepted", 2), ("on_the_way", 1),
    ]  # fmt: skip
    asks = a_case(hotline, code="enquiry", text="电价")
    with refused("call_hours"):
        services.record_call(case_id=asks.pk, purpose="accepted", result="reached", by=hotline.desk, at=night)


def test_a_spoken_word_stops_the_contact_clock(hotline: Hotline) -> None:
    case = dispatched(hotline, code="complaint.service", text="态度不好")
    services.record_call(case_id=case.pk, purpose="accepted", result="no_answer", by=hotline.desk, at=minutes(20))
    assert clocks(case)["contact"][0] == "running"
    services.record_call(case_id=case.pk, purpose="accepted", result="reached", by=hotline.desk, at=minutes(30))
    assert clocks(case)["contact"] == ("stopped", "met")


def test_giving_up_needs_calls_at_different_times_of_different_days(hotline: Hotline) -> None:
    case = replied(hotline)
    for text in ("2026-03-02 10:30", "2026-03-02 10:40", "2026-03-02 15:00"):
        review(hotline, case, "no_answer", at(text))
    with refused("not_tried_enough"):
        services.give_up(case_id=case.pk, by=hotline.desk, at=at("2026-03-02 16:00"))
    review(hotline, case, "wrong_number", at("2026-03-03 09:00"))
    assert len(selectors.vain_calls(case)) == 4
    with refused("own_work"):
        services.give_up(case_id=case.pk, by=hotline.county.actor("zhang", "station"), at=at("2026-03-03 09:05"))
    services.give_up(case_id=case.pk, by=hotline.desk, at=at("2026-03-03 09:05"))
    settle(case)
    assert (case.state, case.outcome, order_of(case).state) == (State.CLOSED, Outcome.UNREACHABLE, "verified")


def test_calls_before_the_rework_dont_count_for_the_next_round(hotline: Hotline) -> None:
    case = replied(hotline)
    for text in ("2026-03-02 10:30", "2026-03-02 15:00"):
        review(hotline, case, "busy", at(text))
    review(hotline, case, "dissatisfied", at("2026-03-03 09:00"), words="没修好")
    do_work(case, hotline.manager, at("2026-03-03 09:30"))
    services.review(case_id=case.pk, passed=True, by=hotline.quality, at=at("2026-03-03 11:00"))
    review(hotline, case, "busy", at("2026-03-03 15:00"))
    assert len(selectors.vain_calls(case)) == 1


def test_who_doesnt_want_to_be_asked_isnt(hotline: Hotline) -> None:
    case = replied(hotline, account=2)
    grid = hotline.county.actor("li", "grid", grids=(hotline.county.grid,))
    services.record_call(case_id=case.pk, purpose="review", result="declined", by=grid, at=minutes(90))
    assert settle(case).state == State.CALLING, "only the desk files it"
    review(hotline, case, "declined", minutes(95))
    assert (case.state, case.outcome, order_of(case).state) == (State.CLOSED, Outcome.NO_CALL_BACK, "verified")
    asked_not = replied(hotline, text="不用回访", wants_call_back=False)
    assert (asked_not.state, asked_not.outcome) == (State.CLOSED, Outcome.NO_CALL_BACK)


def electricians(hotline: Hotline) -> Case:
    return a_case(hotline, text="物业电工联系不上", channel=Channel.ELECTRICIAN)


def tries(case: Case) -> list[tuple[str, str, str | None]]:
    rows = case.tries.select_related("staff").order_by("position")
    return [(row.helper, row.result, row.staff.code if row.staff else None) for row in rows]


def test_one_after_the_other_is_asked_and_the_head_answers_in_the_end(hotline: Hotline) -> None:
    case = electricians(hotline)
    org_services.set_duty(
        staff_id=hotline.county.staff["crew"], unit_id=hotline.county.station, starts_at=MORNING,
        ends_at=MORNING + timedelta(hours=8), by=SYSTEM, at=MORNING,
    )  # fmt: skip
    services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(2))
    with refused("try_waiting"):
        services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(2))
    assert services.time_out_tries(by=SYSTEM, at=minutes(11)) == 0
    assert [services.time_out_tries(by=SYSTEM, at=minutes(12)) for _again in range(2)] == [1, 0]
    case.refresh_from_db()
    assert case.owner_id == hotline.county.staff["wang"], "the owner stays meanwhile"
    assert tries(case) == [("electrician", "timed_out", None), ("grid", "waiting", "zhang")]
    second = case.tries.get(result=TryResult.WAITING)
    services.answer_try(try_id=second.pk, reached=False, by=hotline.manager, at=minutes(14))
    with refused("try_ended"):
        services.answer_try(try_id=second.pk, reached=True, by=hotline.manager, at=minutes(14))
    assert services.time_out_tries(by=SYSTEM, at=minutes(30)) == 1
    assert services.time_out_tries(by=SYSTEM, at=minutes(60)) == 1
    case.refresh_from_db()
    assert tries(case)[2:] == [("duty", "timed_out", "crew"), ("station", "timed_out", "head")]
    assert case.owner_id == hotline.county.staff["head"]
    assert verbs(case)[-1] == "chain_ended"
    with refused("chain_ended"):
        services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(70))


def test_whoever_is_reached_ends_the_asking(hotline: Hotline) -> None:
    case = electricians(hotline)
    row = services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(2))
    stranger = hotline.county.actor("boss", "leader")
    with refused("not_allowed"):
        services.answer_try(try_id=row.pk, reached=True, by=stranger, at=minutes(3))
    services.answer_try(try_id=row.pk, reached=True, by=hotline.desk, at=minutes(4))
    assert tries(case) == [("electrician", "reached", None)]
    assert services.time_out_tries(by=SYSTEM, at=minutes(60)) == 0


def test_who_isnt_there_is_passed_over(hotline: Hotline) -> None:
    case = a_case(hotline, account=3, text="村里没电")  # a cell without a manager, nobody on duty
    services.ask_next(case_id=case.pk, by=hotline.desk, at=minutes(2))
    assert tries(case) == [(Helper.STATION, "waiting", "head")]
    step = next(one for one in matters.steps(selectors.label(case.pk)) if one.verb == "ask")
    assert step.data["skipped"] == ["grid", "duty"]
    with refused("case_not_open"):
        services.ask_next(case_id=closed(hotline).pk, by=hotline.desk, at=minutes(99))
    assert ContactTry.objects.filter(case=case).count() == 1


def test_one_way_in_with_a_client_key(hotline: Hotline) -> None:
    case = a_case(hotline)
    user = hotline.desk

    def take(verb: str, key: str, **given: object) -> str:
        step = StepGiven(**given)  # type: ignore[arg-type]
        return services.take_step(case_id=case.pk, verb=verb, given=step, key=key, by=user, at=minutes(4))

    assert [take("dispatch", "key-00001") for _again in range(2)] == ["dispatch", "dispatch"]
    with refused("no_such_move"):
        take("fly", "key-00002")
    with refused("field_missing"):
        take("promise", "key-00003", reason="明早")
    with refused("client_key_reused"):
        take("promise", "key-00001", reason="明早", due_at=minutes(60))
    assert take("promise", "key-00004", reason="明早", due_at=minutes(60)) == "promise"
    assert case.promises.count() == 1


def test_an_outage_tells_its_cases_until_when(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(hotline)
    Case.objects.filter(pk=case.pk).update(outage_id=7)
    says = outages.Standing("TD7", "fault", "running", "", MORNING, minutes(120), None)
    monkeypatch.setattr(outages, "standing", lambda _id: says)
    assert [services.note_outage(outage_id=7, by=SYSTEM, at=minutes(9)) for _again in range(2)] == [1, 0]
    case.refresh_from_db()
    assert case.expected_at == minutes(120)
    over = outages.Standing("TD7", "fault", "restored", "", MORNING, minutes(120), minutes(80))
    monkeypatch.setattr(outages, "standing", lambda _id: over)
    assert [services.note_outage(outage_id=7, by=SYSTEM, at=minutes(81)) for _again in range(2)] == [1, 0]
    step = matters.steps(selectors.label(case.pk))[0]
    assert "已于 2026-03-02 10:20 恢复" in selectors.told([step])[0]
    assert outbox.deliver_all() >= 0


def test_what_the_crew_sees_of_the_case(hotline: Hotline) -> None:
    case = accepted(hotline)
    services.promise(case_id=case.pk, text="今晚恢复", due_at=minutes(600), by=hotline.desk, at=minutes(8))
    card = selectors.field_card(hotline.manager, f"hotline.case:{case.pk}")
    assert card is not None
    assert (card.number, card.promise_due, card.type_label) == (case.number, minutes(600), "故障报修")
    assert "13800138001" not in card.caller_mask
    assert "101" not in card.address_mask
    assert selectors.field_card(hotline.manager, "alerts.alert:1") is None
    other = hotline.county.actor("other", "station", units=(hotline.county.other_station,))
    assert selectors.field_card(other, f"hotline.case:{case.pk}") is None
