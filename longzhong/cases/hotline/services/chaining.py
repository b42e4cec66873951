"""The contact chain (失联兜底, S0-07): one helper after the other is asked, each with a time-out; the owner stays meanwhile.

At its end the head of the station answers for the case: it is never left with nobody.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case, ContactTry
from longzhong.cases.hotline.rules.chains import OUTSIDERS, ChainLimits, after, chain_of
from longzhong.cases.hotline.rules.machine import LIVE, WORKING
from longzhong.cases.hotline.rules.words import Helper, TryResult
from longzhong.cases.hotline.selectors.owners import heir_of
from longzhong.cases.hotline.services.moving import enter, give, note
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

ASKERS = ("grid", "desk", "station", "quality")
BATCH = 200


@transaction.atomic
def ask_next(*, case_id: int, by: Actor, at: datetime) -> ContactTry:
    """Ask the next helper of the chain; those whom the organisation hasn't got are passed over, and that is kept."""
    case = enter(case_id=case_id, by=by)
    if case.state not in WORKING:
        raise Refused("case_not_open", _("诉求已不在受理办理阶段，不需要再找人；什么都没有改动。"), case=case_id)
    if not selectors.may(by, ASKERS, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(ASKERS))
    if case.tries.filter(result=TryResult.WAITING).exists():
        raise Refused("try_waiting", _("已经在等人应答；请先登记是否联系上。什么都没有改动。"), case=case_id)
    row = _ask(case, by, at)
    if row is None:
        raise Refused("chain_ended", _("名单已经问完，诉求由供电所长负责；什么都没有改动。"), case=case_id)
    return row


@transaction.atomic
def answer_try(*, try_id: int, reached: bool, by: Actor, at: datetime) -> ContactTry:
    """Say whether the helper answered; in vain, the next one is asked at once."""
    case_id = ContactTry.objects.filter(pk=try_id).values_list("case_id", flat=True).first()
    case = enter(case_id=case_id or 0, by=by)
    row = case.tries.filter(pk=try_id, result=TryResult.WAITING).first()
    if row is None:
        raise Refused("try_ended", _("这次联系已经登记过或已超时；什么都没有改动。"), contact=try_id)
    if by.staff_id != row.staff_id and not selectors.may(by, ASKERS, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(ASKERS))
    _end(case, row, TryResult.REACHED if reached else TryResult.NO_ANSWER, by, at)
    return row


@transaction.atomic
def time_out_tries(*, by: Actor, at: datetime, limit: int = BATCH) -> int:
    """Helpers who didn't answer in time: the next is asked. Twice is once; two workers never wait for each other."""
    due = ContactTry.objects.filter(result=TryResult.WAITING, due_at__lte=at).order_by("due_at", "id")
    cases = set(due.values_list("case_id", flat=True)[:limit])
    held = Case.objects.select_for_update(skip_locked=True).filter(pk__in=cases).order_by("id")
    done = 0
    for case in list(held):
        row = case.tries.filter(result=TryResult.WAITING, due_at__lte=at).first()
        if row is not None:
            _end(case, row, TryResult.TIMED_OUT, by, at)
            done += 1
    return done


def _end(case: Case, row: ContactTry, result: TryResult, by: Actor, at: datetime) -> None:
    row.result, row.ended_at = result, at
    row.save(update_fields=["result", "ended_at"])
    data = {"contact": row.pk, "helper": row.helper, "staff": row.staff_id, "result": result}
    note(case=case, verb="asked", said=Said(data), by=by, at=at)
    if result is not TryResult.REACHED and case.state in LIVE and _ask(case, by, at) is None:
        _fall_back(case, by, at)


def _ask(case: Case, by: Actor, at: datetime) -> ContactTry | None:
    """Ask whoever of the chain is left and there; None when nobody is."""
    limits = policies.limits(ChainLimits, "hotline.chain", unit_id=case.unit_id, day=civil_day(at))
    asked = list(case.tries.order_by("position").values_list("position", "helper"))
    skipped: list[str] = []
    for helper in after(chain_of(case.channel, limits), [Helper(name) for _place, name in asked]):
        staff_id = _person(case, helper, at)
        if staff_id is None and helper not in OUTSIDERS:
            skipped.append(helper.value)
            continue
        row = ContactTry.objects.create(
            case=case, position=max((place for place, _name in asked), default=0) + 1, helper=helper, staff_id=staff_id,
            asked_at=at, due_at=at + timedelta(minutes=limits.minutes(helper)),
        )  # fmt: skip
        data = {"contact": row.pk, "helper": helper, "staff": staff_id, "due_at": row.due_at, "skipped": skipped}
        note(case=case, verb="ask", said=Said(data), by=by, at=at)
        return row
    return None


def _person(case: Case, helper: Helper, at: datetime) -> int | None:
    """Who that is today; None for outsiders, and where the organisation has nobody."""
    if helper is Helper.GRID:
        return org.manager_of(case.grid_id, civil_day(at)) if case.grid_id else None
    if helper is Helper.DUTY:
        return next(iter(org.on_duty(case.unit_id, at)), None)
    return heir_of(case.unit_id, at) if helper is Helper.STATION else None


def _fall_back(case: Case, by: Actor, at: datetime) -> None:
    """Nobody answered: the head of the station answers for the case from now on."""
    head = heir_of(case.unit_id, at)
    was = case.owner_id
    if head is not None and head != was:
        give(case=case, owner_id=head, by=by, at=at)
        case.save(update_fields=["owner", "offered_to"])
    note(case=case, verb="chain_ended", said=Said({"from_staff": was, "to_staff": case.owner_id}), by=by, at=at)
