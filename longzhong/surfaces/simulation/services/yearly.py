"""Two years of complaints of the demo county: walked through governance, appealed against and put right, as its people would."""

from datetime import datetime, timedelta

from longzhong.kit.clock import civil_day, day_start
from longzhong.surfaces.simulation.rules.grievances import grievances
from longzhong.surfaces.simulation.services.acting import Scene
from longzhong.surfaces.simulation.services.appealing import appeal
from longzhong.surfaces.simulation.services.cast import cast_of
from longzhong.surfaces.simulation.services.governing import open_matter, walk
from longzhong.surfaces.simulation.services.learning import analyse
from longzhong.surfaces.simulation.services.rectifying import put_right

YEAR = 365
NUMBERS = (26, 24)
"""Complaints and reports of the last year, and of the one before: half of 襄阳's (52, 48); each is walked."""


def remember_complaints(scene: Scene, numbers: tuple[int, int] = NUMBERS) -> int:
    """Walk all of them up to the scene's morning: old ones to their end, the newest where they stand; returns how many."""
    made, today = 0, civil_day(scene.morning)
    for years, number in zip((2, 1), reversed(numbers), strict=True):
        made += _year(scene, day_start(today - timedelta(days=YEAR * years)), number)
    return made


def _year(scene: Scene, since: datetime, number: int) -> int:
    cast, made = cast_of(scene.county, civil_day(scene.morning)), 0
    for told in grievances(scene.county.seed, len(scene.county.customers), since, YEAR, number):
        matter = open_matter(cast, told)
        if matter is None:
            continue
        made += 1
        walk(matter, scene.morning)
        if told.verdict != "dismissed":
            heard = appeal(matter, scene.morning)
            put_right(matter, heard, scene.morning)
            analyse(matter, heard, scene.morning)
    return made
