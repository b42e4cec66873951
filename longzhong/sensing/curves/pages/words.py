"""Who reads the pages of curves, and how their values are written."""

from longzhong.sensing.curves.rules import Kind

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
BY_SHARE = (Kind.HEAVY_LOAD, Kind.OVERLOAD, Kind.UNBALANCE)


def worst_words(kind: str, worst: float | None) -> str:
    """The worst value with its unit: loads and unbalance in %, voltages in V."""
    return "–" if worst is None else f"{worst:.1f} {'%' if kind in BY_SHARE else 'V'}"
