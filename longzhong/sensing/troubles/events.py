"""What troubles tell."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class TroubleMoved:
    """A probable outage was found (verb "find") or took a step; who hears it reads the state of now.

    `outage_id`: the registered outage that it became or that explains it.
    """

    trouble_id: int
    verb: str
    state: str
    level: str
    unit_id: int | None
    outage_id: int | None
    at: datetime
