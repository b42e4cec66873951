"""Who governs the demo county's complaints: its desk, offices, departments, leaders, and the people of a station."""

from dataclasses import dataclass
from datetime import date

from longzhong.kit.actor import Actor, Scope
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.codes import unit_code
from longzhong.surfaces.simulation.rules.county import County, Station
from longzhong.surfaces.simulation.services.persons import person

DEPARTMENTS = {
    "quality": register.OPERATIONS, "outage": register.OPERATIONS, "service": register.MARKETING,
    "business": register.MARKETING, "discipline": register.MARKETING, "grid": register.PROJECTS,
}  # fmt: skip
REVIEWER = {register.OPERATIONS: "dept", register.MARKETING: "dept2", register.PROJECTS: "dept3"}
PANEL = ("dept4", "dept5", "quality3", "leader", "dept", "dept2", "dept3")


@dataclass(frozen=True)
class Team:
    """A station's people, as far as complaints go; `accused` ids by what is complained of."""

    unit: int
    head: Actor
    clerk: Actor
    crew: Actor
    second: int

    def accused(self, category: str) -> int:
        """Whom a complaint of this category is about."""
        hall = category.rpartition(".")[2].startswith("hall") or category.startswith("report")
        return int(self.clerk.staff_id or 0) if hall else self.second

    def handler(self, about: int | None) -> Actor:
        """Who investigates: the clerk, unless it is about them."""
        return self.crew if about == self.clerk.staff_id else self.clerk


@dataclass(frozen=True)
class Cast:
    """People of the county's offices as actors of the whole county, by staff code; `units` by unit code."""

    county: County
    units: dict[str, int]
    people: dict[str, Actor]

    def __getitem__(self, code: str) -> Actor:
        return self.people[code]

    @property
    def stations(self) -> dict[int, Station]:
        """The county's stations by unit."""
        return {self.units[unit_code(one.code)]: one for one in self.county.stations}

    def department(self, topic: str) -> tuple[int, Actor]:
        """The professional department of a topic with its reviewer."""
        code = DEPARTMENTS.get(topic, register.MARKETING)
        return self.units[code], self.people[REVIEWER[code]]

    def panel(self, reviewer: Actor) -> list[Actor]:
        """Who may sit on panels, one after another."""
        return [self.people[code] for code in PANEL if self.people[code] is not reviewer]

    def team(self, unit_id: int) -> Team:
        """The people of a station."""
        station = self.stations[unit_id]
        codes = [register.clerk_code(station.code), *(register.crew_code(station.code, n) for n in range(2))]
        codes.append(register.head_code(station.code))
        clerk, crew, second, head = (org.staff_ids(codes)[code] for code in codes)
        return Team(unit_id, person(head, "station", unit_id), person(clerk, "desk", unit_id),
                    person(crew, "crew", unit_id), second)  # fmt: skip


def cast_of(county: County, day: date) -> Cast:
    """Everybody of the county's offices on a day."""
    wanted = {code: role for code, _unit, _title, role in register.COUNTY_STAFF}
    codes = {register.COUNTY, *(code for code, _name, _kind in register.OFFICES)}
    units = org.unit_ids(codes | {unit_code(one.code) for one in county.stations})
    top = units[register.COUNTY]
    everywhere = frozenset({top, *org.descendants(top, day)})
    staff = org.staff_ids(set(wanted))
    names = org.staff_names(staff.values())
    people = {
        code: Actor(None, staff[code], names[staff[code]], (Scope(str(role), everywhere),))
        for code, role in wanted.items()
    }
    return Cast(county, units, people)
