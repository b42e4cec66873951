"""Open a case from a kept call: what it is, how urgent, who answers for it from now on, and its clocks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.given import TAKERS, NewCase
from longzhong.cases.hotline.rules.grams import grams
from longzhong.cases.hotline.rules.limits import EXTERNAL, Planned, clocks_of, limit_until
from longzhong.cases.hotline.rules.words import (
    TYPE_LABELS,
    CallOutcome,
    CaseType,
    Channel,
    Hazard,
    Secrecy,
    Site,
    Urgency,
)
from longzhong.cases.hotline.selectors.owners import first_asked_of, keeper_of
from longzhong.cases.hotline.services.moving import note, refresh_due
from longzhong.cases.hotline.services.taking import open_call, tell_call
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import NewClock
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.selectors import Node
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Placed
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.texts import services as texts
from longzhong.sensing.texts.rules import Source

SURE_KEY = "hotline.sure_confidence"


@transaction.atomic
def open_case(*, call_id: int, case: NewCase, by: Actor, at: datetime) -> Case:
    """Make a case of a call. Its owner and first asked (首问) is who took the call; for a machine's call, who is on duty."""
    need(by, *TAKERS)
    call = open_call(call_id=call_id, by=by)
    category = _category(case, call, at)
    account = customers.placed(call.account_id, civil_day(at)) if call.account_id else None
    row = _made(call, case, category, account, by=by, at=at)
    row.urgency = _urgency(case, category, account)
    row.first_asked_id, row.owner_id = asked, owner = _people(row, call, by, at)
    row.department_id = _department(category.code, call.unit_id, at)
    Case.objects.bulk_create([row])
    row.number = f"SQ{civil_day(row.opened_at):%Y%m%d}{row.pk}"
    _start_clocks(row, category, case)
    refresh_due(case=row)
    row.save(update_fields=["number", "due_at", "due_clock"])
    CaseParty.objects.filter(call=call).update(case=row)
    _settle(call, row, at)
    data = {
        "call": call.pk, "category": category.code, "confidence": case.confidence, "chosen": case.chosen,
        "urgency": int(row.urgency), "owner": owner, "first_asked": asked,
    }  # fmt: skip
    note(case=row, verb="open", said=Said(data), by=by, at=at)
    if case.chosen and by.staff_id is not None and row.grams:
        texts.teach(
            text=call.text, category_id=category.id, source=Source.CHOSEN, label=selectors.label(row.pk), by=by, at=at
        )
    return row


def _category(case: NewCase, call: Call, at: datetime) -> Node:
    node = categories.by_ids([case.category_id]).get(case.category_id)
    if node is None or not node.live:
        raise Refused("category_unknown", _("没有这个诉求分类，或已停用；来电已留存，请重新选择分类。"))
    sure = float(str(policies.value(SURE_KEY, unit_id=call.unit_id, day=civil_day(at))))
    if not case.chosen and (case.confidence is None or case.confidence < sure):
        raise Refused(
            "category_unsure", _("系统对分类没有把握，请人工选定分类后再立单；来电已留存。"), confidence=case.confidence
        )
    return node


def _people(row: Case, call: Call, by: Actor, at: datetime) -> tuple[int, int]:
    """(first asked, owner): whoever took the call; a person who opens another's call owns it; else who is on duty, or of a secret
    case the office, which alone may know the caller; never who is complained about.
    """
    asked = call.taken_by_id or by.staff_id or _asked_of(row, at)
    if asked is None:
        raise Refused("no_owner", _("本单位及上级都没有可负责的人员，不能立单；来电已留存。"), unit=call.unit_id)
    return asked, by.staff_id or asked


def _asked_of(row: Case, at: datetime) -> int | None:
    """Who answers for a case that no person took."""
    accused = row.about_staff_id if selectors.is_about(row, row.about_staff_id) else None
    kept = keeper_of(row.unit_id, at, but=accused) if selectors.is_secret(row) else None
    return kept or first_asked_of(row.unit_id, row.grid_id, at, but=accused)


def _made(call: Call, case: NewCase, category: Node, account: Placed | None, *, by: Actor, at: datetime) -> Case:  # noqa: ARG001  every step says who
    """The case as the call and the taker say; not yet saved."""
    home = network.home_of(call.area_id) if call.area_id else None
    return Case(
        type=category.type, category_id=category.id, confidence=case.confidence, chosen=case.chosen, channel=call.channel,
        external_no=call.external_no, external_due_at=case.external_due_at, grade=case.grade, mood=case.mood or call.mood,
        secrecy=case.secrecy, over_level=case.over_level, hazard=case.hazard,
        site=case.site or (Site(home.site) if home else Site.URBAN), voltage=case.voltage, root_cause=case.root_cause,
        account_id=call.account_id, meter_code=account.meter_code if account else "", area_id=call.area_id,
        unit_id=call.unit_id, grid_id=call.grid_id, about_staff_id=case.about_staff_id, about_unit_id=case.about_unit_id,
        outage_id=call.outage_id, content_sealed=call.text_sealed, content=call.text, grams=grams(call.text),
        wants_call_back=case.wants_call_back and case.secrecy is not Secrecy.ANONYMOUS, opened_at=min(call.at, at),
    )  # fmt: skip


def _urgency(case: NewCase, category: Node, account: Placed | None) -> Urgency:
    """A danger or an important customer is P1 (S3-12, §3.4); sensitive and special people are at least P2 (S0-06)."""
    groups = account.groups if account else frozenset()
    raised = Urgency.NORMAL
    if groups & {"sensitive", "special"}:
        raised = Urgency.HIGH
    if (
        case.hazard != Hazard.NONE
        or (category.hazard and category.type.value == CaseType.REPAIR.value)
        or "important" in groups
    ):
        raised = Urgency.URGENT
    return min(case.urgency, raised)


def _department(code: str, unit_id: int, at: datetime) -> int | None:
    """The professional department of the 1+1+1 map for the category, else for the class, the type."""
    words = code.split(".")
    codes = [".".join(words[:size]) for size in range(len(words), 0, -1)]
    found = org.responsible_among(codes, unit_id, civil_day(at))
    return found.department_id if found else None


def _start_clocks(row: Case, category: Node, case: NewCase) -> None:
    plan = clocks_of(
        CaseType(row.type), category.code, Channel(row.channel), secrecy=Secrecy(row.secrecy), hazard=bool(row.hazard),
        external=case.external_due_at is not None,
    )  # fmt: skip
    matters.start_clocks(
        clocks=[_clock(row, one, category.name) for one in plan], by=Actor.machine("hotline"), at=row.opened_at
    )


def _clock(row: Case, planned: Planned, category: str) -> NewClock:
    due = row.external_due_at if planned.name == EXTERNAL else None
    return NewClock(
        matter=selectors.label(row.pk), name=planned.name, label=planned.label, unit_id=row.unit_id, owner_id=row.owner_id,
        policy_key=planned.policy_key, promise=limit_until(row.opened_at, due) if due else None,
        title=f"{TYPE_LABELS[CaseType(row.type)]} {row.number}（{category}）",
    )  # fmt: skip


def _settle(call: Call, row: Case, at: datetime) -> None:
    call.outcome, call.case, call.ended_at = CallOutcome.CASE, row, call.ended_at or at
    call.save(update_fields=["outcome", "case", "ended_at"])
    tell_call(call=call, at=at)
