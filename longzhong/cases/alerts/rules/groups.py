"""Groups of kinds that are governed and counted together (seed S0-32, S0-33; REFERENCE §4.2)."""

from longzhong.sensing.curves.rules import QUALITY, Kind

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "voltage_load": (
        "过/低电压、重过载",
        (Kind.LOW_VOLTAGE.value, Kind.OVER_VOLTAGE.value, Kind.HEAVY_LOAD.value, Kind.OVERLOAD.value),
    ),
    "unbalance": ("三相不平衡", (Kind.UNBALANCE.value,)),
    "supply": ("停运与零线", (Kind.DEAD.value, Kind.NEUTRAL.value)),
    "metering": ("计量与采集", tuple(kind.value for kind in QUALITY)),
}
