"""Writes of curves: readings into the lake, and the scan of a day."""

from longzhong.sensing.curves.services.keeping import keep_readings
from longzhong.sensing.curves.services.scanning import scan_day, scan_due

__all__ = ["keep_readings", "scan_day", "scan_due"]
