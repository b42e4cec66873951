"""Who answers for a case (首问负责): claimed once, handed over only by consent, inherited when somebody leaves; never ownerless."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import DESK, HANDS, LIVE, State
from longzhong.cases.hotline.selectors.owners import has_left, heir_of
from longzhong.cases.hotline.services.moving import enter, give, note
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org

CLAIMERS = tuple(dict.fromkeys((*HANDS, *DESK)))


@transaction.atomic
def claim(*, case_id: int, by: Actor, at: datetime) -> Case:
    """Take a case that still lies with whoever was asked first; of two at once the second hears who has it."""
    case = enter(case_id=case_id, by=by)
    if by.staff_id is None:
        raise Refused("not_staff", _("您的账号没有对应员工，不能认领诉求；什么都没有改动。"))
    if case.state != State.TAKEN or case.owner_id != case.first_asked_id or case.owner_id == by.staff_id:
        name = org.staff_names([case.owner_id]).get(case.owner_id, "")
        raise Refused(
            "already_claimed", _("这件诉求已由 %(name)s 负责；什么都没有改动。") % {"name": name}, owner=case.owner_id
        )
    if not selectors.may(by, CLAIMERS, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(CLAIMERS))
    return _change(case, by.staff_id, "claim", by, at)


@transaction.atomic
def offer(*, case_id: int, to_staff_id: int, by: Actor, at: datetime) -> Case:
    """Offer one's case to a colleague; until they accept, the owner stays the owner."""
    case = enter(case_id=case_id, by=by)
    mine = by.staff_id == case.owner_id and not selectors.is_about(case, by.staff_id)
    if case.state not in LIVE or not (mine or selectors.may(by, ("station", "quality"), case)):
        raise Refused("not_yours", _("只有负责人或所长可以交接未办结的诉求；什么都没有改动。"), case=case_id)
    if not org.staff_names([to_staff_id]) or has_left(to_staff_id, at):
        raise Refused("no_such_staff", _("没有这位员工，或已不在岗；什么都没有改动。"), staff=to_staff_id)
    if selectors.is_about(case, to_staff_id):
        raise Refused("person_accused", _("投诉涉及此人，不能交给其办理；什么都没有改动。"), staff=to_staff_id)
    matter = selectors.label(case.pk)
    matters.offer_handover(matter=matter, from_staff_id=case.owner_id, to_staff_id=to_staff_id, by=by, at=at)
    case.offered_to_id = to_staff_id
    case.save(update_fields=["offered_to"])
    return case


@transaction.atomic
def accept_offer(*, case_id: int, by: Actor, at: datetime) -> Case:
    """Take over a case that was offered to oneself; state and clocks stay as they are."""
    case = enter(case_id=case_id, by=by)
    handover = matters.accept_handover(matter=selectors.label(case.pk), by=by, at=at)
    return _change(case, handover.to_staff_id, "hand_over", by, at)


@transaction.atomic
def decline_offer(*, case_id: int, by: Actor, at: datetime) -> Case:
    """Say no to an offer; the owner stays."""
    case = enter(case_id=case_id, by=by)
    matters.decline_handover(matter=selectors.label(case.pk), by=by, at=at)
    case.offered_to_id = None
    case.save(update_fields=["offered_to"])
    return case


@transaction.atomic
def hand_over_leavers(*, by: Actor, at: datetime) -> int:
    """Live cases of people who hold no post any more go to their cell's manager, else to the head of the unit. Returns how many."""
    live = Case.objects.filter(state__in=LIVE)
    gone = [one for one in set(live.values_list("owner_id", flat=True)) if has_left(one, at)]
    rows = list(live.filter(owner__in=gone).select_for_update(of=("self",)).order_by("id"))
    managers = org.managers_of({row.grid_id for row in rows if row.grid_id}, civil_day(at))
    moved = 0
    for case in rows:
        heir = managers.get(case.grid_id) if case.grid_id else None
        heir = heir if heir not in (None, case.owner_id) else heir_of(case.unit_id, at)
        if heir is not None and heir != case.owner_id:
            _change(case, heir, "leaver", by, at)
            moved += 1
    return moved


def _change(case: Case, owner_id: int, verb: str, by: Actor, at: datetime) -> Case:
    was = case.owner_id
    give(case=case, owner_id=owner_id, by=by, at=at)
    case.save(update_fields=["owner", "offered_to"])
    note(case=case, verb=verb, said=Said({"from_staff": was, "to_staff": owner_id}), by=by, at=at)
    return case
