"""Reads of expected restoration: what is said of a matter, how it came out, the cards of the models."""

from longzhong.sensing.restorations.models import Estimate, RestorationModel
from longzhong.sensing.restorations.selectors.knowing import (
    Matter,
    features,
    matter_of_order,
    matter_of_outage,
    sensitive,
    weather,
)
from longzhong.sensing.restorations.selectors.saying import (
    Said,
    adoptable,
    card,
    cards,
    estimate_of,
    expected,
    folder,
    installed,
    installed_row,
    latest,
    limits,
    lived,
    say,
    visible_to,
    weather_units,
)

__all__ = [
    "Estimate",
    "Matter",
    "RestorationModel",
    "Said",
    "adoptable",
    "card",
    "cards",
    "estimate_of",
    "expected",
    "features",
    "folder",
    "installed",
    "installed_row",
    "latest",
    "limits",
    "lived",
    "matter_of_order",
    "matter_of_outage",
    "say",
    "sensitive",
    "visible_to",
    "weather",
    "weather_units",
]
