"""Writes of expected restoration: say it at a stage, learn how it came out, adopt it, train, note the weather."""

from longzhong.sensing.restorations.services.saying import adopt, follow_order, follow_outage, note_weather, tie
from longzhong.sensing.restorations.services.training import train

__all__ = ["adopt", "follow_order", "follow_outage", "note_weather", "tie", "train"]
