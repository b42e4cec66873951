"""The way in for people and outer systems: what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.rules import Given, NewPlan, NewReport, PlanChange
from longzhong.sensing.outages.services import planning, running
from longzhong.sensing.outages.services.locating import NO_FILES, locate_fault
from longzhong.sensing.outages.services.merging import absorb
from longzhong.sensing.outages.services.opening import report_outage
from longzhong.sensing.outages.services.planning import plan_outage

Thing = TypeVar("Thing")


class Who(TypedDict):
    outage_id: int
    by: Actor
    at: datetime


DOERS: dict[str, Callable[[Given, Who], object]] = {
    "confirm": lambda given, who: running.confirm(note=given.reason, **who),
    "start": lambda given, who: running.start(started_at=given.moment, **who),
    "change_expected": lambda given, who: running.change_expected(
        expected_end_at=_needed(given.moment, "moment"), reason=given.reason, **who
    ),
    "restore": lambda given, who: running.restore(restored_at=given.moment, note=given.reason, **who),
    "restore_part": lambda given, who: running.restore(
        area_ids=_needed(given.area_ids or None, "areas"), restored_at=given.moment, note=given.reason, **who
    ),
    "approve": lambda given, who: planning.approve(note=given.reason, **who),
    "decline": lambda given, who: planning.decline(reason=given.reason, **who),
    "postpone": lambda given, who: planning.postpone(
        starts_at=_needed(given.moment, "moment"), ends_at=given.until, reason=given.reason, **who
    ),
    "change_plan": lambda given, who: planning.change_plan(change=_change(given), **who),
    "absorb": lambda given, who: absorb(other_id=_needed(given.other_id, "other"), reason=given.reason, **who),
    "cancel": lambda given, who: running.cancel(reason=given.reason, **who),
    "withdraw": lambda given, who: running.withdraw(reason=given.reason, **who),
}


@transaction.atomic
def take_step(
    *, outage_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again.

    Photos belong to the step "locate"; the others read none.
    """
    if verb not in (*DOERS, "locate"):
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        who: Who = {"outage_id": outage_id, "by": by, "at": at}
        if verb == "locate":
            locate_fault(fault=_needed(given.fault, "pole"), photos=photos, **who)
        else:
            DOERS[verb](given, who)
        return verb

    return matters.once(key=key, what=f"{selectors.label(outage_id)} {verb}", act=act, by=by, at=at)


@transaction.atomic
def open_once(*, what: NewPlan | NewReport, key: str, by: Actor, at: datetime) -> int:
    """Register a plan or a fault once for a client key, and return its id."""

    def act() -> str:
        if isinstance(what, NewPlan):
            return str(plan_outage(plan=what, by=by, at=at))
        return str(report_outage(report=what, by=by, at=at))

    kind = "plan" if isinstance(what, NewPlan) else "report"
    return int(matters.once(key=key, what=f"{selectors.PREFIX} {kind} {what.source}", act=act, by=by, at=at))


def _change(given: Given) -> PlanChange:
    return PlanChange(
        starts_at=_needed(given.moment, "moment"), ends_at=_needed(given.until, "until"), reason=given.reason,
        devices=given.devices,
    )  # fmt: skip


def _needed(value: Thing | None, field: str) -> Thing:
    if value is None:
        raise Refused("field_missing", _("请把这一步要填的内容填完整；什么都没有改动。"), field=field)
    return value
