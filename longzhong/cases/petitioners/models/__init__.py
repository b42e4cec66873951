"""Petitioners as rows: the file of a person with phones, homes and occasions, script runs, incidents at the window."""

from longzhong.cases.petitioners.models.files import Petitioner, PetitionerPhone, Residence, Rest
from longzhong.cases.petitioners.models.incidents import Incident
from longzhong.cases.petitioners.models.occasions import Occasion, ScriptRun, ScriptStep

__all__ = ["Incident", "Occasion", "Petitioner", "PetitionerPhone", "Residence", "Rest", "ScriptRun", "ScriptStep"]
