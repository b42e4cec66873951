"""The topology check, one problem a case (S4-21)."""

from dataclasses import replace

import pytest

from longzhong.register.network.rules import (
    CHECK_OF,
    CHECKS,
    AreaFact,
    AreaRow,
    Fault,
    FeederRow,
    MeterRow,
    Problem,
    SectionFact,
    SectionRow,
    SubstationRow,
    check_areas,
    check_sections,
    fault_of,
    plain_code,
    supplied_sections,
)

GOOD = AreaFact(1, "A1", "一台区", 200, 3, 7, True, True, 32.0, 112.0)
LINE = [SectionFact(1, 10, None), SectionFact(2, 10, 1), SectionFact(3, 10, 2)]
FEEDERS = {10: True, 20: False}


def problems_of_areas(*areas: AreaFact, supplied: frozenset[int] = frozenset({1, 2, 3})) -> dict[Problem, list[int]]:
    return {problem: ids for problem, ids in check_areas(areas, supplied).items() if ids}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"section_id": None}, Problem.AREA_NO_SECTION),
        ({"section_id": 9}, Problem.AREA_UNSUPPLIED),
        ({"grid_id": None, "managed": False}, Problem.AREA_NO_GRID),
        ({"managed": False}, Problem.AREA_NO_MANAGER),
        ({"metered": False}, Problem.AREA_NO_METER),
        ({"kva": 0}, Problem.AREA_NO_CAPACITY),
        ({"kva": float("nan")}, Problem.AREA_NO_CAPACITY),
        ({"lat": None}, Problem.AREA_NO_POSITION),
    ],
)
def test_one_problem_of_an_area(change: dict[str, object], problem: Problem | None) -> None:
    found = problems_of_areas(replace(GOOD, **change))  # type: ignore[arg-type]
    assert found == ({problem: [1]} if problem else {})


@pytest.mark.parametrize(
    ("code", "name", "lat", "doubtful"),
    [
        ("a 1", "二台区", 32.1, True),
        ("00A-1", "二台区", 32.1, True),
        ("Ａ１", "二台区", 32.1, True),
        ("A2", "一台区", 32.0, True),
        ("A2", "一台区", 32.1, False),
        ("A11", "二台区", 32.0, False),
    ],
)
def test_doubtful_duplicates(code: str, name: str, lat: float, doubtful: bool) -> None:
    found = problems_of_areas(GOOD, replace(GOOD, id=2, code=code, name=name, lat=lat))
    assert found == ({Problem.AREA_DOUBTFUL_DUPLICATE: [1, 2]} if doubtful else {})


def test_sections() -> None:
    broken = [*LINE, SectionFact(4, None, 3), SectionFact(5, 20, 3), SectionFact(6, 10, 7), SectionFact(7, 10, 6)]
    found = check_sections(broken, FEEDERS)
    assert found == {
        Problem.SECTION_NO_FEEDER: [4],
        Problem.SECTION_LOOP: [6, 7],
        Problem.SECTION_OTHER_FEEDER: [5],
        Problem.FEEDER_NO_SUBSTATION: [20],
    }
    assert supplied_sections(broken, FEEDERS) == {1, 2, 3, 4, 5}
    assert supplied_sections([SectionFact(1, 20, None), SectionFact(2, 20, 1)], FEEDERS) == set()


def test_every_problem_has_its_line() -> None:
    assert set(CHECK_OF) == set(Problem)
    assert len(CHECKS) == len(Problem)


def test_plain_code() -> None:
    assert plain_code(" 00ｔg-01 ") == "TG01"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (SubstationRow("H", "变"), None),
        (SubstationRow("", "变"), Fault.CODE),
        (SubstationRow("H" * 41, "变"), Fault.CODE),
        (SubstationRow("H\x00", "变"), Fault.CODE),
        (SubstationRow("H", "变\u202e"), Fault.NAME),
        (SubstationRow("H", "变", 32.0), Fault.POSITION),
        (SubstationRow("H", "变", 320.0, 112.0), Fault.POSITION),
        (FeederRow("F", "线", "", -1.0), Fault.KV),
        (SectionRow("S", "段", kind="tower"), Fault.KIND),
        (AreaRow("A", "台区", 0), None),
        (AreaRow("A", "台区", -1), Fault.KVA),
        (AreaRow("A", "台区", float("nan")), Fault.KVA),
        (AreaRow("A", "台区", 100, "Dd0"), Fault.KIND),
        (AreaRow("A", "台区", 100, site="moon"), Fault.KIND),
        (MeterRow("M"), None),
        (MeterRow("M", "gas"), Fault.KIND),
        (MeterRow("M", phase="N"), Fault.PHASE),
        (MeterRow("M", wiring=2), Fault.WIRING),
        (MeterRow("M", ratio=0), Fault.RATIO),
    ],
)
def test_faults_of_rows(row: SubstationRow | FeederRow | SectionRow | AreaRow | MeterRow, fault: Fault | None) -> None:
    assert fault_of(row) == fault
