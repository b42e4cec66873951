"""The network as rows: lines (substation, feeder, section) and places of use (area, meter)."""

from longzhong.register.network.models.areas import Area, AreaGrid, Meter, MeterArea
from longzhong.register.network.models.lines import Feeder, Section, Substation

__all__ = ["Area", "AreaGrid", "Feeder", "Meter", "MeterArea", "Section", "Substation"]
