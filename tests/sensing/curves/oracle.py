"""The slow oracle: every rule again, slot by slot in plain Python, sharing nothing with the kernel but the words and limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from longzhong.sensing.curves.rules import Limits

T, F, Q = "T", "F", "?"
Day = Sequence[float]
Tails = tuple[int, int]
UNKNOWN: Tails = (0, 255)


@dataclass(frozen=True)
class Told:
    verdict: str
    slots: int
    conf: int
    poss: int
    first: int
    last: int


def f32(value: float) -> float:
    """The nearest float32, as curves and limits are stored."""
    import numpy as np  # noqa: PLC0415  only for rounding

    return float(np.float32(value))


def run_of(states: Sequence[str], good: str, carry: int) -> int:
    best = run = 0
    for slot, state in enumerate(states):
        before = run if slot else carry
        run = before + 1 if state in good else 0
        best = max(best, run)
    return min(best, 96)


def settle(states: Sequence[str], need: int, tails: Tails, *, counted: bool = False) -> Told:
    hits = [slot for slot, state in enumerate(states) if state == T]
    if counted:
        conf, poss = len(hits), sum(state in (T, Q) for state in states)
    else:
        reached = tails[0] >= need
        conf = run_of(states, T, 0 if reached else tails[0])
        poss = run_of(states, T + Q, 0 if reached else min(tails[1], need - 1))
    verdict = "abnormal" if conf >= need else "normal" if poss < need else "undetermined"
    return Told(verdict, len(hits), conf, poss, hits[0] if hits else -1, hits[-1] if hits else -1)


def tail_of(states: Sequence[str]) -> Tails:
    def back(good: str) -> int:
        length = 0
        for state in reversed(states):
            if state not in good:
                break
            length += 1
        return length

    return back(T), back(T + Q)


def more_than(minutes: int) -> int:
    need = 1
    while need * 15 <= minutes:
        need += 1
    return need


def no_less_than(minutes: int) -> int:
    need = 1
    while need * 15 < minutes:
        need += 1
    return need


def voltage_states(u: Day, limits: Limits, wiring: int) -> dict[str, list[str]]:
    low, over = (limits.low_volts_1p, limits.over_volts_1p)
    if wiring == 3:
        low, over = limits.low_volts_3p / math.sqrt(3.0), limits.over_volts_3p / math.sqrt(3.0)
    low, over, dead, top = f32(low), f32(over), f32(limits.dead_volts), f32(limits.ceiling_volts)
    jump, nominal = f32(limits.spike_volts), f32(limits.nominal_volts)
    out: dict[str, list[str]] = {name: [] for name in VOLTAGE_NEEDS}
    bands = ((0.085, 0.115), (1.61, 1.855), (8.5, 11.5), (85.0, 115.0))
    for slot, x in enumerate(u):
        gone = math.isnan(x)
        blind = gone or x < dead or x > top
        before = u[slot - 1] if slot else math.nan
        after = u[slot + 1] if slot < 95 else math.nan
        spike = not gone and x > top
        if not any(math.isnan(v) or v < dead for v in (x, before, after)):
            up = f32(x - before) > jump and f32(x - after) > jump
            down = f32(before - x) > jump and f32(after - x) > jump
            spike = spike or up or down
        out["low_voltage"].append(Q if blind else T if x < low else F)
        out["over_voltage"].append(Q if blind else T if x > over else F)
        out["gap"].append(T if gone else F)
        out["flat"].append(
            F if slot == 0 else Q if gone or math.isnan(before) else T if x == before and x >= dead else F
        )
        out["spike"].append(Q if gone else T if spike else F)
        out["negative"].append(Q if gone else T if x < 0 else F)
        out["zero"].append(Q if gone else T if 0 <= x < dead else F)
        out["multiplier"].append(Q if gone else T if any(a * nominal < x < b * nominal for a, b in bands) else F)
    return out


VOLTAGE_NEEDS = {
    "low_voltage": lambda limits: more_than(limits.low_minutes),
    "over_voltage": lambda limits: more_than(limits.over_minutes),
    "gap": lambda limits: no_less_than(limits.gap_minutes),
    "flat": lambda limits: no_less_than(limits.flat_minutes) - 1,
    "spike": lambda limits: limits.spike_count,
    "negative": lambda limits: limits.negative_count,
    "zero": lambda limits: no_less_than(limits.zero_minutes),
    "multiplier": lambda limits: no_less_than(limits.multiplier_minutes),
}
DOUBTS = ("flat", "spike", "negative", "zero", "multiplier")


def judge_voltage(
    u: Day, limits: Limits, wiring: int, tails: dict[str, Tails]
) -> tuple[dict[str, Told], dict[str, Tails]]:
    states = voltage_states(u, limits, wiring)
    told = {
        kind: settle(states[kind], need(limits), tails.get(kind, UNKNOWN), counted=kind in ("spike", "negative"))
        for kind, need in VOLTAGE_NEEDS.items()
    }
    left = {kind: tail_of(states[kind]) for kind in states}
    left |= {"spike": (0, 0), "negative": (0, 0), "flat": (0, 0)}
    if any(told[kind].verdict == "abnormal" for kind in DOUBTS):
        for kind in ("low_voltage", "over_voltage"):
            told[kind] = Told("undetermined", *list(told[kind].__dict__.values())[1:])
            left[kind] = UNKNOWN
    return told, left


LOAD_NEEDS = {
    "heavy_load": lambda limits: no_less_than(limits.load_minutes),
    "overload": lambda limits: no_less_than(limits.load_minutes),
    "unbalance": lambda limits: no_less_than(limits.unbalance_minutes),
    "neutral": lambda limits: no_less_than(limits.neutral_minutes),
    "dead": lambda limits: no_less_than(limits.dead_minutes),
    "gap": lambda limits: no_less_than(limits.gap_minutes),
    "negative": lambda limits: limits.negative_count,
    "multiplier": lambda limits: no_less_than(limits.multiplier_minutes),
}


def _rate_state(p: float, q: float, amps: list[float], limit: float, rated: float, factor: float) -> str:
    """Three values of "the load rate reaches the limit": limit in kVA, rated in A, factor the least power factor."""
    if not math.isnan(p) and not math.isnan(q):
        return T if p * p + q * q >= limit * limit else F
    if any(not math.isnan(part) and part * part >= limit * limit for part in (p, q)):
        return T
    known = [a for a in amps if not math.isnan(a)]
    if any(a >= rated for a in known):
        return T
    if len(known) == 3:
        return F
    return F if not math.isnan(p) and p * p < (factor * limit) * (factor * limit) else Q


def _unbalance_state(amps: list[float], share: float, gate: float) -> str:
    known = [a for a in amps if not math.isnan(a)]
    if any(x >= gate and x - y > share * x for x in known for y in known):
        return T
    return F if len(known) == 3 else Q


def _neutral_state(volts: list[float], limits: Limits) -> str:
    dead, top = f32(limits.dead_volts), f32(limits.ceiling_volts)
    good = [v for v in volts if dead <= v]
    if any(x - y > limits.neutral_volts and x <= top for x in good for y in good):
        return T
    return F if len([v for v in good if v <= top]) == 3 else Q


def _dead_state(volts: list[float], limits: Limits) -> str:
    dead = f32(limits.dead_volts)
    if any(v >= dead for v in volts):
        return F
    return Q if any(math.isnan(v) for v in volts) else T


def _odd_state(volts: list[float], amps: list[float], p: float, q: float, limits: Limits, kva: float) -> str:
    if math.isnan(p) or math.isnan(q):
        return Q
    s2, most = p * p + q * q, limits.multiplier_max_ratio * kva
    if s2 > most * most:
        return T
    if any(math.isnan(v) for v in (*volts, *amps)):
        return Q
    seen = (volts[0] * amps[0] + volts[1] * amps[1] + volts[2] * amps[2]) / 1000.0
    least = limits.multiplier_min_kva
    if seen < least:
        return T if s2 > 2.25 * least * least else F
    return T if s2 > 2.25 * seen * seen or s2 < 0.25 * seen * seen else F


def load_states(day: dict[str, Day], limits: Limits, kva: float) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {name: [] for name in LOAD_NEEDS}
    rated, pf = kva * (1.0 / (3.0**0.5 * 0.4)), limits.least_power_factor
    came = {
        "i": any(all(not math.isnan(day[f"i{c}"][s]) for c in "abc") for s in range(96)),
        "p": any(not math.isnan(v) for v in day["p"]),
        "q": any(not math.isnan(v) for v in day["q"]),
    }
    for slot in range(96):
        volts, amps = [day[f"u{c}"][slot] for c in "abc"], [day[f"i{c}"][slot] for c in "abc"]
        p, q = day["p"][slot], day["q"][slot]
        gone = {"i": any(math.isnan(a) for a in amps), "p": math.isnan(p), "q": math.isnan(q)}
        out["heavy_load"].append(_rate_state(p, q, amps, limits.heavy_ratio * kva, limits.heavy_ratio * rated, pf))
        out["overload"].append(_rate_state(p, q, amps, limits.overload_ratio * kva, limits.overload_ratio * rated, pf))
        out["unbalance"].append(_unbalance_state(amps, limits.unbalance_ratio, limits.unbalance_gate * rated))
        out["neutral"].append(_neutral_state(volts, limits))
        out["dead"].append(_dead_state(volts, limits))
        missing = any(gone[part] and came[part] for part in came) or not any(came.values())
        out["gap"].append(T if missing else F)
        out["negative"].append(T if any(a < 0 for a in amps) else Q if gone["i"] else F)
        out["multiplier"].append(_odd_state(volts, amps, p, q, limits, kva))
    return out


def judge_load(
    day: dict[str, Day], limits: Limits, kva: float, tails: dict[str, Tails]
) -> tuple[dict[str, Told], dict[str, Tails]]:
    states = load_states(day, limits, kva)
    told = {
        kind: settle(states[kind], need(limits), tails.get(kind, UNKNOWN), counted=kind == "negative")
        for kind, need in LOAD_NEEDS.items()
    }
    left = {kind: tail_of(states[kind]) for kind in states} | {"negative": (0, 0)}
    changed: dict[str, str] = {}
    if told["overload"].verdict == "abnormal":
        changed["heavy_load"] = "undetermined"
    if "abnormal" in (told["negative"].verdict, told["multiplier"].verdict):
        for kind in ("heavy_load", "overload", "unbalance"):
            changed[kind] = "undetermined"
            left[kind] = UNKNOWN
    for kind, verdict in changed.items():
        told[kind] = Told(verdict, *list(told[kind].__dict__.values())[1:])
    return told, left
