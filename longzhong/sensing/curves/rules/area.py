"""From meters to areas (台区归集): what the meters of an area say together about a day, and who is silent.

台区低电压: at least `area_min_meters` meters abnormal, or the outlet itself. A day is normal only if no meter is abnormal,
every meter that was abnormal in the window is normal again, and nearly all meters are normal; else it is undetermined.

停运 (dead) is cross-checked: an area meter without voltage is a dead area only in slots in which no customer has voltage;
with living customers it is the area meter that fails. Missing readings alone never make an area dead: the whole area
silent may be its terminal, so that stays undetermined (REFERENCE §4.2, STACK "Curves").
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules.judged import Judged
from longzhong.sensing.curves.rules.limits import Limits
from longzhong.sensing.curves.rules.load import DEAD, NEUTRAL
from longzhong.sensing.curves.rules.voltage import FLAT, LEVELS, MULTIPLIER, NEGATIVE, SPIKE, ZERO
from longzhong.sensing.curves.rules.words import ABNORMAL, NORMAL, SLOTS, UNDETERMINED, UNJUDGED

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
SEVERITY = np.array([0, 2, 1, 0])  # of verdict numbers: abnormal over undetermined over normal
VERDICT_OF = np.array([NORMAL, UNDETERMINED, ABNORMAL])


@dataclass(frozen=True)
class AreaTally:
    """Per area: meters that were judged, and how many of them abnormal, normal, and once abnormal but not normal now."""

    meters: Ints
    abnormal: Ints
    normal: Ints
    unproven: Ints
    outlet_abnormal: Bools


def by_meter(verdict: NDArray[np.uint8], starts: Ints) -> Ints:
    """Worst verdict of each meter over its phases; rows of a meter are adjacent, `starts` are the first ones."""
    severity = np.maximum.reduceat(SEVERITY[verdict], starts) if len(starts) else np.zeros(0, dtype=np.int64)
    return np.asarray(VERDICT_OF[severity], dtype=np.int64)


def tally(areas: int, area_of: Ints, verdict: Ints, suspect: Bools, outlet: Bools) -> AreaTally:
    """Count meters by area. All but `areas` are per meter: area number, verdict, abnormal before, is the area's own meter."""

    def count(chosen: Bools) -> Ints:
        return np.bincount(area_of[chosen], minlength=areas).astype(np.int64)

    abnormal = verdict == ABNORMAL
    return AreaTally(
        meters=count(np.ones(len(verdict), dtype=bool)),
        abnormal=count(abnormal),
        normal=count(verdict == NORMAL),
        unproven=count(suspect & (verdict != NORMAL)),
        outlet_abnormal=count(outlet & abnormal) > 0,
    )


def area_verdict(counts: AreaTally, limits: Limits) -> Ints:
    """Verdict number of every area; UNJUDGED where no meter was judged."""
    abnormal = (counts.abnormal >= limits.area_min_meters) | counts.outlet_abnormal
    normal = (counts.abnormal == 0) & (counts.unproven == 0) & (counts.normal >= limits.normal_share * counts.meters)
    verdict = np.where(abnormal, ABNORMAL, np.where(normal, NORMAL, UNDETERMINED))
    return np.asarray(np.where(counts.meters == 0, UNJUDGED, verdict), dtype=np.int64)


def reconcile(voltage: Judged, load: Judged) -> None:
    """One meter, two views, in place: `voltage` holds three rows (phases) a meter, `load` one.

    A dead area explains its zero values; a phase that can't be believed makes the neutral's verdict undetermined.
    """
    phases = voltage.verdict.reshape(len(load.verdict), 3, -1)
    dead = load.verdict[:, DEAD] == ABNORMAL
    phases[dead, :, ZERO] = UNDETERMINED
    for level in LEVELS:
        phases[dead, :, level] = UNDETERMINED
    doubtful = (phases[:, :, (FLAT, SPIKE, NEGATIVE, MULTIPLIER)] == ABNORMAL).any(axis=(1, 2))
    load.verdict[doubtful, NEUTRAL] = UNDETERMINED


def cross_check_dead(
    phases: NDArray[np.float32], living: Ints, dead_volts: float, nominal: float
) -> NDArray[np.float32]:
    """Voltages (n, 3, 96) of area meters for the question of supply: where a customer of the area lives, so does the area."""
    dark = (phases < np.float32(dead_volts)) | np.isnan(phases)
    lives = (living > 0)[:, None, :] & dark
    return np.where(lives, np.float32(nominal), phases)


def silent_together(area_seen: Bools, customers_seen: Ints, customers: Ints, limits: Limits) -> Bools:
    """Areas whose own meter and nearly all customers sent nothing all day: one cause, not many bad meters."""
    silent = customers - customers_seen >= limits.silent_share * customers
    return ~area_seen & silent & (customers > 0)


def hourly(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Mean of each hour (n, 24) of 96 slots, NaN where the hour has no reading."""
    hours = values.reshape(len(values), SLOTS // 4, 4)
    known = ~np.isnan(hours)
    total = np.where(known, hours, 0.0).sum(axis=2)
    counts = known.sum(axis=2)
    return np.asarray(np.divide(total, counts, out=np.full(total.shape, np.nan), where=counts > 0), dtype=np.float32)
