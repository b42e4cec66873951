"""Two machines: the file of a person (老上访档案), and an incident at the window (窗口“灭火”, S0-17).

A file is opened, closed, merged and opened again only by a person, with a reason. An incident has one owner from the
moment somebody takes it over; who called for help doesn't take over from themselves.
"""

from enum import StrEnum

from longzhong.kit.machine import Machine, Move

READERS = ("desk", "station", "quality")  # sensitive: nobody else opens a file (PIPL 28: need to know)
WRITERS = ("desk", "station", "quality")
HEADS = ("station", "quality")  # whoever merges, and reopens


class FileState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class IncidentState(StrEnum):
    ESCALATED = "escalated"
    TAKEN = "taken"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


LIVE = (IncidentState.ESCALATED, IncidentState.TAKEN)

FILE = Machine(
    "petitioners.file",
    FileState,
    (
        Move("close", (FileState.OPEN,), FileState.CLOSED, WRITERS, ("reason",), "归档"),
        Move("reopen", (FileState.CLOSED,), FileState.OPEN, HEADS, ("reason",), "重新启用"),
        Move("merge", (FileState.OPEN, FileState.CLOSED), FileState.MERGED, HEADS, ("reason",), "并入另一份"),
    ),
)
_I = IncidentState

INCIDENT = Machine(
    "petitioners.incident",
    IncidentState,
    (
        Move("take", (_I.ESCALATED,), _I.TAKEN, WRITERS, (), "我来接手"),
        Move("release", (_I.TAKEN,), _I.ESCALATED, WRITERS, ("reason",), "换人接手"),
        Move("settle", (_I.TAKEN,), _I.SETTLED, WRITERS, ("outcome",), "已平复"),
        Move("withdraw", (_I.ESCALATED,), _I.WITHDRAWN, WRITERS, ("reason",), "撤回呼叫"),
    ),
)
