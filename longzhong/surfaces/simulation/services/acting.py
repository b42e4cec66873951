"""Who does what in the scenes of the demo county: demo logins, heads of stations, and how a scene is played at its moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from longzhong.dispatch.matters.services import Upload
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.access import selectors as access
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.gateways.papers import sheet
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.codes import unit_code
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.services.persons import person

log = structlog.get_logger(__name__)
MACHINE = Actor.machine("simulation.scenes")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Scene:
    """The county on the morning after its last night, and the cell whose manager is the demo's grid login."""

    county: County
    own_cell: int
    morning: datetime

    @property
    def own_station(self) -> int:
        return self.county.cells[self.own_cell].station

    def before(self, *, days: float = 0, minutes: float = 0) -> datetime:
        return self.morning - timedelta(days=days, minutes=minutes)

    def unit(self, station: int) -> int:
        """A station's unit."""
        code = unit_code(self.county.stations[station].code)
        return org.unit_ids({code})[code]

    def login(self, code: str) -> Actor:
        """A demo login of the county's offices (desk, quality, dept, leader)."""
        staff = org.staff_ids({code})[code]
        return access.actor_of(access.users_of_staff([staff])[staff], self.morning)

    def own_head(self) -> Actor:
        """The station login: the head of the grid login's station."""
        return self.login(register.head_code(self.county.stations[self.own_station].code))

    def head(self, unit_id: int) -> Actor:
        """The head of any station, without a login where the demo has none."""
        return person(org.head_of(unit_id, self.morning.date())[0], "station", unit_id)


def play(at: datetime, act: Callable[[datetime], Out]) -> Out | None:
    """Do it at its moment and let everybody hear of it; a small county where the rules refuse it goes without (logged)."""
    with clock.frozen(at):
        try:
            out = act(at)
        except Refused as refusal:
            log.info("scene_left_out", code=refusal.code, facts=str(refusal.facts))
            return None
        deliver_all()
        return out


def paper(name: str) -> Upload:
    """A picture as evidence."""
    return Upload("photo", f"{name}.jpg", sheet())


def key_of(what: str, number: Any = "") -> str:
    """The client key of a scene's deed: the same scene twice is one deed."""
    return f"scene-{what}-{number}".ljust(8, "-")[:64]
