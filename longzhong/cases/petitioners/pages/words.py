"""Colours of levels, moods and states; each means one thing."""

from longzhong.cases.petitioners.rules import FileState, IncidentState, Level, Mood
from longzhong.kit.web.parts import Tone

LEVEL_TONES: dict[str, Tone] = {Level.FREQUENT: "soon", Level.OCCASIONAL: "info", Level.FRIEND: "good"}
MOOD_TONES: dict[str, Tone] = {Mood.CALM: "good", Mood.EXCITED: "soon", Mood.FURIOUS: "late"}
FILE_TONES: dict[str, Tone] = {FileState.OPEN: "info", FileState.CLOSED: "closed", FileState.MERGED: "closed"}
INCIDENT_TONES: dict[str, Tone] = {
    IncidentState.ESCALATED: "late",
    IncidentState.TAKEN: "soon",
    IncidentState.SETTLED: "good",
    IncidentState.WITHDRAWN: "closed",
}
