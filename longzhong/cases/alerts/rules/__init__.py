"""The rules of alerts: when one is raised, how urgent it is, and when a repair is proved."""

from longzhong.cases.alerts.rules.groups import GROUPS
from longzhong.cases.alerts.rules.levels import Behind, Level, Ranking, rank
from longzhong.cases.alerts.rules.machine import CLOSED, LIVE, MACHINE, PERSONS, READERS, State
from longzhong.cases.alerts.rules.proof import Conclusion, DayProof, Measured, ProofLimits, conclude, proof_of_day
from longzhong.cases.alerts.rules.raising import Quiet, RaiseLimits, Sighting, reason_not_to_raise

__all__ = [
    "CLOSED",
    "GROUPS", "LIVE", "MACHINE", "PERSONS",
    "READERS", "Behind", "Conclusion", "DayProof", "Level", "Measured", "ProofLimits", "Quiet",
    "RaiseLimits", "Ranking",
    "Sighting", "State", "conclude", "proof_of_day", "rank", "reason_not_to_raise",
]  # fmt: skip
