"""Writes of troubles. Machines call `hear_signals`, `hear_no_power`, `regroup`; people come through `take_step`, `hear_once`."""

from longzhong.sensing.troubles.rules import Given, NewSignal, NoPower
from longzhong.sensing.troubles.services.correcting import merge, move_signals, split
from longzhong.sensing.troubles.services.deciding import close_old, confirm, dismiss, follow_outage
from longzhong.sensing.troubles.services.grouping import regroup
from longzhong.sensing.troubles.services.hearing import hear_no_power, hear_signals
from longzhong.sensing.troubles.services.stepping import hear_once, take_step

__all__ = [
    "Given",
    "NewSignal",
    "NoPower",
    "close_old",
    "confirm",
    "dismiss",
    "follow_outage",
    "hear_no_power",
    "hear_once",
    "hear_signals",
    "merge",
    "move_signals",
    "regroup",
    "split",
    "take_step",
]
