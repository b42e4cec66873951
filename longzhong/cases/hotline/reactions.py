"""What cases hear: their orders, their clocks, outages, and each other; and what others ask of a case's label."""

from django.urls import reverse

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.events import CallTaken, CaseMoved
from longzhong.cases.hotline.rules.machine import DONE, State
from longzhong.dispatch.matters.events import Alarm, ClockLate, ClockWarned
from longzhong.dispatch.matters.rules import register_noun
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import CALLS
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.sensing.outages.events import OutageMoved
from longzhong.sensing.troubles.events import TroubleMoved
from longzhong.sensing.troubles.rules import NoPower

HOUSE = Actor.machine("hotline")
FAMILY = frozenset({State.FOLLOWING, State.CALLING, State.CLOSED, State.VOID})
"""Where a case leads those that follow it, or begins to follow."""

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda case_id: reverse("hotline:case", args=[case_id]),
    words=selectors.WORDS,
    says=selectors.told,
)


@on(OrderMoved, when=lambda fact: fact.kind in CALLS)
def follow_order(fact: OrderMoved) -> None:
    services.follow_order(order_id=fact.order_id, by=HOUSE, at=fact.at)


@on(ClockWarned)
@on(ClockLate)
def note_alarm(fact: Alarm) -> None:
    services.note_alarm(matter=fact.matter, alarm=fact.alarm, by=HOUSE, at=fact.at)


@on(OutageMoved)
def note_outage(fact: OutageMoved) -> None:
    services.note_outage(outage_id=fact.outage_id, by=HOUSE, at=fact.at)


@on(TroubleMoved, when=lambda fact: fact.outage_id is not None)
def explain_cases(fact: TroubleMoved) -> None:
    services.explain_cases(trouble_id=fact.trouble_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.verb == "open")
def push_no_power(fact: CaseMoved) -> None:
    source, account, area = selectors.label(fact.case_id), fact.account_id, fact.area_id
    report = NoPower(source=source, category_id=fact.category_id, account_id=account, area_id=area)
    services.push_no_power(report=report, by=HOUSE, at=fact.at)


@on(CallTaken, when=lambda fact: fact.case_id is None)
def push_told_call(fact: CallTaken) -> None:
    services.push_told_call(call_id=fact.call_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.state in FAMILY)
def lead_family(fact: CaseMoved) -> None:
    services.lead_family(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.state in DONE)
def settle_promises(fact: CaseMoved) -> None:
    services.settle_promises(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.verb == "open")
def note_return(fact: CaseMoved) -> None:
    services.note_return(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved, when=lambda fact: fact.verb in ("open", "urge"))
def count_told_again(fact: CaseMoved) -> None:
    services.count_repeat(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CallTaken)
def count_call_again(fact: CallTaken) -> None:
    if fact.case_id is not None:
        services.count_repeat(case_id=fact.case_id, by=HOUSE, at=fact.at)
