"""Files of outages: the 95598 table as a workbook."""

from longzhong.sensing.outages.engines.sheets import read_sheet

__all__ = ["read_sheet"]
