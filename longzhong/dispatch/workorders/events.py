"""The one fact of work orders: an order took a step."""

from dataclasses import dataclass
from datetime import datetime

from longzhong.kit.events import fact


@fact
@dataclass(frozen=True, kw_only=True)
class OrderMoved:
    """An order was opened (verb "open") or took a step; `state` is where it stands since.

    `owner_id` is who has it in hand, `cause` the label of what it was opened for.
    """

    order_id: int
    number: str
    cause: str
    kind: str
    verb: str
    state: str
    area_id: int | None
    unit_id: int
    grid_id: int | None
    owner_id: int | None
    at: datetime
