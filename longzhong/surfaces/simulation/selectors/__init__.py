"""Reads of the demo county; its administrator alone sees the truth table."""

from longzhong.surfaces.simulation.selectors.figures import (
    days_left,
    demo_county,
    exists,
    figures,
    found_faults,
    logins,
    seed,
    tiles,
    visible_to,
)
from longzhong.surfaces.simulation.selectors.reporting import Report, report

__all__ = [
    "Report",
    "days_left",
    "demo_county",
    "exists",
    "figures",
    "found_faults",
    "logins",
    "report",
    "seed",
    "tiles",
    "visible_to",
]
