"""Power flow of a transformer area (台区潮流): three phases and neutral, radial, by backward and forward sweeps.

All return current of a low-voltage area flows in its neutral (TN, one earthing point at the transformer), so the voltage
between phase and neutral falls along a branch by `zp·I_phase + zn·(Ia+Ib+Ic)`: zp of the phase wire, zn of the neutral.
The same two figures describe the transformer: zp = z1 and zn = (z0 - z1)/3, so node 0 of each area is its low-voltage bus and
its "branch" is the transformer. In symmetrical components z0 = zp + 3·zn, which is how power-grid-model checks it.

Loads take constant power behind their service wire; below KNEE_VOLTS (0.85 of nominal) they become constant
impedances, as motors and heaters roughly do, so that no network collapses. Arrays run over the 96 slots inside, so
that the loops vectorise.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit

SLOTS = 96
KNEE_VOLTS = 187.0
KNEE_VOLTS_SQUARED = KNEE_VOLTS**2
_HALF_SQRT3 = 0.8660254037844386


@dataclass(frozen=True, slots=True)
class Grid:
    """Radial networks of n areas: nodes of area a are node_start[a]:node_start[a+1], parents before children.

    parent: local index in the area (-1 for the bus). zp, zn: complex ohms of the branch above a node, of the phase wire and of the
    neutral. Rows are metered phases, sorted by area like the nodes; node is local, phase 0 1 2, zs the complex loop
    ohms of the service.
    """

    node_start: np.ndarray
    parent: np.ndarray
    zp: np.ndarray
    zn: np.ndarray
    row_start: np.ndarray
    node: np.ndarray
    phase: np.ndarray
    zs: np.ndarray

    @property
    def areas(self) -> int:
        return len(self.node_start) - 1


@dataclass(frozen=True, slots=True)
class Solved:
    """row_u (rows, 96) volts; bus_u, bus_i (areas, 3, 96) volts, amperes; bus_p, bus_q (areas, 96) kW, kvar; turns per area."""

    row_u: np.ndarray
    bus_u: np.ndarray
    bus_i: np.ndarray
    bus_p: np.ndarray
    bus_q: np.ndarray
    turns: np.ndarray


class _Net(NamedTuple):
    """One area's network in real numbers: parents, ohms of phase wires and neutrals, rows' node, phase and service ohms."""

    parent: np.ndarray
    zp: np.ndarray  # (nodes, 2): r, x
    zn: np.ndarray
    node: np.ndarray
    phase: np.ndarray
    zs: np.ndarray


class _Flow(NamedTuple):
    """Working room: voltages v and currents j (nodes, 3, 2, slots), row currents i (rows, 2, slots), source e (3, 2, slots)."""

    v: np.ndarray
    j: np.ndarray
    i: np.ndarray
    e: np.ndarray


class _Out(NamedTuple):
    """What is found, of one area or of all."""

    u: np.ndarray
    bus_u: np.ndarray
    bus_i: np.ndarray
    bus_p: np.ndarray
    bus_q: np.ndarray


class _All(NamedTuple):
    """Every area's network, loads and source, and what is found."""

    node_start: np.ndarray
    row_start: np.ndarray
    net: _Net
    p: np.ndarray
    q: np.ndarray
    e: np.ndarray
    out: _Out
    turns: np.ndarray


@njit(cache=True, nogil=True)
def _currents(net, flow, p, q):  # type: ignore[no-untyped-def]
    """Row currents from the voltage behind each service wire, summed per node."""
    flow.j[:] = 0.0
    for k in range(len(net.node)):
        n, f, sr, sx = net.node[k], net.phase[k], net.zs[k, 0], net.zs[k, 1]
        ur, ui, kr, ki = flow.v[n, f, 0], flow.v[n, f, 1], flow.i[k, 0], flow.i[k, 1]
        tr, ti, pk, qk = flow.j[n, f, 0], flow.j[n, f, 1], p[k], q[k]
        for t in range(ur.shape[0]):
            cr = ur[t] - (sr * kr[t] - sx * ki[t])
            ci = ui[t] - (sr * ki[t] + sx * kr[t])
            scale = 1000.0 / max(cr * cr + ci * ci, KNEE_VOLTS_SQUARED)
            a = (pk[t] * cr + qk[t] * ci) * scale
            b = (pk[t] * ci - qk[t] * cr) * scale
            kr[t] = a
            ki[t] = b
            tr[t] += a
            ti[t] += b


@njit(cache=True, nogil=True)
def _backward(parent, j):  # type: ignore[no-untyped-def]
    for n in range(len(parent) - 1, 0, -1):
        above, here = j[parent[n]], j[n]
        for f in range(3):
            for t in range(here.shape[2]):
                above[f, 0, t] += here[f, 0, t]
                above[f, 1, t] += here[f, 1, t]


@njit(cache=True, nogil=True)
def _forward(net, flow):  # type: ignore[no-untyped-def]
    """New node voltages; returns the largest change in volts."""
    worst = 0.0
    for n in range(len(net.parent)):
        m = net.parent[n]
        a, b, c, d = net.zp[n, 0], net.zp[n, 1], net.zn[n, 0], net.zn[n, 1]
        above, here, j = flow.e if m < 0 else flow.v[m], flow.v[n], flow.j[n]
        for f in range(3):
            for t in range(here.shape[2]):
                sr = j[0, 0, t] + j[1, 0, t] + j[2, 0, t]
                si = j[0, 1, t] + j[1, 1, t] + j[2, 1, t]
                xr = above[f, 0, t] - (a * j[f, 0, t] - b * j[f, 1, t]) - (c * sr - d * si)
                xi = above[f, 1, t] - (a * j[f, 1, t] + b * j[f, 0, t]) - (c * si + d * sr)
                worst = max(worst, abs(xr - here[f, 0, t]) + abs(xi - here[f, 1, t]))
                here[f, 0, t] = xr
                here[f, 1, t] = xi
    return worst


@njit(cache=True, nogil=True)
def _begin(net, e):  # type: ignore[no-untyped-def]
    """Room for an area, its source three phases of no-load volts e, every node at the source's voltage."""
    nodes, rows, slots = len(net.parent), len(net.node), e.shape[0]
    flow = _Flow(
        np.empty((nodes, 3, 2, slots)),
        np.zeros((nodes, 3, 2, slots)),
        np.zeros((rows, 2, slots)),
        np.empty((3, 2, slots)),
    )
    for t in range(slots):
        flow.e[0, 0, t], flow.e[0, 1, t] = e[t], 0.0
        flow.e[1, 0, t], flow.e[1, 1, t] = -0.5 * e[t], -_HALF_SQRT3 * e[t]
        flow.e[2, 0, t], flow.e[2, 1, t] = -0.5 * e[t], _HALF_SQRT3 * e[t]
    for n in range(nodes):
        flow.v[n] = flow.e
    return flow


@njit(cache=True, nogil=True)
def _read_off(net, flow, out):  # type: ignore[no-untyped-def]
    """Voltages behind the services, and what the area meter at the bus sees."""
    slots = flow.v.shape[3]
    for k in range(len(net.node)):
        v, i, sr, sx = flow.v[net.node[k], net.phase[k]], flow.i[k], net.zs[k, 0], net.zs[k, 1]
        for t in range(slots):
            cr = v[0, t] - (sr * i[0, t] - sx * i[1, t])
            ci = v[1, t] - (sr * i[1, t] + sx * i[0, t])
            out.u[k, t] = np.sqrt(cr * cr + ci * ci)
    out.bus_p[:] = 0.0
    out.bus_q[:] = 0.0
    for f in range(3):
        for t in range(slots):
            a, b, c, d = flow.v[0, f, 0, t], flow.v[0, f, 1, t], flow.j[0, f, 0, t], flow.j[0, f, 1, t]
            out.bus_u[f, t] = np.sqrt(a * a + b * b)
            out.bus_i[f, t] = np.sqrt(c * c + d * d)
            out.bus_p[t] += (a * c + b * d) / 1000.0
            out.bus_q[t] += (b * c - a * d) / 1000.0


@njit(cache=True, nogil=True)
def _solve_areas(every, first, last, tol, most):  # type: ignore[no-untyped-def]
    """Sweep the areas first…last until the largest change is below tol, at most `most` times each."""
    for a in range(first, last):
        n, m, r, s = every.node_start[a], every.node_start[a + 1], every.row_start[a], every.row_start[a + 1]
        whole = every.net
        net = _Net(whole.parent[n:m], whole.zp[n:m], whole.zn[n:m], whole.node[r:s], whole.phase[r:s], whole.zs[r:s])
        out = _Out(every.out.u[r:s], every.out.bus_u[a], every.out.bus_i[a], every.out.bus_p[a], every.out.bus_q[a])
        flow = _begin(net, every.e[a])
        p, q = every.p[r:s], every.q[r:s]
        every.turns[a] = most
        for turn in range(most):
            _currents(net, flow, p, q)
            _backward(net.parent, flow.j)
            if _forward(net, flow) < tol:
                every.turns[a] = turn + 1
                break
        _read_off(net, flow, out)


def solve(
    grid: Grid, p: np.ndarray, q: np.ndarray, e: np.ndarray, *, tol: float = 1e-4, most: int = 80, threads: int = 2
) -> Solved:
    """Voltages and currents of every area for loads p, q (rows, 96) kW, kvar and no-load bus volts e (areas, 96).

    `tol` is the largest change of a node voltage (V) in the last sweep; an area that did not settle has turns == most.
    """
    rows, areas, slots = len(grid.node), grid.areas, e.shape[1]
    out = _Out(
        np.empty((rows, slots), np.float32), np.empty((areas, 3, slots)), np.empty((areas, 3, slots)),
        np.empty((areas, slots)), np.empty((areas, slots)),
    )  # fmt: skip
    zp, zn, zs = (np.stack([z.real, z.imag], axis=1) for z in (grid.zp, grid.zn, grid.zs))
    net = _Net(grid.parent, zp, zn, grid.node, grid.phase, zs)
    turns = np.zeros(areas, np.int64)
    every = _All(grid.node_start, grid.row_start, net, p.astype(np.float64), q.astype(np.float64), e, out, turns)
    cuts = np.linspace(0, areas, min(areas, threads * 4) + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda first, last: _solve_areas(every, first, last, tol, most), cuts[:-1], cuts[1:]))
    return Solved(out.u, out.bus_u, out.bus_i, out.bus_p, out.bus_q, turns)
