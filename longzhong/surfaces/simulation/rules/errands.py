"""How the demo county's people bring papers and postings out (送达、张贴): decided once for each errand by chance.

Most go there in time, some find nobody first, a few are late, and here and there one is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from longzhong.surfaces.simulation.rules.chance import uniforms

_WALK = 57
FORGOTTEN_SHARE, LATE_SHARE = 0.04, 0.12
VAIN = ((0.1, 2), (0.25, 1))  # nobody there twice: left at the door; once: met the second time
RECEIPTS = ((0.03, "refused"), (0.25, "agent"))


@dataclass(frozen=True, slots=True)
class Walk:
    """When somebody sets out (None: nobody does), how often nobody is there first, and how a paper is handed over."""

    at: datetime | None
    vain: int
    receipt: str


def walk_of(seed: int, errand_id: int, opened_at: datetime, due_at: datetime) -> Walk:
    """The course of one errand."""
    lot = uniforms(seed, errand_id, 0, _WALK, 5).tolist()
    at = opened_at + (0.05 + 0.75 * lot[1]) * (due_at - opened_at)
    if lot[0] < LATE_SHARE:
        at = due_at + timedelta(hours=1 + 10 * lot[1])
    vain = next((tries for share, tries in VAIN if lot[2] < share), 0)
    receipt = next((word for share, word in RECEIPTS if lot[3] < share), "signed")
    return Walk(None if lot[4] < FORGOTTEN_SHARE else at, vain, "absent" if vain > 1 else receipt)
