"""Rules of the weekly bulletin, the voice of the customer, the four sentences of repair, and the shared feed."""

from longzhong.assessment.bulletins.rules.figures import FIGURES, PRESSED, Figure, FigureRow, Limits, Tally, tally
from longzhong.assessment.bulletins.rules.machine import (
    EDITORS,
    MACHINE,
    READERS,
    STATE_LABELS,
    UNIT_HEADS,
    State,
)
from longzhong.assessment.bulletins.rules.rising import Rising, RisingLimits, rising
from longzhong.assessment.bulletins.rules.stages import STAGES, Stage, StageFigure, stage_figure
from longzhong.assessment.bulletins.rules.weeks import monday, until, weeks_due

__all__ = [
    "EDITORS",
    "FIGURES",
    "MACHINE",
    "PRESSED",
    "READERS",
    "STAGES",
    "STATE_LABELS",
    "UNIT_HEADS",
    "Figure",
    "FigureRow",
    "Limits",
    "Rising",
    "RisingLimits",
    "Stage",
    "StageFigure",
    "State",
    "Tally",
    "monday",
    "rising",
    "stage_figure",
    "tally",
    "until",
    "weeks_due",
]
