"""Grid cells: stations, managers, and the one-to-one mapping to the government's social grid (S1-02, S0-12)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from longzhong.kit.errors import Refused
from longzhong.register.org import selectors
from longzhong.register.org.models import GridCell, GridPairing
from longzhong.register.org.rules import Role
from longzhong.register.org.rules.grids import CounterpartKind
from longzhong.register.org.services import GridRow, assign_grid_manager, keep_grids, pair_grid
from tests.register.org.make import DAY, GRIDS, MACHINE, NOW, actor, city

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)
SOCIAL, BRANCH = CounterpartKind.SOCIAL_GRID, CounterpartKind.PARTY_BRANCH


def load(*rows: GridRow, on: date = DAY) -> tuple[int, int, int, list[str]]:
    kept = keep_grids(rows=rows, from_on=on, by=MACHINE, at=NOW)
    assert kept.read == len(rows)
    return kept.new, kept.changed, kept.unchanged, [one.code for one in kept.refused]


def line(code: str, day: date) -> selectors.GridLine:
    return selectors.grid_rows(GridCell.objects.filter(code=code), day)[0]


def test_loading_twice_changes_nothing() -> None:
    city()
    assert load(*GRIDS) == (0, 0, len(GRIDS), [])


def test_a_load_moves_renames_and_hands_over() -> None:
    here = city()
    assert load(GridRow("G2", "檀溪片区", "42060201", 32.01, 112.1, "S1", "SG9", "新社区网格"), on=LATER) == (
        0,
        1,
        0,
        [],
    )
    before, after = line("G2", DAY), line("G2", LATER)
    assert (before.unit, before.manager, before.social_grid) == ("檀溪所", "尚荣成", "檀溪社区网格")
    assert (after.unit, after.manager, after.social_grid) == ("隆中所", "张惠芳", "新社区网格")
    assert after.name == "檀溪片区"
    assert selectors.units_of_grids([here.grids["G2"]], LATER) == {here.grids["G2"]: here.units["42060201"]}
    assert load(GridRow("G2", "檀溪片区", "42060201", 32.01, 112.1, "", "SG9", "改名的网格"), on=LATER) == (0, 1, 0, [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (GridRow("", "无", "42060201"), "grid_code_missing"),
        (GridRow("G9", "无", "999"), "unit_unknown"),
        (GridRow("G9", "无", "42060201", manager_code="S99"), "staff_unknown"),
        (GridRow("G9", "无", "42060201", social_code="SG1"), "social_grid_taken"),
    ],
)
def test_a_wrong_row_is_refused_alone(row: GridRow, code: str) -> None:
    city()
    assert load(row, GridRow("G8", "好网格", "42060201")) == (1, 0, 0, [code])


def test_two_cells_swap_their_social_grids_but_nobody_takes_one_that_stays() -> None:
    city()
    a, b = GRIDS
    swapped = (
        GridRow(a.code, a.name, a.unit_code, a.lat, a.lon, "", "SG2"),
        GridRow(b.code, b.name, b.unit_code, b.lat, b.lon, "", "SG1"),
    )
    assert load(*swapped, on=LATER) == (0, 2, 0, [])
    assert (line("G1", LATER).social_grid, line("G2", LATER).social_grid) == ("檀溪社区网格", "隆中社区第一网格")
    blocked = (GridRow("G1", a.name, "999", social_code="SG5"), GridRow("G3", "三", "42060201", social_code="SG2"))
    assert load(*blocked, on=LATER)[3] == ["unit_unknown", "social_grid_taken"]


def test_empty_columns_leave_alone_what_is_known() -> None:
    here = city()
    assert load(GridRow("G1", "古隆中网格", "42060201")) == (0, 0, 1, [])
    cell = GridCell.objects.get(pk=here.grids["G1"])
    assert (cell.lat, cell.lon) == (32.0, 112.0)
    shown = line("G1", DAY)
    assert (shown.manager, shown.social_grid, shown.branch) == ("张惠芳", "隆中社区第一网格", "隆中党支部")


def refused(service: object, **wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        service(**({"by": MACHINE, "at": NOW, "from_on": LATER} | wish))  # type: ignore[operator]
    return refusal.value.code


def test_a_manager_is_followed_by_another_and_the_old_days_still_answer() -> None:
    here = city()
    cell, new = here.grids["G1"], here.staff["S2"]
    assign_grid_manager(grid_id=cell, staff_id=new, from_on=LATER, by=MACHINE, at=NOW)
    assert selectors.manager_of(cell, LATER) == new
    assert selectors.manager_of(cell, LATER - timedelta(days=1)) == here.staff["S1"]
    assert refused(assign_grid_manager, grid_id=cell, staff_id=new) == "nothing_to_change"
    assert refused(assign_grid_manager, grid_id=cell, staff_id=new, from_on=DAY - timedelta(days=1)) == "day_past"
    assert refused(assign_grid_manager, grid_id=10**9, staff_id=new) == "not_found"
    other = actor(Role.STATION, here.units["42060202"])
    assert refused(assign_grid_manager, grid_id=cell, staff_id=new, by=other) == "not_found"
    assert (
        refused(assign_grid_manager, grid_id=cell, staff_id=new, by=actor(Role.CREW, here.units["42"])) == "not_allowed"
    )


def test_a_planned_manager_stays_planned() -> None:
    here = city()
    cell = here.grids["G1"]
    assign_grid_manager(grid_id=cell, staff_id=here.staff["S2"], from_on=LATER, by=MACHINE, at=NOW)
    assign_grid_manager(grid_id=cell, staff_id=here.staff["S3"], from_on=DAY + timedelta(days=2), by=MACHINE, at=NOW)
    days = (DAY, DAY + timedelta(days=2), LATER)
    assert [selectors.manager_of(cell, day) for day in days] == [here.staff[code] for code in ("S1", "S3", "S2")]


def test_the_social_grid_is_one_to_one_both_ways_with_history() -> None:
    here = city()
    cell = here.grids["G1"]
    wish = {"grid_id": cell, "kind": SOCIAL, "code": "SG7", "name": "新网格"}
    pair_grid(**wish, from_on=LATER, by=MACHINE, at=NOW)
    assert line("G1", LATER).social_grid == "新网格"
    assert line("G1", DAY).social_grid == "隆中社区第一网格"
    assert refused(pair_grid, **wish) == "nothing_to_change"
    assert refused(pair_grid, **wish | {"code": "SG2"}) == "social_grid_taken"
    assert refused(pair_grid, **wish | {"code": " "}) == "counterpart_code_missing"
    assert refused(pair_grid, **wish | {"from_on": DAY - timedelta(days=1)}) == "day_past"
    pair_grid(grid_id=here.grids["G2"], kind=SOCIAL, code="SG1", name="", from_on=LATER, by=MACHINE, at=NOW)


def test_a_branch_may_have_many_cells() -> None:
    here = city()
    pair_grid(grid_id=here.grids["G2"], kind=BRANCH, code="P1", name="", from_on=DAY, by=MACHINE, at=NOW)
    assert [line(code, DAY).branch for code in ("G1", "G2")] == ["隆中党支部", "隆中党支部"]


def test_the_database_itself_keeps_one_to_one() -> None:
    here = city()
    pair = GridPairing.objects.get(grid=here.grids["G1"], kind=SOCIAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        GridPairing.objects.create(grid_id=here.grids["G2"], counterpart=pair.counterpart, kind=SOCIAL, from_on=LATER)


def test_fifty_cells_cost_as_many_queries_as_one() -> None:
    city()
    load(*[GridRow(f"N{i}", f"网格{i}", "42060201", manager_code="S1", social_code=f"SN{i}") for i in range(50)])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(selectors.grid_rows(GridCell.objects.all(), DAY)) == 52
    assert len(queries) <= 7


def test_an_actor_sees_cells_of_their_units() -> None:
    here = city()
    head = actor(Role.STATION, here.units["42060202"])
    assert list(selectors.visible_grids(head, DAY).values_list("code", flat=True)) == ["G2"]
    assert selectors.grids_of_units([here.units["42060202"]], DAY) == {here.grids["G2"]: here.units["42060202"]}
