"""Where orders stand, for the owners of their causes: plain values, without a door (they opened the order themselves)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.selectors.doors import label


@dataclass(frozen=True)
class Standing:
    """Where an order stands now. The moments of the stages are of the first time; `finished_at` and `restored_at` of the last."""

    kind: str
    cause: str
    state: str
    owner_id: int | None
    expected_at: datetime | None
    side: str
    service: str
    fault_place: str
    triage: str
    cause_found: str
    times_returned: int
    opened_at: datetime
    accepted_at: datetime | None
    arrived_at: datetime | None
    diagnosed_at: datetime | None
    contacted_at: datetime | None
    restored_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None


_STANDING = tuple(Standing.__dataclass_fields__)


def standing(order_id: int) -> Standing:
    """For the owner of the order's cause, who reads the state of now when a fact arrives."""
    return Standing(**WorkOrder.objects.values(*_STANDING).get(pk=order_id))


def orders_for(cause: str) -> list[tuple[int, str]]:
    """All orders that were ever opened for a cause, also those that have ended: ids with kinds."""
    return list(WorkOrder.objects.filter(cause=cause).order_by("id").values_list("id", "kind"))


def reply_words(order_id: int) -> str:
    """What the handler wrote when they last finished: the reply to the customer, or what was done; "" if never or erased."""
    ends = (step for step in matters.steps(label(order_id)) if step.verb == "finish")
    last = next(ends, None)
    return str(last.words.get("text", "")) if last else ""


@dataclass(frozen=True)
class StageTimes:
    """The moments of an order's stages (抢修四句 S4-23), and the spans between them; None where a stage wasn't reached."""

    order_id: int
    kind: str
    unit_id: int
    opened_at: datetime
    accepted_at: datetime | None
    arrived_at: datetime | None
    diagnosed_at: datetime | None
    contacted_at: datetime | None
    restored_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None

    @property
    def to_accept(self) -> timedelta | None:
        """派单到接单 (出发快捷)."""
        return _span(self.opened_at, self.accepted_at)

    @property
    def to_arrive(self) -> timedelta | None:
        """接单到到场 (出发快捷)."""
        return _span(self.accepted_at, self.arrived_at)

    @property
    def to_restore(self) -> timedelta | None:
        """到场到恢复送电 (抢修迅速)."""
        return _span(self.arrived_at, self.restored_at)

    @property
    def to_report(self) -> timedelta | None:
        """送电到回单 (信息畅通); the call-back after it (回访及时) is the caller's to time."""
        return _span(self.restored_at, self.finished_at)


_STAGES = tuple(name for name in StageTimes.__dataclass_fields__ if name != "order_id")


def stage_times(order_ids: Collection[int]) -> dict[int, StageTimes]:
    """The stages of many orders; one query."""
    rows = WorkOrder.objects.filter(pk__in=list(order_ids)).values("id", *_STAGES)
    return {row["id"]: StageTimes(order_id=row.pop("id"), **row) for row in list(rows)}


def _span(start: datetime | None, end: datetime | None) -> timedelta | None:
    return None if start is None or end is None else end - start
