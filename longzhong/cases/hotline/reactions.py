"""What cases hear: their orders, their clocks, outages, and each other; and what others ask of a case's label."""

from django.urls import reverse

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.events import CallTaken, CaseMoved
from longzhong.dispatch.matters.events import ClockLate, ClockWarned
from longzhong.dispatch.matters.rules import register_noun
from longzhong.dispatch.workorders.events import OrderMoved
from longzhong.dispatch.workorders.rules import WARNED
from longzhong.kit.actor import Actor
from longzhong.kit.events import on
from longzhong.sensing.outages.events import OutageMoved
from longzhong.sensing.troubles.events import TroubleMoved
from longzhong.sensing.troubles.rules import NoPower

HOUSE = Actor.machine("hotline")

register_noun(
    selectors.NOUN,
    door=selectors.is_visible,
    title=selectors.title,
    url=lambda case_id: reverse("hotline:case", args=[case_id]),
    words=selectors.WORDS,
    says=selectors.told,
)


@on(OrderMoved)
def follow_order(fact: OrderMoved) -> None:
    services.follow_order(order_id=fact.order_id, by=HOUSE, at=fact.at)


@on(ClockWarned)
def note_warning(fact: ClockWarned) -> None:
    services.note_alarm(matter=fact.matter, alarm=WARNED, by=HOUSE, at=fact.at)


@on(ClockLate)
def note_escalation(fact: ClockLate) -> None:
    services.note_alarm(matter=fact.matter, alarm=WARNED + fact.level, by=HOUSE, at=fact.at)


@on(OutageMoved)
def note_outage(fact: OutageMoved) -> None:
    services.note_outage(outage_id=fact.outage_id, by=HOUSE, at=fact.at)


@on(TroubleMoved)
def explain_cases(fact: TroubleMoved) -> None:
    if fact.outage_id is not None:
        services.explain_cases(trouble_id=fact.trouble_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def push_no_power(fact: CaseMoved) -> None:
    if fact.verb == "open":
        source, account, area = selectors.label(fact.case_id), fact.account_id, fact.area_id
        report = NoPower(source=source, category_id=fact.category_id, account_id=account, area_id=area)
        services.push_no_power(report=report, by=HOUSE, at=fact.at)


@on(CallTaken)
def push_told_call(fact: CallTaken) -> None:
    if fact.case_id is None:
        services.push_told_call(call_id=fact.call_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def lead_family(fact: CaseMoved) -> None:
    services.lead_family(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def settle_promises(fact: CaseMoved) -> None:
    services.settle_promises(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def note_return(fact: CaseMoved) -> None:
    if fact.verb == "open":
        services.note_return(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CaseMoved)
def count_told_again(fact: CaseMoved) -> None:
    if fact.verb in ("open", "urge"):
        services.count_repeat(case_id=fact.case_id, by=HOUSE, at=fact.at)


@on(CallTaken)
def count_call_again(fact: CallTaken) -> None:
    if fact.case_id is not None:
        services.count_repeat(case_id=fact.case_id, by=HOUSE, at=fact.at)
