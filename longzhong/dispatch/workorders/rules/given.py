"""What a person gives with a step, whatever the door it came through: a page, a phone without signal, the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from longzhong.dispatch.workorders.rules.found import MEASURED
from longzhong.dispatch.workorders.rules.orders import Diagnosis, Outcome, Position
from longzhong.register.org.rules.hours import CST


@dataclass(frozen=True)
class Given:
    """Each verb reads what it needs (`Move.needs`); `code` is a milestone's, a pause reason's, a ground's or a contact way's."""

    owner_id: int | None = None
    reason: str = ""
    position: Position = field(default_factory=Position)
    outcome: Outcome = field(default_factory=Outcome)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    claimed_at: datetime | None = None
    priority: int | None = None
    code: str = ""
    due_on: date | None = None


def given_of(sent: Mapping[str, Any], at: datetime) -> Given:
    """What was sent, field by field; a duration until the power is back (`expected_in` minutes) counts from when it was said."""

    def text(name: str) -> str:
        return str(sent.get(name) or "")

    claimed_at = _aware(sent.get("claimed_at"))
    minutes = int(sent.get("expected_in") or 0)
    expected_at = _aware(sent.get("expected_at")) or (
        (claimed_at or at) + timedelta(minutes=minutes) if minutes else None
    )
    measured = {key: value for key in MEASURED if (value := sent.get(key)) is not None}
    return Given(
        owner_id=int(sent.get("owner_id") or sent.get("owner") or 0) or None, reason=text("reason"),
        position=Position(sent.get("lat"), sent.get("lon"), sent.get("accuracy_m"), text("reason")),
        outcome=Outcome(
            text("cause_found"), text("work_done"), text("no_photo_reason"), measured, _aware(sent.get("restored_at")),
            text("triage"), text("reply"),
        ),
        diagnosis=Diagnosis(expected_at, text("fault_place"), text("side"), text("service")),
        claimed_at=claimed_at, priority=sent.get("priority"), code=text("code"), due_on=sent.get("due_on"),
    )  # fmt: skip


def _aware(moment: datetime | None) -> datetime | None:
    """A phone's own field (datetime-local) names no zone: it is the county's."""
    return moment.replace(tzinfo=CST) if moment is not None and moment.tzinfo is None else moment
