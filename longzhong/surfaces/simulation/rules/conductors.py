"""Wires and transformers (导线与配变): per-kilometre ohms at 20 °C and nameplate losses.

Figures are rounded catalogue values (S11 series and common overhead wires), confidence M: good for a demo county, not for design.
"""

from dataclasses import dataclass
from enum import IntEnum

KVA_SIZES = (50, 100, 200, 315, 400, 630)
NO_LOAD_VOLTS = 400 / 3**0.5  # phase to neutral behind a 10/0.4 kV transformer at tap 0 and 10.0 kV


class Wire(IntEnum):
    """Wires by their row in OHMS_PER_KM."""

    AERIAL_240 = 0
    AERIAL_120 = 1
    AERIAL_70 = 2
    AERIAL_50 = 3
    AERIAL_35 = 4
    AERIAL_25 = 5
    AERIAL_16 = 6
    CABLE_240 = 7
    CABLE_150 = 8
    CABLE_95 = 9
    SERVICE_16 = 10


OHMS_PER_KM: tuple[complex, ...] = (
    0.125 + 0.27j,
    0.253 + 0.29j,
    0.443 + 0.31j,
    0.641 + 0.32j,
    0.868 + 0.33j,
    1.28 + 0.345j,
    1.98 + 0.36j,
    0.125 + 0.077j,
    0.206 + 0.078j,
    0.320 + 0.080j,
    1.15 + 0.085j,
)


@dataclass(frozen=True, slots=True)
class Nameplate:
    """Short-circuit loss in watts and impedance voltage in per cent of a 10/0.4 kV transformer."""

    load_loss_w: int
    uk_pct: float


NAMEPLATES: dict[int, Nameplate] = {
    50: Nameplate(870, 4.0),
    100: Nameplate(1500, 4.0),
    200: Nameplate(2600, 4.0),
    315: Nameplate(3650, 4.0),
    400: Nameplate(4300, 4.0),
    630: Nameplate(6200, 4.5),
}
YYN0_ZERO_SEQUENCE = 8.0  # z0/z1 of a three-limb Yyn0 transformer; Dyn11 is taken as 1


def transformer_ohms(kva: int, dyn11: bool) -> tuple[complex, complex]:
    """(zp, zn) of a transformer seen from its 0.4 kV side, in the terms of rules.flow."""
    plate = NAMEPLATES[kva]
    base = 400.0**2 / (kva * 1000.0)
    r = plate.load_loss_w / (kva * 1000.0) * base
    z = plate.uk_pct / 100.0 * base
    z1 = complex(r, (z * z - r * r) ** 0.5)
    return z1, 0j if dyn11 else (YYN0_ZERO_SEQUENCE - 1.0) / 3.0 * z1


def next_size(kva: float) -> int:
    """The smallest standard size that is at least `kva` (the largest if none is)."""
    return next((size for size in KVA_SIZES if size >= kva), KVA_SIZES[-1])
