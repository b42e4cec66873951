"""Moving one area or one meter; what follows when the organisation moves."""

from datetime import timedelta

import pytest

from longzhong.kit import clock, outbox
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.network import selectors, services
from longzhong.register.network.jobs import settle_areas
from longzhong.register.network.models import Area
from longzhong.register.org.rules import Role
from longzhong.register.org.services import GridRow, keep_grids
from tests.register.network.make import DAY, MACHINE, NOW, Net, network
from tests.register.org.make import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> Net:
    return network()


def test_an_area_goes_to_another_cell(net: Net) -> None:
    by = actor(Role.STATION, net.city.units["420602"])
    area = services.assign_area_grid(area_id=net.areas["A1"], grid_id=net.city.grids["G2"], from_on=DAY, by=by, at=NOW)
    assert (area.grid_id, area.unit_id) == (net.city.grids["G2"], net.city.units["42060202"])
    assert JournalEntry.objects.get(act="network.assign_area_grid").label == f"network.area:{area.pk}"


def test_history_is_answered_by_the_day(net: Net) -> None:
    services.move_meter(meter_id=net.meters["M1"], area_id=net.areas["A3"], from_on=DAY, by=MACHINE, at=NOW)
    before, after = (selectors.areas_of_meters(["M1"], day)["M1"] for day in (DAY - timedelta(1), DAY))
    assert (before.area_id, after.area_id) == (net.areas["A1"], net.areas["A3"])
    assert (before.grid_id, after.grid_id) == (net.city.grids["G1"], net.city.grids["G2"])


def test_a_planned_move_comes_with_its_day(net: Net) -> None:
    day = DAY + timedelta(5)
    services.assign_area_grid(area_id=net.areas["A1"], grid_id=net.city.grids["G2"], from_on=day, by=MACHINE, at=NOW)
    assert Area.objects.get(code="A1").grid_id == net.city.grids["G1"]
    with clock.frozen(NOW + timedelta(days=5)):
        settle_areas()
    assert Area.objects.get(code="A1").unit_id == net.city.units["42060202"]


def test_areas_follow_their_cell_to_another_station(net: Net) -> None:
    keep_grids(rows=[GridRow("G1", "古隆中网格", "42060202")], from_on=DAY, by=MACHINE, at=NOW)
    with clock.frozen(NOW):
        outbox.deliver_all(twice=True)
    assert set(Area.objects.values_list("unit_id", flat=True)) == {net.city.units["42060202"]}


@pytest.mark.parametrize(
    ("code", "area", "grid", "unit", "days"),
    [
        ("area_not_found", "A3", "G1", "42060201", 0),
        ("grid_not_found", "A1", "G2", "42060201", 0),
        ("move_changes_nothing", "A1", "G1", "420602", 0),
    ],
)
def test_refused_areas(net: Net, code: str, area: str, grid: str, unit: str, days: int) -> None:
    by = actor(Role.STATION, net.city.units[unit])
    with pytest.raises(Refused) as refusal:
        services.assign_area_grid(
            area_id=net.areas[area],
            grid_id=net.city.grids[grid],
            from_on=DAY + timedelta(days),
            by=by,
            at=NOW,
        )
    assert refusal.value.code == code


def test_refused_moves(net: Net) -> None:
    services.move_meter(meter_id=net.meters["M1"], area_id=net.areas["A2"], from_on=DAY, by=MACHINE, at=NOW)
    head = actor(Role.STATION, net.city.units["42060201"])

    def refused(meter: int, area: int, days: int, by: object = MACHINE) -> str:
        with pytest.raises(Refused) as refusal:
            services.move_meter(meter_id=meter, area_id=area, from_on=DAY + timedelta(days), by=by, at=NOW)  # type: ignore[arg-type]
        return refusal.value.code

    assert refused(net.meters["M1"], net.areas["A3"], -1) == "move_backdated"
    assert refused(net.meters["T3"], net.areas["A1"], 0, head) == "meter_not_found"
    assert refused(net.meters["M1"], net.areas["A3"], 0, head) == "area_not_found"
    assert refused(net.meters["M1"], net.areas["A3"], 0, actor(Role.GRID, net.city.units["42060201"])) == "not_allowed"
