"""The demo county: built, lived on day by day and repaired, by public services only."""

from longzhong.surfaces.simulation.services.building import Order, build_county
from longzhong.surfaces.simulation.services.exporting import drop_export
from longzhong.surfaces.simulation.services.furnishing import furnish
from longzhong.surfaces.simulation.services.living import advance
from longzhong.surfaces.simulation.services.repairing import mend
from longzhong.surfaces.simulation.services.teaching import teach_model

__all__ = ["Order", "advance", "build_county", "drop_export", "furnish", "mend", "teach_model"]
