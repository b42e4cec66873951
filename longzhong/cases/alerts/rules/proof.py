"""When a repair is proved (数据验证): by following days that were clean *under comparable load*.

A day without the symptom proves something only if the load that causes it was there again: it counts when the day's relevant load
(for photovoltaic over-voltage: the export) reached a share of what it was at the finding; otherwise the day is undetermined. A gap
never counts, for or against. After too many days without a conclusion the alert is *unproven* and a person decides. So an
unrepaired area in mild weather is never verified.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayProof(StrEnum):
    CLEAN = "clean"
    ABNORMAL = "abnormal"
    UNDETERMINED = "undetermined"
    LIGHT_LOAD = "light_load"


class Conclusion(StrEnum):
    WAIT = "wait"
    VERIFIED = "verified"
    FAILED = "failed"
    UNPROVEN = "unproven"


@dataclass(frozen=True)
class ProofLimits:
    """Policies `alerts.*`: clean days needed, share of the load at the finding, days until a person decides."""

    clean_days: int = 2
    load_share: float = 0.8
    unproven_days: int = 10


@dataclass(frozen=True)
class Measured:
    """One day after the repair: the curves' verdict, and its relevant load in kW (None: not measured)."""

    day: date
    verdict: str
    load_kw: float | None


def proof_of_day(measured: Measured, base_load_kw: float | None, limits: ProofLimits) -> DayProof:
    """What one day proves. Without a base load (dead meters, data quality) a normal day is clean as it is."""
    if measured.verdict == "abnormal":
        return DayProof.ABNORMAL
    if measured.verdict != "normal":
        return DayProof.UNDETERMINED
    if base_load_kw is None:
        return DayProof.CLEAN
    if measured.load_kw is None:
        return DayProof.UNDETERMINED
    return DayProof.CLEAN if measured.load_kw >= limits.load_share * base_load_kw else DayProof.LIGHT_LOAD


def conclude(days: Sequence[DayProof], limits: ProofLimits) -> Conclusion:
    """The conclusion from the days since the repair, in order; one abnormal day is enough to send the work back."""
    if DayProof.ABNORMAL in days:
        return Conclusion.FAILED
    if days.count(DayProof.CLEAN) >= limits.clean_days:
        return Conclusion.VERIFIED
    return Conclusion.UNPROVEN if len(days) >= limits.unproven_days else Conclusion.WAIT
