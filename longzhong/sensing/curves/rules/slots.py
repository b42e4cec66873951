"""What makes one slot abnormal (逐点判据): the only copy of every formula.

Each works on a number and on a NumPy array alike, so the compiled kernels, the NumPy fallback and the details of findings
all use these. Missing is NaN and every comparison with NaN is false; where a slot is unknown, a second function says so
(it may also answer yes for a slot that is certainly true: possible = true or unknown).

No root and no division: p² + q² >= (limit·S)², and Imax − Imin > k·Imax as "some pair of phases differs so much".
"""

# ruff: noqa: PLR0124  x != x is how a kernel asks for NaN
from typing import Any

from longzhong.sensing.curves.rules.bits import twofold

# ---- one voltage curve, phase to neutral, V


@twofold
def voltage_blind(u: Any, dead: Any, ceiling: Any) -> Any:
    """The slot says nothing about the voltage level: missing, no voltage, or impossible."""
    return (u != u) | (u < dead) | (u > ceiling)


@twofold
def voltage_low(u: Any, dead: Any, low: Any) -> Any:
    return (u >= dead) & (u < low)


@twofold
def voltage_over(u: Any, over: Any, ceiling: Any) -> Any:
    return (u > over) & (u <= ceiling)


@twofold
def missing(x: Any) -> Any:
    return x != x


@twofold
def voltage_zero(u: Any, dead: Any) -> Any:
    return (u >= 0.0) & (u < dead)


@twofold
def repeats(u: Any, before: Any, dead: Any) -> Any:
    """Exactly the value of the slot before; no voltage is another matter."""
    return (u == before) & (u >= dead)


@twofold
def spikes(u: Any, before: Any, after: Any, dead: Any, jump: Any) -> Any:
    """Far above or far below both neighbours, which are alive."""
    alive = (u >= dead) & (before >= dead) & (after >= dead)
    return alive & (((u - before > jump) & (u - after > jump)) | ((before - u > jump) & (after - u > jump)))


@twofold
def impossible(u: Any, ceiling: Any) -> Any:
    return u > ceiling


@twofold
def wrong_multiplier(u: Any, nominal: Any) -> Any:
    """Looks like nominal voltage times 0.1, √3 (line instead of phase), 10 or 100, within 15 % (√3: 7 %)."""
    tenth = (u > 0.085 * nominal) & (u < 0.115 * nominal)
    line = (u > 1.61 * nominal) & (u < 1.855 * nominal)
    tenfold = (u > 8.5 * nominal) & (u < 11.5 * nominal)
    hundredfold = (u > 85.0 * nominal) & (u < 115.0 * nominal)
    return tenth | line | tenfold | hundredfold


# ---- the eight curves of an area meter: V, A, kW, kvar; `rated` kVA and `rated_amps` of the transformer


@twofold
def loaded(p: Any, q: Any, ia: Any, ib: Any, ic: Any, power: Any, amps: Any) -> Any:
    """Load rate reaches a limit (power = limit·S, amps = limit·I_N). Without p or q the greatest phase current decides."""
    partly = (p != p) | (q != q)
    least = power * power
    return (p * p + q * q >= least) | (
        partly & ((p * p >= least) | (q * q >= least) | (ia >= amps) | (ib >= amps) | (ic >= amps))
    )


@twofold
def load_blind(p: Any, q: Any, ia: Any, ib: Any, ic: Any, floor: Any) -> Any:
    """The load rate could reach a limit for all that is known. Without q, p below `floor` (limit·S·least power factor)
    tells enough."""
    partly = (p != p) | (q != q)
    return partly & ((ia != ia) | (ib != ib) | (ic != ic)) & ((p != p) | (p * p >= floor * floor))


@twofold
def skewed(x: Any, y: Any, ratio: Any, gate: Any) -> Any:
    """Phase x carries enough load and y is further below it than the share allows."""
    return (x >= gate) & (x - y > ratio * x)


@twofold
def unbalanced(ia: Any, ib: Any, ic: Any, ratio: Any, gate: Any) -> Any:
    ab = skewed(ia, ib, ratio, gate) | skewed(ib, ia, ratio, gate)
    bc = skewed(ib, ic, ratio, gate) | skewed(ic, ib, ratio, gate)
    return ab | bc | skewed(ia, ic, ratio, gate) | skewed(ic, ia, ratio, gate)


@twofold
def any_missing(a: Any, b: Any, c: Any) -> Any:
    return (a != a) | (b != b) | (c != c)


@twofold
def apart(x: Any, y: Any, spread: Any, dead: Any, ceiling: Any) -> Any:
    return (x - y > spread) & (y >= dead) & (x <= ceiling)


@twofold
def spread_out(a: Any, b: Any, c: Any, spread: Any, dead: Any, ceiling: Any) -> Any:
    """Two live phases differ so much as only a broken neutral explains (零线断线)."""
    ab = apart(a, b, spread, dead, ceiling) | apart(b, a, spread, dead, ceiling)
    bc = apart(b, c, spread, dead, ceiling) | apart(c, b, spread, dead, ceiling)
    return ab | bc | apart(a, c, spread, dead, ceiling) | apart(c, a, spread, dead, ceiling)


@twofold
def any_blind(a: Any, b: Any, c: Any, dead: Any, ceiling: Any) -> Any:
    return voltage_blind(a, dead, ceiling) | voltage_blind(b, dead, ceiling) | voltage_blind(c, dead, ceiling)


@twofold
def all_dead(a: Any, b: Any, c: Any, dead: Any) -> Any:
    return (a < dead) & (b < dead) & (c < dead)


@twofold
def none_alive(a: Any, b: Any, c: Any, dead: Any) -> Any:
    """No phase is known to be alive: certainly or possibly without supply (停运)."""
    return ((a != a) | (a < dead)) & ((b != b) | (b < dead)) & ((c != c) | (c < dead))


@twofold
def any_negative(a: Any, b: Any, c: Any) -> Any:
    return (a < 0.0) | (b < 0.0) | (c < 0.0)


@twofold
def apparent(ua: Any, ub: Any, uc: Any, ia: Any, ib: Any, ic: Any) -> Any:
    """Sum of u·i, kVA."""
    return (ua * ia + ub * ib + uc * ic) / 1000.0


@twofold
def mismatched(p: Any, q: Any, seen: Any, least: Any, most: Any) -> Any:
    """Power and u·i (`seen`, kVA) tell different stories by more than half, or power is beyond what can be carried."""
    s2 = p * p + q * q
    odd = (seen >= least) & ((s2 > 2.25 * seen * seen) | (s2 < 0.25 * seen * seen))
    idle = (seen < least) & (s2 > 2.25 * least * least)
    return odd | idle | (s2 > most * most)
