"""What people do with a case and its order in the tests of the handling: through services only, facts delivered twice."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import State
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters import services as matter_services
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Diagnosis, Outcome, Position
from longzhong.dispatch.workorders.selectors import Standing, standing
from longzhong.kit import clock, outbox
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, a_case
from tests.warm import world

HERE = Position(32.0101, 112.1201, 8.0)


def settle(case: Case) -> Case:
    """Let every fact be heard, twice."""
    outbox.deliver_all(twice=True)
    case.refresh_from_db()
    return case


def minutes(count: float) -> datetime:
    return MORNING + timedelta(minutes=count)


def order_of(case: Case) -> Standing:
    assert case.order_id is not None
    return standing(case.order_id)


def dispatched(hotline: Hotline, **changes: object) -> Case:
    """A case that lies with the cell's manager for acceptance."""

    def act() -> Case:
        case = a_case(hotline, **changes)  # type: ignore[arg-type]
        services.dispatch(case_id=case.pk, by=hotline.desk, at=minutes(3))
        return settle(case)

    return world(f"dispatched {sorted(changes.items())}", act)


def accepted(hotline: Hotline, **changes: object) -> Case:
    case = dispatched(hotline, **changes)

    def act() -> None:
        orders.accept(order_id=case.order_id or 0, by=hotline.manager, at=minutes(6))
        settle(case)

    world("accepted", act)
    case.refresh_from_db()
    return case


def do_work(case: Case, by: Actor, at: datetime, *, side: str = "utility", service: str = "") -> Case:
    """Whatever the order still needs until it is reported done."""
    state = order_of(case)
    who = {"order_id": case.order_id or 0, "by": by}
    if state.state in ("dispatched", "returned"):
        orders.accept(**who, at=at)
    if state.kind == "repair":
        if order_of(case).state == "accepted":
            orders.arrive(**who, position=HERE, at=at + timedelta(minutes=10))
        if order_of(case).state == "arrived":
            until = at + timedelta(hours=2) if side == "utility" else None
            said = Diagnosis(until, "哔叭支线02号杆", side, service)
            orders.diagnose(**who, diagnosis=said, at=at + timedelta(minutes=15))
        outcome = Outcome(
            "drop_fuse", "更换跌落式熔断器", no_photo_reason="雨夜", restored_at=at + timedelta(minutes=40)
        )
    else:
        if order_of(case).state == "accepted":
            orders.contact(**who, way="phone", note="已电话联系", at=at + timedelta(minutes=10))
        outcome = Outcome(triage="explain", reply="已向客户解释电价政策", no_photo_reason="电话办理")
    orders.finish(**who, outcome=outcome, photos=(), at=at + timedelta(minutes=45))
    return settle(case)


def replied(hotline: Hotline, **changes: object) -> Case:
    """The order is reported done: a repair waits for the call-back, a complaint for its review."""
    case = accepted(hotline, **changes)
    world("replied", lambda: do_work(case, hotline.manager, minutes(7)))
    case.refresh_from_db()
    return case


def closed(hotline: Hotline, **changes: object) -> Case:
    case = replied(hotline, **changes)
    services.record_call(case_id=case.pk, purpose="review", result="satisfied", by=hotline.desk, at=minutes(90))
    return settle(case)


def refuses(code: str, act: Callable[..., object], **given: object) -> None:
    """Doing this is refused with this code."""
    with pytest.raises(Refused) as error:
        act(**given)
    assert error.value.code == code


def clocks(case: Case) -> dict[str, tuple[str, str]]:
    """Name → (state, verdict) of the newest clock of each name."""
    cards = matters.clock_cards(selectors.label(case.pk), MORNING)
    return {card.name: (card.state, card.verdict) for card in sorted(cards, key=lambda card: card.id)}


def verbs(case: Case) -> list[str]:
    return [step.verb for step in reversed(matters.steps(selectors.label(case.pk)))]


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}: ")


def review(hotline: Hotline, case: Case, result: str, when: datetime, **more: str) -> Case:
    services.record_call(case_id=case.pk, purpose="review", result=result, by=hotline.desk, at=when, **more)
    return settle(case)


def live(case: Case) -> set[str]:
    return {name for name, _key in matters.live_policies(selectors.label(case.pk))}


def finished(case: Case, when: Any, state: State = State.CLOSED) -> None:
    matter_services.stop_clocks(matter=selectors.label(case.pk), names=None, by=SYSTEM, at=when)
    Case.objects.filter(pk=case.pk).update(state=state, closed_at=when)


def get(client: Client, where: str, **asked: Any) -> str:
    with clock.frozen(MORNING):
        answer = client.get(f"/calls/{where}", asked)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def post(client: Client, where: str, key: str = "", **sent: Any) -> HttpResponse:
    with clock.frozen(MORNING):
        return client.post(f"/calls/{where}", {"client_key": key or uuid.uuid4().hex, **sent})  # type: ignore[return-value]


def step(client: Client, case: Case, verb: str, when: object = None, **fields: object) -> int:
    with clock.frozen(when or minutes(10)):  # type: ignore[arg-type]
        answer = client.post(f"/calls/cases/{case.pk}/{verb}/", {"client_key": str(uuid.uuid4()), **fields})
    return answer.status_code


def seen(client: Client, case: Case, when: object = None) -> str:
    with clock.frozen(when or minutes(10)):  # type: ignore[arg-type]
        answer = client.get(f"/calls/cases/{case.pk}/")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def listed(client: Client, address: str, when: object = None) -> list[str]:
    with clock.frozen(when or minutes(10)):  # type: ignore[arg-type]
        answer = client.get(f"/calls/{address}")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    items = answer.context["page"].table.items
    return [str(getattr(one, "case", one)) for one in items]
