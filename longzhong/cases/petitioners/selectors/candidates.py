"""Callers who came so often that a file may help; a person decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline.rules.words import PartyKind, Secrecy
from longzhong.cases.petitioners.models import Petitioner, PetitionerPhone, Residence, Rest
from longzhong.cases.petitioners.rules import READERS, FileState, Limits
from longzhong.cases.petitioners.rules.candidates import Caller, Group, groups
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.register.policies import selectors as policies

MOST = 200


@dataclass(frozen=True)
class Candidate:
    """A frequent caller without a file, masked; `call_id` is the last call, through which a file is opened."""

    call_id: int
    name: str
    phone: str
    place: str
    calls: int
    last_at: datetime
    shared: bool


def candidates(actor: Actor, at: datetime) -> list[Candidate]:
    """Frequent callers of the actor's units within the window who have no file and weren't put to rest; six queries at most.

    Calls whose case is confidential or anonymous are left out: a file would give them away.
    """
    need(actor, *READERS)
    limits = policies.limits(Limits, "petitioners", day=civil_day(at))
    since = at - timedelta(days=limits.window_d)
    calls = hotline.visible_calls(actor).filter(
        at__gte=since, at__lte=at, parties__erased_at=None, parties__kind=PartyKind.CALLER
    )
    calls = calls.exclude(case__secrecy__in=(Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS))
    keys = ("parties__phone_index", "parties__person_id", "parties__account_id")
    rows = calls.order_by().values_list(*keys).annotate(n=Count("id", distinct=True), last=Max("at"), newest=Max("id"))
    callers = [
        Caller(phone or "", person, account, n, last, newest) for phone, person, account, n, last, newest in rows
    ]
    found = _without_file(groups(callers, limits.candidate_n), at)[:MOST]
    return _dressed(actor, found)


def _without_file(found: list[Group], at: datetime) -> list[Group]:
    phones = {phone for group in found for phone in group.phones}
    people = {person for group in found for person in group.persons}
    homes = {account for group in found if group.shared for account in group.accounts}
    kept = set(
        PetitionerPhone.objects.filter(phone_index__in=phones, ended_on=None)
        .exclude(petitioner__state=FileState.MERGED)
        .values_list("phone_index", flat=True)
    )
    kept |= set(
        Rest.objects.filter(phone_index__in=phones, until_on__gt=civil_day(at)).values_list("phone_index", flat=True)
    )
    known = set(Petitioner.objects.filter(person__in=people, state=FileState.OPEN).values_list("person_id", flat=True))
    lived = (
        set(Residence.objects.filter(account__in=homes, to_on=None).values_list("account_id", flat=True))
        if homes
        else set()
    )
    return [
        group for group in found
        if not (group.phones & kept or group.persons & known or (group.shared and group.accounts & lived))
    ]  # fmt: skip


def _dressed(actor: Actor, found: list[Group]) -> list[Candidate]:
    columns = (
        "id",
        "parties__name_mask",
        "parties__phone_mask",
        "account__town",
        "account__village",
        "account__estate",
    )
    last = [group.call_id for group in found]
    calls = hotline.visible_calls(actor).filter(pk__in=last, parties__kind=PartyKind.CALLER)
    rows = calls.values_list(*columns)
    seen: dict[int, Any] = {row[0]: row for row in rows}
    return [
        Candidate(
            group.call_id,
            seen[group.call_id][1] or "",
            seen[group.call_id][2] or "",
            "".join(part or "" for part in seen[group.call_id][3:]),
            group.calls,
            group.last_at,
            group.shared,
        )
        for group in found
        if group.call_id in seen
    ]
