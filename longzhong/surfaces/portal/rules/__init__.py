"""What the portal may say, how often it may be asked, and what a customer reports; plain Python."""

from longzhong.surfaces.portal.rules.answers import Answer, Known, answer_for, nothing_known
from longzhong.surfaces.portal.rules.codes import (
    CODE_LENGTH,
    KEY_LENGTH,
    code_of,
    is_code,
    key_fits,
    normal_code,
    shown_code,
)
from longzhong.surfaces.portal.rules.faults import FAULTS, HAZARD_WORDS, Fault, FaultKind, Report, report_text
from longzhong.surfaces.portal.rules.limits import ASK_LIMITS, AskKind, PortalLimits
from longzhong.surfaces.portal.rules.people import short_name, surname_of
from longzhong.surfaces.portal.rules.places import MOST_QUERY, PlaceKind, asked_words, client_address, client_net
from longzhong.surfaces.portal.rules.stages import ENDED, STARS, stage_words

READERS = ("quality", "station", "leader", "desk", "auditor")
"""Who reads what customers said of the service."""

__all__ = [
    "ASK_LIMITS",
    "CODE_LENGTH",
    "ENDED",
    "FAULTS",
    "HAZARD_WORDS",
    "KEY_LENGTH",
    "MOST_QUERY",
    "READERS",
    "STARS",
    "Answer",
    "AskKind",
    "Fault",
    "FaultKind",
    "Known",
    "PlaceKind",
    "PortalLimits",
    "Report",
    "answer_for",
    "asked_words",
    "client_address",
    "client_net",
    "code_of",
    "is_code",
    "key_fits",
    "normal_code",
    "nothing_known",
    "report_text",
    "short_name",
    "shown_code",
    "stage_words",
    "surname_of",
]
