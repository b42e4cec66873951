"""What may be done with petitioners: files, occasions, the script, incidents at the window."""

from longzhong.cases.petitioners.services.candidates import open_from_call, rest_candidate
from longzhong.cases.petitioners.services.erasing import erase_due
from longzhong.cases.petitioners.services.files import (
    NewFile,
    add_phone,
    change_level,
    close_file,
    end_phone,
    open_file,
    reopen_file,
)
from longzhong.cases.petitioners.services.following import follow_call, follow_case
from longzhong.cases.petitioners.services.homes import NewHome, moved
from longzhong.cases.petitioners.services.incidents import NewIncident, escalate, move_incident
from longzhong.cases.petitioners.services.looks import look, reveal
from longzhong.cases.petitioners.services.merging import merge_files
from longzhong.cases.petitioners.services.occasions import NewOccasion, detach_occasion, note_occasion
from longzhong.cases.petitioners.services.rotation import reseal_some
from longzhong.cases.petitioners.services.scripts import end_script, log_step, start_script

__all__ = [
    "NewFile",
    "NewHome",
    "NewIncident",
    "NewOccasion",
    "add_phone",
    "change_level",
    "close_file",
    "detach_occasion",
    "end_phone",
    "end_script",
    "erase_due",
    "escalate",
    "follow_call",
    "follow_case",
    "log_step",
    "look",
    "merge_files",
    "move_incident",
    "moved",
    "note_occasion",
    "open_file",
    "open_from_call",
    "reopen_file",
    "reseal_some",
    "rest_candidate",
    "reveal",
    "start_script",
]
