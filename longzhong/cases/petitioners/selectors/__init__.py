"""Reads of petitioners. `visible_to` (files) and `visible_incidents` are the doors."""

from longzhong.cases.petitioners.selectors.candidates import Candidate, candidates
from longzhong.cases.petitioners.selectors.door import (
    INCIDENT_NOUN,
    NOUN,
    file_of,
    incident_label,
    incident_of,
    incident_title,
    incident_url,
    is_visible,
    is_visible_incident,
    label,
    title,
    url,
    visible_incidents,
    visible_to,
)
from longzhong.cases.petitioners.selectors.files import FileCard, MoodMark, file_card
from longzhong.cases.petitioners.selectors.incidents import desk, units_for
from longzhong.cases.petitioners.selectors.lists import file_numbered, with_homes, with_phone
from longzhong.cases.petitioners.selectors.matching import Match, Whom, files_of, match_person

__all__ = [
    "INCIDENT_NOUN",
    "NOUN",
    "Candidate",
    "FileCard",
    "Match",
    "MoodMark",
    "Whom",
    "candidates",
    "desk",
    "file_card",
    "file_numbered",
    "file_of",
    "files_of",
    "incident_label",
    "incident_of",
    "incident_title",
    "incident_url",
    "is_visible",
    "is_visible_incident",
    "label",
    "match_person",
    "title",
    "units_for",
    "url",
    "visible_incidents",
    "visible_to",
    "with_homes",
    "with_phone",
]
