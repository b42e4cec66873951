"""Corrections by a person: what they put together or take apart, no later grouping undoes."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.troubles.models import Dark, Member, Trouble
from longzhong.sensing.troubles.rules import State
from longzhong.sensing.troubles.services.moving import begin, complete, enter
from longzhong.sensing.troubles.services.refinding import refound
from longzhong.sensing.troubles.services.writing import close_empty, recount


@transaction.atomic
def move_signals(*, trouble_id: int, signal_ids: Collection[int], other_id: int, by: Actor, at: datetime) -> None:
    """Put some signals of a trouble into another open one."""
    trouble, other = _two(trouble_id, other_id, "move_signal", by)
    row = begin(trouble=trouble, verb="move_signal", by=by)
    members = _chosen(trouble, signal_ids)
    _hand(members, other, at)
    data = {"to": other.pk, "count": len(members), "signals": [one.signal_id for one in members]}
    complete(trouble=trouble, row=row, data=data, by=by, at=at)
    _settle([trouble, other], by, at)


@transaction.atomic
def split(*, trouble_id: int, signal_ids: Collection[int], by: Actor, at: datetime) -> int:
    """Make some signals of a trouble a trouble of their own, and return its id; both halves stay as they are from now on."""
    trouble = enter(trouble_id=trouble_id, by=by)
    row = begin(trouble=trouble, verb="split", by=by)
    members = _chosen(trouble, signal_ids)
    if len(members) == Member.objects.filter(trouble=trouble).count():
        raise Refused("nothing_left", _("至少要留下一条信号；什么都没有改动。"))
    new = Trouble(
        level=trouble.level, device=trouble.device, name=trouble.name, unit_id=trouble.unit_id, began_at=trouble.began_at,
        last_at=trouble.last_at, confidence=trouble.confidence, found_at=at,
    )  # fmt: skip
    Trouble.objects.bulk_create([new])
    Member.objects.filter(trouble=trouble).update(fixed=True)
    _hand(members, new, at)
    data = {"to": new.pk, "count": len(members), "signals": [one.signal_id for one in members]}
    complete(trouble=trouble, row=row, data=data, by=by, at=at)
    _settle([trouble, new], by, at)
    return new.pk


@transaction.atomic
def merge(*, trouble_id: int, other_id: int, by: Actor, at: datetime) -> None:
    """Take over all signals of another open trouble, which is over by that."""
    trouble, other = _two(trouble_id, other_id, "merge", by)
    row = begin(trouble=trouble, verb="merge", by=by)
    members = list(Member.objects.select_for_update().filter(trouble=other).order_by("id"))
    known = set(Dark.objects.filter(trouble=trouble).values_list("area_id", flat=True))
    more = Dark.objects.filter(trouble=other).exclude(area__in=known)
    Dark.objects.bulk_create([Dark(trouble=trouble, area_id=one.area_id, spoke=one.spoke) for one in more])
    Member.objects.filter(trouble=trouble).update(fixed=True)
    _hand(members, trouble, at)
    complete(trouble=trouble, row=row, data={"from": other.pk, "count": len(members)}, by=by, at=at)
    _settle([trouble, other], by, at)


def _two(trouble_id: int, other_id: int, verb: str, by: Actor) -> tuple[Trouble, Trouble]:
    """Both, locked in one order; the other must be open as well."""
    if trouble_id == other_id:
        raise Refused("same_trouble", _("请选另一处疑似停电；什么都没有改动。"))
    held = {one: enter(trouble_id=one, by=by) for one in sorted((trouble_id, other_id))}
    other = held[other_id]
    begin(trouble=other, verb=verb, by=by)
    return held[trouble_id], other


def _chosen(trouble: Trouble, signal_ids: Collection[int]) -> list[Member]:
    rows = Member.objects.select_for_update().filter(trouble=trouble, signal__in=signal_ids)
    members = list(rows.order_by("id"))
    if not members or len(members) != len(set(signal_ids)):
        raise Refused("signal_unknown", _("请选这处疑似停电里的信号；什么都没有改动。"))
    return members


def _hand(members: Collection[Member], to: Trouble, at: datetime) -> None:
    Member.objects.filter(pk__in=[one.pk for one in members]).update(trouble=to, fixed=True, joined_at=at)


def _settle(troubles: list[Trouble], by: Actor, at: datetime) -> None:
    recount(troubles=troubles)
    refound(troubles=troubles, at=at)
    close_empty(trouble_ids=[one.pk for one in troubles if one.state == State.OPEN], by=by, at=at)
