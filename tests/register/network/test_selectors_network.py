"""Doors, tracing, the check and the search, on the small network."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from longzhong.kit import clock
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors, services
from longzhong.register.network.models import Feeder, Section
from longzhong.register.network.rules import AreaRow, End, FeederRow, MeterRow, Problem, SectionRow
from longzhong.register.org.rules import Role
from tests.register.network.make import AREAS, DAY, MACHINE, NOW, SECTIONS, Net, network
from tests.register.org.make import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def net() -> Net:
    return network()


def test_everybody_sees_their_own_areas(net: Net) -> None:
    def seen(by: Actor) -> list[str]:
        return list(selectors.areas(by).values_list("code", flat=True))

    assert seen(actor(Role.STATION, net.city.units["42060201"])) == ["A1", "A2"]
    assert seen(actor(Role.QUALITY, net.city.units["4206"])) == ["A1", "A2", "A3"]
    assert seen(actor(Role.QUALITY, net.city.units["420606"])) == []
    grid = Actor(
        1, 1, "x", (Scope("grid", frozenset({net.city.units["42060202"]}), frozenset({net.city.grids["G2"]})),)
    )
    assert seen(grid) == ["A3"]
    services.keep_areas(rows=[AreaRow("A0", "无主台区", 0)], by=MACHINE, at=NOW)
    assert seen(actor(Role.QUALITY, net.city.units["420606"])) == ["A0"]
    assert "A0" not in seen(actor(Role.STATION, net.city.units["420602"]))


def test_trace_up(net: Net) -> None:
    path = selectors.trace_up(net.areas["A1"])
    assert [one.code for one in path.sections] == ["S3", "S2", "S1"]
    assert (path.feeder, path.substation, path.complete) == ("10kV隆中一线", "110kV隆中变", True)
    assert selectors.trace_up_meter("M1", DAY) == path
    assert selectors.trace_up_meter("nobody", DAY) is None
    with pytest.raises(Refused) as refusal:
        selectors.trace_up(0)
    assert refusal.value.code == "not_found"


def test_trace_up_ends_in_circles_and_at_loose_ends(net: Net) -> None:
    services.keep_sections(rows=[replace(SECTIONS[1], upstream_code="S3")], by=MACHINE, at=NOW)
    assert selectors.trace_up(net.areas["A1"]).end is End.LOOP
    services.keep_areas(rows=[AreaRow("A9", "孤立台区", 100)], by=MACHINE, at=NOW)
    loose = selectors.trace_up(selectors.area_ids(["A9"])["A9"])
    assert (loose.end, loose.complete) == (End.MISSING, False)


def test_trace_up_over_a_tie_to_another_feeder(net: Net) -> None:
    services.keep_feeders(rows=[FeederRow("F2", "10kV二线", "H1")], by=MACHINE, at=NOW)
    services.keep_sections(rows=[SectionRow("Z1", "联络段", "F2", "S4")], by=MACHINE, at=NOW)
    services.keep_areas(rows=[replace(AREAS[0], section_code="Z1")], by=MACHINE, at=NOW)
    path = selectors.trace_up(net.areas["A1"])
    assert [one.code for one in path.sections] == ["Z1", "S4", "S2", "S1"]
    assert path.feeder == "10kV隆中一线"


def test_trace_down(net: Net) -> None:
    whole = selectors.trace_down(feeder_id=net.feeders["F1"], day=DAY)
    assert sorted(whole.section_ids) == sorted(net.sections.values())
    assert whole.area_ids == tuple(sorted(net.areas.values()))
    assert (whole.customer_meters, whole.kva) == (3, 915)
    branch = selectors.trace_down(section_id=net.sections["S4"], day=DAY)
    assert (branch.area_ids, branch.customer_meters) == ((net.areas["A2"],), 1)


def test_the_card_names_everything_around_an_area(net: Net) -> None:
    with clock.frozen(NOW):
        card = selectors.area_card(MACHINE, net.areas["A1"])
    assert (card.line.unit, card.line.grid, card.line.manager) == ("隆中所", "古隆中网格", "张惠芳")
    assert (card.section, card.line.feeder, card.substation) == ("3号杆", "10kV隆中一线", "110kV隆中变")
    assert (card.line.meters.area, card.line.meters.customer, card.line.meters.no_phase) == (1, 2, 0)
    with pytest.raises(Refused):
        selectors.area_card(actor(Role.STATION, net.city.units["42060202"]), net.areas["A1"])


def test_areas_of_meters(net: Net) -> None:
    found = selectors.areas_of_meters(["T1", "M3", "nobody"], DAY)
    assert set(found) == {"T1", "M3"}
    ref = found["T1"]
    assert (ref.area_id, ref.kva, ref.connection, ref.ratio, ref.wiring) == (net.areas["A1"], 200, "Dyn11", 80, 3)
    assert (ref.unit_id, ref.grid_id) == (net.city.units["42060201"], net.city.grids["G1"])
    assert len(selectors.areas_of_meters(None, DAY)) == 6
    assert [code for code, _ref in selectors.meters_of_area(net.areas["A1"], DAY)] == ["T1", "M1", "M2"]


def test_the_check_finds_what_is_wrong(net: Net) -> None:
    clean = selectors.topology_report(MACHINE, DAY)
    assert {line.check.problem: line.count for line in clean.lines if line.count} == {Problem.METER_NO_PHASE: 1}
    services.keep_feeders(rows=[FeederRow("F9", "10kV孤线")], by=MACHINE, at=NOW)
    services.keep_sections(
        rows=[
            SectionRow("L1", "环一", "F1", "L2"),
            SectionRow("L2", "环二", "F1", "L1"),
            SectionRow("N1", "无线路段"),
            SectionRow("X1", "错段", "F9", "S1"),
        ],
        by=MACHINE,
        at=NOW,
    )
    services.keep_areas(
        rows=[AreaRow("B1", "环上台区", 100, section_code="L1", grid_code="G1"), AreaRow("a-1", "孤立台区", 0)],
        by=MACHINE,
        at=NOW,
    )
    services.keep_meters(rows=[MeterRow("Q1"), MeterRow("Q2", phase="ABC")], by=MACHINE, at=NOW)
    report = selectors.topology_report(MACHINE, DAY)
    assert {line.check.problem.value: line.count for line in report.lines if line.count} == {
        "area_no_section": 1,
        "area_unsupplied": 1,
        "area_no_grid": 1,
        "area_no_meter": 2,
        "area_no_capacity": 1,
        "area_no_position": 2,
        "area_doubtful_duplicate": 2,
        "meter_no_area": 2,
        "meter_no_phase": 2,
        "meter_wrong_phase": 1,
        "section_no_feeder": 1,
        "section_loop": 2,
        "section_other_feeder": 1,
        "feeder_no_substation": 1,
    }
    for line in report.lines:
        assert selectors.problem_rows(MACHINE, line.check.problem, DAY).count() == line.count
    head = actor(Role.STATION, net.city.units["42060201"])
    mine = selectors.topology_report(head, DAY)
    assert (mine.count(Problem.AREA_NO_SECTION), mine.count(Problem.AREA_UNSUPPLIED)) == (0, 1)
    assert mine.count(Problem.METER_NO_AREA) == 0


def test_an_area_without_manager(net: Net) -> None:
    services.keep_areas(rows=[replace(AREAS[0], grid_from_on=None)], by=MACHINE, at=NOW)
    assert selectors.topology_report(MACHINE, DAY.replace(year=2020)).count(Problem.AREA_NO_MANAGER) == 3


def test_the_check_costs_a_fixed_number_of_queries(
    net: Net, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    head = actor(Role.STATION, net.city.units["420602"])
    with django_assert_max_num_queries(16):
        selectors.topology_report(head, DAY)


def test_the_tree_of_a_feeder(net: Net) -> None:
    tree = selectors.feeder_tree(MACHINE, net.feeders["F1"])
    assert [(node.section.code, node.depth, [area.code for area in node.areas]) for node in tree.nodes] == [
        ("S1", 0, []),
        ("S2", 1, ["A3"]),
        ("S3", 2, ["A1"]),
        ("S4", 2, ["A2"]),
    ]
    assert (tree.line.areas, tree.line.kva, tree.unreached) == (3, 915, 0)
    head = actor(Role.STATION, net.city.units["42060202"])
    assert [area.code for node in selectors.feeder_tree(head, net.feeders["F1"]).nodes for area in node.areas] == ["A3"]
    with pytest.raises(Refused):
        selectors.feeder_tree(actor(Role.STATION, net.city.units["420606"]), net.feeders["F1"])
    Section.objects.filter(code="S2").update(upstream=net.sections["S3"])
    assert selectors.feeder_tree(MACHINE, net.feeders["F1"]).unreached == 3
    assert Feeder.objects.count() == 1


def test_search(net: Net) -> None:
    with clock.frozen(NOW):
        assert [line.code for line in selectors.search_areas(MACHINE, "隆中 二")] == ["A2"]
        assert [line.code for line in selectors.search_areas(MACHINE, "a1")] == ["A1"]
        assert selectors.search_areas(MACHINE, "  ") == []
        assert selectors.search_areas(actor(Role.STATION, net.city.units["42060202"]), "A1") == []
