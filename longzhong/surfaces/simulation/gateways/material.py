"""The figures that the project carries for its demo county (data/NOTICE.md): household days, streets and villages."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from longzhong.surfaces.simulation.rules.county import RURAL, URBAN, Street
from longzhong.surfaces.simulation.rules.loads import Household

DATA = Path(__file__).parents[1] / "data"


@cache
def households() -> Household:
    """100 measured household days in kW."""
    with np.load(DATA / "household_watts.npz") as stored:
        return Household((stored["watts"] / 1000.0).astype(np.float32))


@cache
def streets() -> tuple[Street, ...]:
    """The streets and townships of 襄城区 with their villages."""
    rows = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
    return tuple(
        Street(
            row["code"],
            row["name"],
            row["lat"],
            row["lon"],
            URBAN if row["site"] == "urban" else RURAL,
            tuple(row["villages"]),
        )
        for row in rows
    )
