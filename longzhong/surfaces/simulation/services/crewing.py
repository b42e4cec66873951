"""Repair crews of the demo county: one a station with its people, skills, vehicle and shifts; and the places no car reaches."""

from datetime import datetime, timedelta

from longzhong.dispatch.crews import services as crews
from longzhong.dispatch.crews.services import NewCrew, Reach
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.county import SITES
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, play

SKILLS = (("low_voltage", "metering"), ("low_voltage", "high_voltage"), ("low_voltage", "cable"))
ROADS = ("rough", "road", "foot")
SHIFT_DAYS, SHIFT = 7, timedelta(hours=12)
HARD_PLACES = 6
RELAY_PHONE = 15_420_000_000  # 154 is given out to nobody


def make_crews(scene: Scene) -> int:
    """A crew for each station, on shift round the clock for a week; returns how many were made."""
    made = sum(_crew(scene, number) for number in range(len(scene.county.stations)))
    play(scene.before(days=1), lambda at: _hard_places(scene, at))
    return made


def _crew(scene: Scene, number: int) -> bool:
    at, station = scene.before(days=1), scene.county.stations[number]
    staff = org.staff_ids({register.crew_code(station.code, n) for n in range(register.CREWS_PER_STATION)})
    short = station.name.removesuffix("供电所")
    new = NewCrew(
        number=f"{number + 1:02d}", name=f"{short}抢修班", unit_id=scene.unit(number), skills=SKILLS[number % len(SKILLS)],
        road=ROADS[number % len(ROADS)], lat=round(station.lat, 5), lon=round(station.lon, 5), vehicle=f"鄂F·QX{number + 1:02d}",
    )  # fmt: skip

    def keep(now: datetime) -> int:
        crew = crews.keep_crew(crew=new, by=MACHINE, at=now)
        crews.set_members(crew_id=crew, staff_ids=sorted(staff.values()), by=MACHINE, at=now)
        for turn in range(2 * SHIFT_DAYS):
            starts = scene.morning - SHIFT + turn * SHIFT
            crews.add_shift(crew_id=crew, starts_at=starts, ends_at=starts + SHIFT, by=MACHINE, at=now)
        return crew

    return play(at, keep) is not None


def _hard_places(scene: Scene, at: datetime) -> int:
    """Remote areas are walked to, and have a group leader who relays (S3-15, S3-16)."""
    areas = scene.county.areas
    remote = [n for n in range(len(areas)) if SITES[areas.site[n]] == "remote"] or [
        n for n in range(len(areas)) if SITES[areas.site[n]] == "rural"
    ]
    ids = network.area_ids([areas.code[n] for n in remote[:HARD_PLACES]])
    for n, area in enumerate(sorted(ids.values())):
        foot = n % 2 == 0
        reach = Reach("foot", 40 + 10 * n, "郑组长", str(RELAY_PHONE + n)) if foot else Reach("rough")
        crews.set_access(area_id=area, reach=reach, by=MACHINE, at=at)
    return len(ids)
