"""Limits: the rule pack says what the code defaults to, and durations become slots."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from longzhong.sensing.curves import rules
from longzhong.sensing.curves.rules import Limits
from longzhong.sensing.curves.rules.limits import at_least, longer_than, voltage_bounds

PACK = Path(rules.__file__).parents[3] / "register" / "policies" / "packs" / "curves.toml"


def test_the_pack_holds_every_limit_with_its_default_and_source():
    rows = tomllib.loads(PACK.read_text())["policy"]
    told = {row["key"].removeprefix("curves."): row["value"] for row in rows}
    assert {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()} == asdict(
        Limits()
    )
    assert all(row["source"] and row["confidence"] in {"F", "F2", "M", "U"} for row in rows)


@pytest.mark.parametrize(("minutes", "slots"), [(0, 1), (14, 1), (15, 2), (60, 5), (61, 5), (75, 6), (9999, 96)])
def test_longer_than(minutes, slots):
    assert longer_than(minutes) == slots


@pytest.mark.parametrize(("minutes", "slots"), [(0, 1), (15, 1), (16, 2), (120, 8), (9999, 96)])
def test_at_least(minutes, slots):
    assert at_least(minutes) == slots


def test_three_phase_limits_are_line_to_line():
    single, three = voltage_bounds([Limits()]).values[:, 2:4]
    assert single.tolist() == pytest.approx([198.0, 235.4], abs=1e-5)
    assert (three * 3**0.5).tolist() == pytest.approx([353.4, 406.6], abs=1e-4)
