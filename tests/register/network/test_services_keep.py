"""Loads of the network: counted without a rest, twice changes nothing, wrong references refused with their reason."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.network import services
from longzhong.register.network.models import Area, AreaGrid, Meter, MeterArea, Section
from longzhong.register.network.rules import EVER, AreaRow, FeederRow, MeterRow, SectionRow, SubstationRow
from longzhong.register.org.rules import Role
from longzhong.register.org.rules.rows import Kept
from tests.register.network.make import AREAS, DAY, MACHINE, METERS, NOW, SECTIONS, Net, network
from tests.register.org.make import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> Net:
    return network()


def codes(kept: Kept) -> list[tuple[int, str]]:
    return [(row.index, row.code) for row in kept.refused]


def test_loading_twice_changes_nothing(net: Net) -> None:
    entries = JournalEntry.objects.count()
    assert services.keep_sections(rows=SECTIONS, by=MACHINE, at=NOW) == Kept(unchanged=4)
    assert services.keep_areas(rows=AREAS, by=MACHINE, at=NOW) == Kept(unchanged=3)
    assert services.keep_meters(rows=METERS, by=MACHINE, at=NOW) == Kept(unchanged=6)
    assert JournalEntry.objects.count() == entries
    assert (AreaGrid.objects.count(), MeterArea.objects.count()) == (3, 6)


def test_sections_come_in_any_order_and_may_be_rehung(net: Net) -> None:
    assert Section.objects.get(code="S3").upstream_id == net.sections["S2"]
    moved = replace(SECTIONS[0], upstream_code="S4")
    assert services.keep_sections(rows=[moved], by=MACHINE, at=NOW) == Kept(changed=1)
    assert Section.objects.get(code="S3").upstream_id == net.sections["S4"]


def test_an_area_stands_in_the_station_of_its_cell(net: Net) -> None:
    area = Area.objects.get(code="A1")
    assert (area.grid_id, area.unit_id) == (net.city.grids["G1"], net.city.units["42060201"])
    assert AreaGrid.objects.get(area=area).from_on == EVER


def test_a_changed_cell_holds_from_today_and_the_past_stays(net: Net) -> None:
    rows = [replace(AREAS[0], grid_code="G2"), replace(AREAS[1], kva=630)]
    assert services.keep_areas(rows=rows, by=MACHINE, at=NOW) == Kept(changed=2)
    held = AreaGrid.objects.filter(area=net.areas["A1"]).order_by("from_on")
    assert [(row.grid_id, row.from_on, row.to_on) for row in held] == [
        (net.city.grids["G1"], EVER, DAY),
        (net.city.grids["G2"], DAY, None),
    ]
    assert Area.objects.get(code="A1").unit_id == net.city.units["42060202"]


def test_empty_columns_take_nothing_away(net: Net) -> None:
    assert services.keep_areas(rows=[AreaRow("A1", "隆中一台区", 200, "Dyn11", "rural")], by=MACHINE, at=NOW) == Kept(
        unchanged=1
    )
    area = Area.objects.get(code="A1")
    assert (area.section_id, area.grid_id, area.lat) == (net.sections["S3"], net.city.grids["G1"], 32.001)
    assert services.keep_meters(rows=[MeterRow("M1", phase="C")], by=MACHINE, at=NOW) == Kept(changed=1)
    assert MeterArea.objects.get(meter__code="M1").area_id == net.areas["A1"]


def test_an_area_without_cell_may_name_its_station(net: Net) -> None:
    row = AreaRow("A9", "新台区", 100, unit_code="42060202")
    assert services.keep_areas(rows=[row], by=MACHINE, at=NOW) == Kept(new=1)
    assert services.keep_areas(rows=[row], by=MACHINE, at=NOW) == Kept(unchanged=1)
    assert Area.objects.get(code="A9").unit_id == net.city.units["42060202"]
    assert services.keep_areas(rows=[replace(row, grid_code="G1")], by=MACHINE, at=NOW) == Kept(changed=1)
    assert Area.objects.get(code="A9").unit_id == net.city.units["42060201"]


def test_wrong_references_are_refused_and_the_rest_is_kept(net: Net) -> None:
    rows = [
        AreaRow("B1", "一", 100, section_code="NO"),
        AreaRow("B2", "二", 100, grid_code="NO"),
        AreaRow("B3", "三", 100, unit_code="NO"),
        AreaRow("B4", "四", -5),
        AreaRow("B5", "五", 100),
        AreaRow("B5", "五", 200),
        AreaRow("B5", "五", 100),
    ]
    kept = services.keep_areas(rows=rows, by=MACHINE, at=NOW)
    assert codes(kept) == [
        (0, "section_unknown"),
        (1, "grid_unknown"),
        (2, "unit_unknown"),
        (3, "kva_invalid"),
        (5, "duplicate_row"),
    ]
    assert (kept.new, kept.unchanged, kept.read) == (1, 1, 7)
    assert all(row.message for row in kept.refused)
    meters = services.keep_meters(rows=[MeterRow("X", area_code="NO"), MeterRow("Y", wiring=2)], by=MACHINE, at=NOW)
    assert codes(meters) == [(0, "area_unknown"), (1, "wiring_unknown")]
    feeders = services.keep_feeders(rows=[FeederRow("FX", "线", "NO")], by=MACHINE, at=NOW)
    assert codes(feeders) == [(0, "substation_unknown")]


def test_sections_hanging_on_refused_ones_are_refused_too(net: Net) -> None:
    rows = [
        SectionRow("X1", "一", "NO"),
        SectionRow("X2", "二", "F1", "X1"),
        SectionRow("X3", "三", "F1", "X2"),
        SectionRow("X4", "四", "F1", "S4"),
    ]
    kept = services.keep_sections(rows=rows, by=MACHINE, at=NOW)
    assert codes(kept) == [(0, "feeder_unknown"), (1, "upstream_unknown"), (2, "upstream_unknown")]
    assert kept.new == 1


def test_a_move_before_a_known_move_is_refused_before_anything_is_written(net: Net) -> None:
    later = replace(METERS[3], area_code="A2", area_from_on=DAY - timedelta(9))
    assert services.keep_meters(rows=[later], by=MACHINE, at=NOW) == Kept(changed=1)
    older = replace(METERS[3], area_code="A3", area_from_on=DAY - timedelta(20), ratio=9)
    assert codes(services.keep_meters(rows=[older], by=MACHINE, at=NOW)) == [(0, "area_backdated")]
    assert Meter.objects.get(code="M1").ratio == 1
    first = replace(AREAS[0], grid_code="G2", grid_from_on=DAY - timedelta(9))
    assert services.keep_areas(rows=[first], by=MACHINE, at=NOW) == Kept(changed=1)
    second = replace(AREAS[0], grid_code="G1", grid_from_on=DAY - timedelta(20), kva=999)
    assert services.keep_areas(rows=[second], by=MACHINE, at=NOW) == Kept(unchanged=0, changed=1)  # it did stand there
    assert Area.objects.get(code="A1").grid_id == net.city.grids["G2"]


def test_a_cell_before_a_known_move_is_refused(net: Net) -> None:
    services.keep_areas(rows=[replace(AREAS[0], grid_code="G2", grid_from_on=DAY - timedelta(9))], by=MACHINE, at=NOW)
    new = AreaRow("A8", "新", 100, grid_code="G1", grid_from_on=DAY)
    services.keep_areas(rows=[new], by=MACHINE, at=NOW)
    early = replace(new, grid_code="G2", grid_from_on=DAY - timedelta(1))
    assert codes(services.keep_areas(rows=[early], by=MACHINE, at=NOW)) == [(0, "grid_backdated")]


def test_a_three_phase_meter_is_on_all_phases(net: Net) -> None:
    assert Meter.objects.get(code="T3").phase == "ABC"
    assert Meter.objects.get(code="M3").phase == ""


def test_a_load_costs_the_same_for_few_and_for_many(
    net: Net, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [MeterRow(f"N{n}", phase="A", area_code="A1") for n in range(3000)]
    with django_assert_max_num_queries(16):
        assert services.keep_meters(rows=rows, by=MACHINE, at=NOW) == Kept(new=3000)
    with django_assert_max_num_queries(22):
        assert services.keep_meters(
            rows=[replace(row, ratio=2, area_code="A2") for row in rows], by=MACHINE, at=NOW
        ) == Kept(changed=3000)


def test_only_the_administrator_loads(net: Net) -> None:
    with pytest.raises(Refused) as refusal:
        services.keep_substations(
            rows=[SubstationRow("H2", "变")], by=actor(Role.STATION, net.city.units["42060201"]), at=NOW
        )
    assert refusal.value.code == "not_allowed"
