"""Curves for tests, drawn in words: `day(220, low(190, 70, 76))` is a quiet day with six low slots."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.curves.rules import KINDS, Limits
from longzhong.sensing.curves.rules.findings import load_found, voltage_found
from longzhong.sensing.curves.rules.judged import unknown_tails
from longzhong.sensing.curves.rules.limits import load_bounds, voltage_bounds
from longzhong.sensing.curves.rules.load import judge_load
from longzhong.sensing.curves.rules.voltage import judge_voltage
from longzhong.sensing.curves.rules.words import LOAD_KINDS, VERDICTS, VOLTAGE_KINDS

Curve = NDArray[np.float32]
NAN = float("nan")


def day(base: float, *parts: tuple[float, int, int], step: float = 0.1) -> Curve:
    """96 slots around `base` (never twice the same value), with parts (value, first, after last) laid over it."""
    curve = np.array([base + (slot % 7) * step for slot in range(96)], dtype=np.float32)
    for value, first, after in parts:
        curve[first:after] = [value + (slot % 5) * step if value > 10 else value for slot in range(first, after)]
    return curve


def clean(kinds: int) -> NDArray[np.uint8]:
    """Tails of a known clean day before."""
    return np.zeros((1, kinds, 2), dtype=np.uint8)


def verdicts_of(
    u: Curve, limits: Limits | None = None, *, wiring: int = 1, before: NDArray[np.uint8] | None = None
) -> dict[str, str]:
    """Verdict by kind of one voltage curve; the day before is clean unless told otherwise."""
    bounds = voltage_bounds([limits or Limits()])
    which = np.array([int(wiring == 3)])
    judged = judge_voltage(u[None, :], which, bounds, clean(8) if before is None else before)
    return {kind.value: VERDICTS[v].value for kind, v in zip(VOLTAGE_KINDS, judged.verdict[0], strict=True)}


def area_day(**changed: Curve) -> dict[str, Curve]:
    """A calm three-phase area day: 230 V, 60 A a phase, p and q to match; some curves replaced."""
    base = {f"u{c}": day(230 + n) for n, c in enumerate("abc")} | {f"i{c}": day(60 + n) for n, c in enumerate("abc")}
    seen = sum(base[f"u{c}"] * base[f"i{c}"] for c in "abc") / 1000
    base |= {"p": (0.95 * seen).astype(np.float32), "q": (0.3 * seen).astype(np.float32)}
    return base | changed


def with_load(share: Mapping[tuple[int, int], float] | float, kva: float = 200.0) -> dict[str, Curve]:
    """An area day whose apparent power is a share of kva (by slots), currents to match."""
    shares = np.full(96, share if isinstance(share, float) else 0.4, dtype=np.float64)
    if not isinstance(share, float):
        for (first, after), value in share.items():
            shares[first:after] = value
    s = shares * kva
    amps = s * 1000 / (3 * 230)
    curves = {f"u{c}": day(230 + n) for n, c in enumerate("abc")} | {f"i{c}": amps.astype(np.float32) for c in "abc"}
    return curves | {"p": (s * 0.8).astype(np.float32), "q": (s * 0.6000001).astype(np.float32)}


def load_verdicts(
    curves: Mapping[str, Curve],
    kva: float = 200.0,
    limits: Limits | None = None,
    *,
    before: NDArray[np.uint8] | None = None,
) -> dict[str, str]:
    bounds = load_bounds([limits or Limits()])
    stacked = {name: curve[None, :] for name, curve in curves.items()}
    judged = judge_load(stacked, np.array([kva]), np.array([0]), bounds, clean(8) if before is None else before)
    names = [*(verdict.value for verdict in VERDICTS), "unjudged"]
    return {kind.value: names[v] for kind, v in zip(LOAD_KINDS, judged.verdict[0], strict=True)}


def details(
    u: Curve, limits: Limits | None = None, *, before: NDArray[np.uint8] | None = None
) -> dict[str, dict[str, float]]:
    """Every finding of one voltage curve with its numbers, by kind."""
    bounds, which = voltage_bounds([limits or Limits()]), np.array([0])
    tails = unknown_tails(1, 8) if before is None else before
    judged = judge_voltage(u[None, :], which, bounds, tails)
    return _by_kind(voltage_found(u[None, :], which, bounds, tails, judged, every=True))


def load_details(curves: Mapping[str, Curve], kva: float = 200.0) -> dict[str, dict[str, float]]:
    bounds, which, tails = load_bounds([Limits()]), np.array([0]), clean(8)
    stacked = {name: curve[None, :] for name, curve in curves.items()}
    judged = judge_load(stacked, np.array([kva]), which, bounds, tails)
    return _by_kind(load_found(stacked, np.array([kva]), which, bounds, tails, judged, every=True))


def _by_kind(found: object) -> dict[str, dict[str, float]]:
    names = ("verdict", "slots", "conf", "poss", "worst", "first", "last")
    columns = [getattr(found, name).tolist() for name in ("kind", *names)]
    return {KINDS[row[0]].value: dict(zip(names, row[1:], strict=True)) for row in zip(*columns, strict=True)}
