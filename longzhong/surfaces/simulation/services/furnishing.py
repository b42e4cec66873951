"""Scenes of the built county's last weeks: what its offices, crews and dispatchers have before them on the morning one opens it."""

from datetime import timedelta

from longzhong.kit import clock
from longzhong.surfaces.portal import services as portal
from longzhong.surfaces.simulation.rules.rows import busiest_cell
from longzhong.surfaces.simulation.selectors.county import county_of, seed_row, truth_of
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, play
from longzhong.surfaces.simulation.services.complaining import furnish_complaints
from longzhong.surfaces.simulation.services.crewing import make_crews
from longzhong.surfaces.simulation.services.dossiers import furnish_dossiers
from longzhong.surfaces.simulation.services.history import remember
from longzhong.surfaces.simulation.services.offices import furnish_offices
from longzhong.surfaces.simulation.services.owing import owe
from longzhong.surfaces.simulation.services.stages import Say, Stages
from longzhong.surfaces.simulation.services.storming import storm
from longzhong.surfaces.simulation.services.yearly import NUMBERS, remember_complaints

MORNING = timedelta(hours=8)


def furnish(*, say: Say, complaints: tuple[int, int] = NUMBERS) -> dict[str, float]:
    """Play the scenes once, after the last night of the building; returns the seconds of each stage.

    `complaints`: how many of the last year, and of the one before.
    """
    row, stages = seed_row(), Stages(say)
    county = county_of(row)
    last = row.run_to or row.first_day
    scene = Scene(
        county, busiest_cell(county, truth_of(county), row.days), clock.day_start(last + timedelta(days=1)) + MORNING
    )
    with stages.stage("停电历史"):
        remember(scene)
    with stages.stage("两年投诉"):
        remember_complaints(scene, complaints)
    with stages.stage("欠费与停复电"):
        owe(scene)
    with stages.stage("抢修班组"):
        make_crews(scene)
    with stages.stage("各科室案头"):
        furnish_offices(scene)
    with stages.stage("雷暴停电"):
        storm(scene)
    with stages.stage("投诉与整治"):
        furnish_complaints(scene)
    with stages.stage("拆迁报备舆情"):
        furnish_dossiers(scene)
    with stages.stage("门户"):
        play(scene.before(minutes=5), lambda at: portal.keep_places(by=MACHINE, at=at))
    return stages.seconds
