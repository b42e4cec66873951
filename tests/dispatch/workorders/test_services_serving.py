"""Matters of service (诉求办理): contact, three ways of an answer, a report up and its answer."""

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.matters.models import Clock, Escalation
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.rules import Given, Outcome, State, given_of
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM, County, at
from tests.dispatch.workorders.make import OUTCOMES, in_state, opened

TEN, ELEVEN = at("2026-03-02 10:00"), at("2026-03-02 11:00")


def running() -> list[str]:
    return sorted(Clock.objects.filter(state="running").values_list("name", flat=True))


@pytest.mark.django_db
def test_the_clocks_of_a_service_from_the_call_to_the_answer(county: County) -> None:
    order = opened(county, kind="service")
    assert running() == ["accept", "contact", "finish"]
    services.accept(order_id=order.pk, by=county.zhang, at=MORNING)
    assert running() == ["contact", "finish"]
    services.contact(order_id=order.pk, by=county.zhang, at=TEN)
    assert running() == ["finish"]
    services.finish(order_id=order.pk, outcome=OUTCOMES["service"], photos=[], by=county.zhang, at=ELEVEN)
    assert running() == []
    stands = selectors.standing(order.pk)
    assert (stands.state, stands.triage, stands.contacted_at) == (State.FINISHED, "explain", TEN)
    assert selectors.reply_words(order.pk) == OUTCOMES["service"].reply
    assert "办理方式：能解释即解释" in matters.timeline(selectors.label(order.pk))[0].text


@pytest.mark.django_db
def test_a_report_up_is_answered_by_somebody_else_and_taken_to_the_customer(county: County) -> None:
    order = in_state(county, State.CONTACTED, kind="service")
    with pytest.raises(Refused, match="reason_missing"):
        services.report_up(order_id=order.pk, reason="", by=county.zhang, at=TEN)
    with pytest.raises(Refused, match="not_reported_up"):
        services.finish(
            order_id=order.pk, outcome=Outcome(triage="report_up", reply="已上报"), photos=[], by=county.zhang, at=TEN
        )
    services.report_up(order_id=order.pk, reason="要改造线路", by=county.zhang, at=TEN)
    assert running() == ["answer_back", "finish"]
    assert Clock.objects.get(name="answer_back").owner_id is None  # the station owes it, not who waits for it
    assert [row.pk for row in selectors.to_answer(county.head)] == [order.pk]
    assert selectors.to_answer(county.zhang) == []
    assert [row.pk for row in selectors.hands_on(county.zhang)] == [order.pk]
    with pytest.raises(Refused, match="reason_missing"):
        services.answer_up(order_id=order.pk, answer=" ", by=county.head, at=ELEVEN)
    services.answer_up(order_id=order.pk, answer="列入六月改造计划", by=county.head, at=ELEVEN)
    order.refresh_from_db()
    assert (order.state, order.owner_id, running()) == (State.ACCEPTED, county.staff["zhang"], ["finish"])
    services.contact(order_id=order.pk, by=county.zhang, at=ELEVEN)
    told = Outcome(triage="report_up", reply="六月改造，届时电压恢复正常")
    services.finish(order_id=order.pk, outcome=told, photos=[], by=county.zhang, at=ELEVEN)
    assert selectors.standing(order.pk).triage == "report_up"


@pytest.mark.django_db
def test_a_late_answer_warns_the_head_of_the_station(county: County) -> None:
    in_state(county, State.REPORTED, kind="service")
    matter_services.sweep(by=SYSTEM, at=at("2026-03-04 00:30"))  # a working day after the report of Monday is over
    late = Escalation.objects.get(clock__name="answer_back", kind="late", level=1)
    assert late.staff_ids == [county.staff["head"]]


@pytest.mark.django_db
def test_nobody_answers_their_own_report(county: County) -> None:
    scopes = tuple(Scope(role, frozenset([county.station])) for role in ("grid", "station"))
    both = Actor(1, county.staff["zhang"], "张惠芳", scopes)
    order = in_state(county, State.REPORTED, kind="service", owner=both)
    with pytest.raises(Refused, match="own_work"):
        services.answer_up(order_id=order.pk, answer="同意", by=both, at=ELEVEN)
    assert "answer_up" not in [row.verb for row in selectors.open_moves(both, order)]
    assert selectors.to_answer(both) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "note", "code"), [("smoke", "x", "way_unknown"), ("nobody", " ", "reason_missing")])
def test_a_contact_says_how_and_if_nobody_was_spoken_to_why(county: County, way: str, note: str, code: str) -> None:
    order = in_state(county, State.ACCEPTED, kind="service")
    with pytest.raises(Refused, match=code):
        services.contact(order_id=order.pk, way=way, note=note, by=county.zhang, at=ELEVEN)
    assert "contact" in running()
    services.contact(order_id=order.pk, way="nobody", note="匿名来电", by=county.zhang, at=ELEVEN)
    assert "匿名或无法联系" in matters.timeline(selectors.label(order.pk))[0].text


BAD_ENDS = [
    (Outcome(reply="已解释"), "triage_missing"),
    (Outcome(triage="later", reply="已解释"), "triage_missing"),
    (Outcome(triage="serve", reply=" "), "reply_missing"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("outcome", "code"), BAD_ENDS)
def test_a_service_ends_with_a_way_and_words(county: County, outcome: Outcome, code: str) -> None:
    order = in_state(county, State.CONTACTED, kind="service")
    with pytest.raises(Refused, match=code):
        services.finish(order_id=order.pk, outcome=outcome, photos=[], by=county.zhang, at=ELEVEN)
    assert selectors.standing(order.pk).state == State.CONTACTED


@pytest.mark.django_db
def test_desk_station_and_office_handle_matters_of_service_too(county: County) -> None:
    order = opened(county, kind="service", grid=county.empty_grid)
    services.take(order_id=order.pk, by=county.head, at=MORNING)
    services.contact(order_id=order.pk, by=county.head, at=TEN)
    order.refresh_from_db()
    assert (order.owner_id, order.state) == (county.staff["head"], State.CONTACTED)
    repair = opened(county, kind="repair", grid=county.empty_grid)
    with pytest.raises(Refused, match="not_allowed"):
        services.take(order_id=repair.pk, by=county.head, at=MORNING)
    assert county.staff["head"] in dict(selectors.candidates(opened(county, kind="service", cause="t.c:9"), TEN.date()))


SAID = [
    ("an hour from now", {"expected_in": "60"}, ELEVEN),
    ("an hour from when the phone noted it", {"expected_in": 60, "claimed_at": at("2026-03-02 09:30")}, at("2026-03-02 10:30")),
    ("a moment of one's own wins", {"expected_in": "60", "expected_at": at("2026-03-02 18:00")}, at("2026-03-02 18:00")),
    ("a phone's field names no zone", {"expected_at": at("2026-03-02 18:00").replace(tzinfo=None)}, at("2026-03-02 18:00")),
    ("nothing", {"expected_in": ""}, None),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "expected"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_until_when_as_it_was_sent(sent: dict[str, object], expected: object) -> None:
    assert given_of(sent, TEN).diagnosis.expected_at == expected


def test_nothing_sent_is_nothing_given() -> None:
    assert given_of({}, TEN) == Given()
