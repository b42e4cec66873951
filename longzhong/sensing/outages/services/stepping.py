"""The way in for people and outer systems: what was given, and the client key that makes a repeated POST harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import needed
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.rules import Given, NewPlan, NewReport, PlanChange
from longzhong.sensing.outages.services import planning, running
from longzhong.sensing.outages.services.locating import NO_FILES, locate_fault
from longzhong.sensing.outages.services.merging import absorb
from longzhong.sensing.outages.services.opening import report_outage
from longzhong.sensing.outages.services.planning import plan_outage


class Who(TypedDict):
    outage_id: int
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with an outage; photos belong to "locate", the others read none."""

    given: Given
    photos: Sequence[Upload]
    who: Who

    @property
    def moment(self) -> datetime:
        return needed(self.given.moment, "moment")


DOERS: dict[str, Callable[[Step], object]] = {
    "confirm": lambda s: running.confirm(note=s.given.reason, **s.who),
    "start": lambda s: running.start(started_at=s.given.moment, **s.who),
    "change_expected": lambda s: running.change_expected(expected_end_at=s.moment, reason=s.given.reason, **s.who),
    "restore": lambda s: running.restore(restored_at=s.given.moment, note=s.given.reason, **s.who),
    "restore_part": lambda s: running.restore(
        area_ids=needed(s.given.area_ids or None, "areas"), restored_at=s.given.moment, note=s.given.reason, **s.who
    ),
    "locate": lambda s: locate_fault(fault=needed(s.given.fault, "pole"), photos=s.photos, **s.who),
    "approve": lambda s: planning.approve(note=s.given.reason, **s.who),
    "decline": lambda s: planning.decline(reason=s.given.reason, **s.who),
    "postpone": lambda s: planning.postpone(starts_at=s.moment, ends_at=s.given.until, reason=s.given.reason, **s.who),
    "change_plan": lambda s: planning.change_plan(change=_change(s.given), **s.who),
    "absorb": lambda s: absorb(other_id=needed(s.given.other_id, "other"), reason=s.given.reason, **s.who),
    "cancel": lambda s: running.cancel(reason=s.given.reason, **s.who),
    "withdraw": lambda s: running.withdraw(reason=s.given.reason, **s.who),
}


@transaction.atomic
def take_step(
    *, outage_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> str:
    """Take one step once for a client key; the same key is answered with the same word and does nothing again."""
    step = Step(given, photos, {"outage_id": outage_id, "by": by, "at": at})
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(outage_id), key=key, by=by, at=at)


@transaction.atomic
def open_once(*, what: NewPlan | NewReport, key: str, by: Actor, at: datetime) -> int:
    """Register a plan or a fault once for a client key, and return its id."""

    def make() -> int:
        if isinstance(what, NewPlan):
            return plan_outage(plan=what, by=by, at=at)
        return report_outage(report=what, by=by, at=at)

    kind = "plan" if isinstance(what, NewPlan) else "report"
    return matters.once_int(key=key, what=f"{selectors.PREFIX} {kind} {what.source}", make=make, by=by, at=at)


def _change(given: Given) -> PlanChange:
    return PlanChange(
        starts_at=needed(given.moment, "moment"), ends_at=needed(given.until, "until"), reason=given.reason,
        devices=given.devices,
    )  # fmt: skip
