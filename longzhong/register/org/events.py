"""What happens in the organisation that others must know."""

from dataclasses import dataclass
from datetime import date, datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class GridsMoved:
    """Grid cells went to another station from a day on; whoever keeps the station of a cell's things asks again."""

    grid_ids: tuple[int, ...]
    from_on: date
    at: datetime


@fact
@dataclass(frozen=True, kw_only=True)
class PostsMoved:
    """These people took or left a post, or somebody stands in for them, from a day on; whoever expects a person asks again."""

    staff_ids: tuple[int, ...]
    from_on: date
    at: datetime
