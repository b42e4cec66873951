"""What a new clock is made of: whose it is, which policy or promise limits it."""

from dataclasses import dataclass

from longzhong.dispatch.matters.rules.counting import Limit

WARN_KEY = "clock.warn_at"
LATE_KEY = "clock.late_at"
OFFICE_KEY = "clock.office_hours"
PROMISE = "promise"


@dataclass(frozen=True)
class NewClock:
    """A clock to start. `policy_key` names the limit's policy; a `promise` (e.g. a milestone's day) takes its place.

    `label` is the clock's Chinese word, `title` how lists call the matter (no personal data).
    """

    matter: str
    name: str
    label: str
    unit_id: int
    owner_id: int | None = None
    policy_key: str = ""
    promise: Limit | None = None
    title: str = ""


def number(value: object) -> float:
    """A policy's value as an amount of time."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"not an amount of time: {value!r}")
    return float(value)
