"""The plan of a county: the size asked for, reproducible, healthy, and real enough."""

import numpy as np
import pytest

from longzhong.sensing.curves.rules.words import Kind
from longzhong.surfaces.simulation.gateways.material import households, streets
from longzhong.surfaces.simulation.rules import people, rows
from longzhong.surfaces.simulation.rules.conductors import KVA_SIZES
from longzhong.surfaces.simulation.rules.county import Size
from longzhong.surfaces.simulation.rules.design import build_county, design_day, design_run
from longzhong.surfaces.simulation.rules.levels import LEVELS, beyond
from longzhong.surfaces.simulation.rules.loads import DayKind, draw
from longzhong.surfaces.simulation.rules.state import Sky, part_of, planned, run_day, volts_of
from longzhong.surfaces.simulation.rules.weather import hot_day, weather_on
from tests.surfaces.simulation.make import FIRST_DAY, after, county, day_of, fingerprint, sky_of, truth


@pytest.mark.parametrize(("customers", "areas"), [(300, 8), (4000, 60), (3400, 100)])
def test_a_county_has_exactly_the_size_asked_for(customers: int, areas: int) -> None:
    plan = build_county(5, Size(customers, areas), streets(), households(), FIRST_DAY)
    assert (len(plan.customers), len(plan.areas)) == (customers, areas)
    assert set(plan.areas.kva.tolist()) <= set(KVA_SIZES)
    assert len(set(plan.areas.code)) == areas
    assert plan.grid.row_start[-1] == len(plan.rows) == plan.customers.wiring.sum()


def test_too_few_customers_are_refused_aloud() -> None:
    with pytest.raises(ValueError, match="too few"):
        build_county(5, Size(50, 20), streets(), households(), FIRST_DAY)


def test_the_same_seed_gives_the_same_curves_and_another_seed_others() -> None:
    def told(seed: int) -> str:
        plan = build_county(seed, Size(300, 8), streets(), households(), FIRST_DAY)
        return fingerprint(day_of(plan, (), (), after(3))[2])

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_a_day_depends_on_no_other_day_and_on_no_thread() -> None:
    plan, day = county(), after(4)
    weather, kind = weather_on(plan.seed, day), DayKind(working=True)
    one, two = (draw(plan.seed, day.toordinal(), plan.rows, households(), weather, kind, threads=n) for n in (1, 3))
    assert (one[0] == two[0]).all()
    assert (one[1] == two[1]).all()


def test_a_part_of_the_county_flows_like_the_whole() -> None:
    plan, sky = county(), sky_of(county(), after(4))
    state = planned(plan)
    whole = run_day(plan, state, households(), sky)
    areas = np.array([3, 17, 40])
    few, part, kept = part_of(plan, state, areas)
    some = run_day(few, part, households(), sky, volts_of(plan, state, households(), sky)[areas])
    assert (some.p == whole.p[kept]).all()
    assert (some.solved.row_u == whole.solved.row_u[kept]).all()


def test_a_planned_county_is_healthy_on_the_hot_day() -> None:
    plan = county()
    run = design_run(plan, households())
    assert (run.solved.turns < 80).all()
    for kind in (Kind.LOW_VOLTAGE, Kind.HEAVY_LOAD, Kind.OVERLOAD, Kind.NEUTRAL):
        assert not beyond(kind, LEVELS[kind](planned(plan), run)).any(), kind


def test_heat_loads_the_transformers() -> None:
    plan, day = county(), design_day(FIRST_DAY)
    at = [
        run_day(
            plan, planned(plan), households(), Sky(day, hot_day(day, mean), DayKind(working=True))
        ).solved.bus_p.sum()
        for mean in (18.0, 25.0, 31.0)
    ]
    assert at[0] < 0.9 * at[1]
    assert at[1] < 0.8 * at[2]


def test_curves_have_noise_gaps_and_late_days() -> None:
    plan = county()
    _state, run, told = day_of(plan, (), (), after(2))
    gone = np.isnan(told.u)
    assert 0.0005 < gone.mean() < 0.02
    assert 0.05 < np.nanstd(told.u - run.solved.row_u) < 0.5
    late = [day_of(plan, (), (), after(day))[2].late.any() for day in range(8)]
    assert late.count(True) == 1


def test_register_rows_are_complete_and_clearly_invented() -> None:
    plan = county()
    accounts = list(rows.account_rows(plan))
    assert len(accounts) == len({row.code for row in accounts}) == len(plan.customers)
    assert all(row.phone.startswith("154") for row in accounts)
    assert {row.meter_code for row in accounts} <= {row.code for row in rows.meter_rows(plan)}
    assert any(row.priority for row in accounts)
    assert len({row.social_code for row in rows.grid_rows(plan)}) == len(plan.cells)
    assert [home.name for home in people.homes(plan)] == [row.name for row in accounts]
    managers = [row.manager_code for row in rows.grid_rows(plan)]
    assert managers.count("") == (1 if rows.unmanned_cell(plan) >= 0 else 0)
    assert rows.busiest_cell(plan, truth(), 20) != rows.unmanned_cell(plan)
