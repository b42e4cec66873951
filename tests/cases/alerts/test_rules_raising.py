"""When a finding becomes an alert, and how urgent it is."""

from dataclasses import replace
from datetime import date

import pytest

from longzhong.cases.alerts.rules import Behind, Level, Quiet, RaiseLimits, Sighting, rank, reason_not_to_raise

DAY = date(2026, 3, 2)
LOW = Sighting(
    area_id=1, unit_id=1, grid_id=None, kind="low_voltage", day=DAY, days_abnormal=3, days_window=7, beyond_pct=6.0
)


@pytest.mark.parametrize(
    ("sighting", "quiet", "reason"),
    [
        pytest.param(LOW, None, None, id="three of seven days"),
        pytest.param(replace(LOW, days_abnormal=2), None, "not_persistent", id="two days are an observation"),
        pytest.param(replace(LOW, kind="dead", days_abnormal=1), None, None, id="a silent area needs one day"),
        pytest.param(replace(LOW, quality=True, days_abnormal=2), None, None, id="a bad meter needs two"),
        pytest.param(replace(LOW, quality=True, days_abnormal=1), None, "not_persistent", id="a bad meter, one day"),
        pytest.param(LOW, Quiet(date(2026, 3, 3), 6.0), "quiet", id="dismissed and still quiet"),
        pytest.param(LOW, Quiet(DAY, 6.0), None, id="the quiet time ended this morning"),
        pytest.param(LOW, Quiet(date(2026, 3, 9), 1.0), None, id="quiet, but markedly worse"),
        pytest.param(LOW, Quiet(date(2026, 3, 9), 1.1), "quiet", id="quiet, a little worse"),
    ],
)
def test_when_an_alert_is_raised(sighting: Sighting, quiet: Quiet | None, reason: str | None) -> None:
    assert reason_not_to_raise(sighting, RaiseLimits(), quiet) == reason


@pytest.mark.parametrize(
    ("beyond", "days", "meters", "behind", "level", "points"),
    [
        pytest.param(2, 1, 1, Behind(), Level.BLUE, 0, id="mild"),
        pytest.param(6, 3, 5, Behind(), Level.AMBER, 3, id="several days, several meters"),
        pytest.param(25, 5, 20, Behind(), Level.RED, 7, id="severe and broad"),
        pytest.param(2, 1, 1, Behind(important=1), Level.AMBER, 3, id="an important customer"),
        pytest.param(6, 3, 1, Behind(important=1, special=2), Level.RED, 7, id="important and special customers"),
    ],
)
def test_how_urgent_an_alert_is(
    beyond: float, days: int, meters: int, behind: Behind, level: Level, points: int
) -> None:
    ranking = rank(beyond_pct=beyond, days_abnormal=days, meters=meters, behind=behind)
    assert (ranking.level, ranking.points) == (level, points)
    assert sum(int(reason.split("+")[1].rstrip("）")) for reason in ranking.reasons) == points


def test_what_a_registered_outage_explains_is_no_alert() -> None:
    dead = replace(LOW, kind="dead", days_abnormal=1)
    assert reason_not_to_raise(dead, RaiseLimits(), known_outage=True) == "known_outage"
    assert reason_not_to_raise(dead, RaiseLimits(), known_outage=False) is None
