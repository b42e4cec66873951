"""How often a stranger may ask (policies `portal.*`). Every question counts, whether it found something or not.

A limit that counted misses only would tell hits from misses; so would a lock after a wrong pair. The limits of an address are wide,
because a mobile network lets a whole town appear under one in a storm; those of a phone are narrow.
"""

from dataclasses import dataclass
from enum import StrEnum


class AskKind(StrEnum):
    """What is counted apart: the power question, a fault report, a code typed, a look at places and plans, an urge."""

    POWER = "power"
    REPORT = "report"
    CODE = "code"
    LOOK = "look"
    URGE = "urge"


@dataclass(frozen=True)
class PortalLimits:
    """Policies `portal.*`; counts are per `window_min` minutes, urges per case and day."""

    window_min: float = 60
    power_per_address: int = 300
    power_per_phone: int = 12
    report_per_address: int = 60
    report_per_phone: int = 5
    code_per_address: int = 200
    look_per_address: int = 3000
    urge_per_case_d: int = 3
    code_days: int = 180
    place_least: int = 5
    plans_ahead_d: int = 14
    cancelled_shown_d: int = 7
    alarm_h: float = 12
    low_stars: int = 2
    opens_case: bool = True
    manager_phone: bool = False
    hotline: str = "95598"
    supervision: str = "12398"


ASK_LIMITS: dict[AskKind, tuple[str, str]] = {
    AskKind.POWER: ("power_per_address", "power_per_phone"),
    AskKind.REPORT: ("report_per_address", "report_per_phone"),
    AskKind.CODE: ("code_per_address", ""),
    AskKind.LOOK: ("look_per_address", ""),
}
"""Which limit holds for a client's address and for a phone."""
