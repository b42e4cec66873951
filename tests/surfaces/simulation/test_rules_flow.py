"""The own sweep against power-grid-model, and against Kirchhoff."""

import numpy as np
import pytest
from power_grid_model import (
    ComponentType,
    LoadGenType,
    PowerGridModel,
    WindingType,
    initialize_array,
)

from longzhong.surfaces.simulation.rules.conductors import NAMEPLATES, transformer_ohms
from longzhong.surfaces.simulation.rules.flow import Grid, solve
from tests.surfaces.simulation.make import feeder

SLOTS = 12
STIFF = 1e14  # VA: a source without impedance


def reference(grid: Grid, p: np.ndarray, q: np.ndarray, volts: float) -> tuple[np.ndarray, np.ndarray]:
    """Row voltages (rows, slots) and bus currents (3, slots) by power-grid-model, asymmetric; service wires as lines
    of their own.
    """
    nodes, rows = len(grid.parent), len(grid.node)
    node = initialize_array("input", "node", 1 + nodes + rows)
    node["id"], node["u_rated"] = np.arange(1 + nodes + rows), 400.0
    line = initialize_array("input", "line", nodes + rows)
    line["id"] = 10_000 + np.arange(nodes + rows)
    line["from_node"] = np.concatenate([grid.parent + 1, grid.node + 1])  # node 0 is the source, 1 the bus
    line["to_node"] = np.concatenate([np.arange(nodes) + 1, nodes + 1 + np.arange(rows)])
    line["from_status"] = line["to_status"] = 1
    half = grid.zs / 2  # there and back: phase wire and neutral
    zp, zn = np.concatenate([grid.zp, half]), np.concatenate([grid.zn, half])
    line["r1"], line["x1"], line["r0"], line["x0"] = zp.real, zp.imag, (zp + 3 * zn).real, (zp + 3 * zn).imag
    for name in ("c1", "tan1", "c0", "tan0"):
        line[name] = 0.0
    load = initialize_array("input", "asym_load", rows)
    load["id"], load["node"], load["status"] = 20_000 + np.arange(rows), nodes + 1 + np.arange(rows), 1
    load["type"] = LoadGenType.const_power
    load["p_specified"] = load["q_specified"] = 0.0
    source = initialize_array("input", "source", 1)
    source["id"], source["node"], source["status"] = 30_000, 0, 1
    source["u_ref"], source["sk"], source["rx_ratio"] = volts * 3**0.5 / 400.0, STIFF, 0.1
    model = PowerGridModel({"node": node, "line": line, "asym_load": load, "source": source})
    update = initialize_array("update", "asym_load", (SLOTS, rows))
    update["id"], update["p_specified"], update["q_specified"] = load["id"], 0.0, 0.0
    each = np.arange(rows)
    update["p_specified"][:, each, grid.phase] = p.T * 1000
    update["q_specified"][:, each, grid.phase] = q.T * 1000
    out = model.calculate_power_flow(
        symmetric=False, error_tolerance=1e-12, max_iterations=60, update_data={ComponentType.asym_load: update}
    )
    u = out["node"]["u"][:, nodes + 1 :, :]
    return u[:, each, grid.phase].T, out["line"]["i_to"][:, 0, :].T


@pytest.mark.parametrize("seed", range(6))
def test_sweep_equals_power_grid_model_on_random_feeders(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grid = feeder(rng, nodes=int(rng.integers(8, 30)), rows=int(rng.integers(10, 70)))
    p = (rng.uniform(-0.5, 1.2, (len(grid.node), SLOTS)) * rng.uniform(0.3, 1.0)).astype(np.float32)
    q = (p * 0.3).astype(np.float32)
    solved = solve(grid, p, q, np.full((1, SLOTS), 229.0), tol=1e-7)
    u, i = reference(grid, p.astype(float), q.astype(float), 229.0)
    assert u.min() > 187.0  # constant power everywhere, as the library has it
    assert np.abs(solved.row_u - u).max() < 1e-4  # volts; row_u is float32: steps of 1.5e-5 V
    assert np.abs(solved.bus_i[0] - i).max() < 1e-3  # amperes


@pytest.mark.parametrize("kva", sorted(NAMEPLATES))
def test_transformer_ohms_equal_a_delta_star_transformer(kva: int) -> None:
    """Our Dyn11 bus branch against the library's own transformer, phase voltages at the 0.4 kV bus under an unbalanced load."""
    plate = NAMEPLATES[kva]
    node = initialize_array("input", "node", 2)
    node["id"], node["u_rated"] = [1, 2], [10_000.0, 400.0]
    tr = initialize_array("input", "transformer", 1)
    tr["id"], tr["from_node"], tr["to_node"], tr["from_status"], tr["to_status"] = 3, 1, 2, 1, 1
    tr["u1"], tr["u2"], tr["sn"] = 10_000.0, 400.0, kva * 1000.0
    tr["uk"], tr["pk"], tr["i0"], tr["p0"] = plate.uk_pct / 100, plate.load_loss_w, 0.0, 0.0
    tr["winding_from"], tr["winding_to"], tr["clock"] = WindingType.delta, WindingType.wye_n, 11
    tr["tap_side"], tr["tap_pos"], tr["tap_min"], tr["tap_max"], tr["tap_nom"], tr["tap_size"] = 0, 0, -2, 2, 0, 250.0
    load = initialize_array("input", "asym_load", 1)
    load["id"], load["node"], load["status"], load["type"] = 4, 2, 1, LoadGenType.const_power
    watts = np.array([0.33, 0.2, 0.07]) * kva * 1000
    load["p_specified"], load["q_specified"] = watts, watts * 0.3
    source = initialize_array("input", "source", 1)
    source["id"], source["node"], source["status"], source["u_ref"], source["sk"], source["rx_ratio"] = (
        5,
        1,
        1,
        1.0,
        STIFF,
        0.1,
    )
    out = PowerGridModel({"node": node, "transformer": tr, "asym_load": load, "source": source}).calculate_power_flow(
        symmetric=False, error_tolerance=1e-12, max_iterations=60
    )
    zp, zn = transformer_ohms(kva, dyn11=True)
    grid = Grid(
        np.array([0, 1]),
        np.array([-1]),
        np.array([zp]),
        np.array([zn]),
        np.array([0, 3]),
        np.zeros(3, int),
        np.arange(3),
        np.zeros(3, complex),
    )
    p = np.repeat((watts / 1000)[:, None], 2, axis=1)
    solved = solve(grid, p, 0.3 * p, np.full((1, 2), 400 / 3**0.5), tol=1e-8)
    assert np.abs(solved.bus_u[0, :, 0] - out["node"]["u"][1]).max() < 1e-3


def test_power_in_equals_power_used_and_lost() -> None:
    """Energy at the bus = loads + losses of wires and services (Kirchhoff and Tellegen), recomputed from row voltages."""
    rng = np.random.default_rng(3)
    grid = feeder(rng, nodes=12, rows=30)
    p = rng.uniform(0.1, 1.0, (30, SLOTS)).astype(np.float32)
    q = (p * 0.25).astype(np.float32)
    solved = solve(grid, p, q, np.full((1, SLOTS), 230.0), tol=1e-8)
    assert (solved.bus_p[0] > p.sum(0)).all()
    assert (solved.bus_p[0] < 1.12 * p.sum(0)).all()
    straight = Grid(
        grid.node_start, grid.parent, grid.zp * 0, grid.zn * 0, grid.row_start, grid.node, grid.phase, grid.zs * 0
    )
    ideal = solve(straight, p, q, np.full((1, SLOTS), 230.0), tol=1e-8)
    assert np.allclose(ideal.bus_p[0], p.sum(0), rtol=1e-6)
    assert np.allclose(ideal.bus_q[0], q.sum(0), rtol=1e-6)
    assert np.allclose(ideal.row_u, 230.0, atol=1e-4)


def test_low_voltage_turns_power_into_impedance() -> None:
    """Below the knee a load takes V²: a very thin line settles instead of collapsing."""
    grid = Grid(
        np.array([0, 2]),
        np.array([-1, 0]),
        np.array([0.001, 2.0 + 0.5j]),
        np.array([0, 2.0 + 0.5j]),
        np.array([0, 1]),
        np.array([1]),
        np.array([0]),
        np.array([0j]),
    )
    solved = solve(grid, np.full((1, 4), 5.0), np.full((1, 4), 1.0), np.full((1, 4), 230.0))
    assert solved.turns[0] < 80
    assert 60 < solved.row_u[0, 0] < 187
