"""What makes a row from outside unusable whatever the register holds: the code of the fault, or None."""

from enum import StrEnum

from longzhong.register.network.rules.rows import AreaRow, FeederRow, MeterRow, SectionRow, SubstationRow
from longzhong.register.network.rules.words import AreaKind, Connection, MeterKind, Phase, SectionKind, Site

Row = SubstationRow | FeederRow | SectionRow | AreaRow | MeterRow

CODE_LONG, NAME_LONG = 40, 80
MOST_KVA = 1_000_000.0
MOST_RATIO = 1_000_000


class Fault(StrEnum):
    CODE = "code_invalid"
    NAME = "name_invalid"
    POSITION = "position_invalid"
    KIND = "kind_unknown"
    KVA = "kva_invalid"
    KV = "kv_invalid"
    PHASE = "phase_unknown"
    WIRING = "wiring_unknown"
    RATIO = "ratio_invalid"


def fault_of(row: Row) -> Fault | None:
    if not _is_text(row.code, CODE_LONG):
        return Fault.CODE
    if isinstance(row, MeterRow):
        return _meter_fault(row)
    if not _is_text(row.name, NAME_LONG):
        return Fault.NAME
    if not isinstance(row, FeederRow) and not _is_place(row.lat, row.lon):
        return Fault.POSITION
    return _own_fault(row)


def _own_fault(row: SubstationRow | FeederRow | SectionRow | AreaRow) -> Fault | None:
    if isinstance(row, AreaRow):
        return _area_fault(row)
    if isinstance(row, SectionRow):
        return None if row.kind in set(SectionKind) else Fault.KIND
    return Fault.KV if isinstance(row, FeederRow) and not 0 < row.kv <= 1000 else None


def _area_fault(row: AreaRow) -> Fault | None:
    """0 kVA is "unknown": kept, and found by the topology check."""
    if not 0 <= row.kva <= MOST_KVA:
        return Fault.KVA
    known = row.connection in set(Connection) and row.site in set(Site) and row.kind in set(AreaKind)
    return None if known else Fault.KIND


def _meter_fault(row: MeterRow) -> Fault | None:
    if row.kind not in set(MeterKind):
        return Fault.KIND
    if row.phase not in set(Phase):
        return Fault.PHASE
    if row.wiring not in (1, 3):
        return Fault.WIRING
    return None if 1 <= row.ratio <= MOST_RATIO else Fault.RATIO


def _is_text(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and text == text.strip() and text.isprintable()


def _is_place(lat: float | None, lon: float | None) -> bool:
    """Both or neither, and on the globe."""
    if lat is None or lon is None:
        return lat is None and lon is None
    return -90 <= lat <= 90 and -180 <= lon <= 180
