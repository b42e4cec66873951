"""Indicators as rows: their shares, promises and words."""

import pytest

from longzhong.assessment.indicators.rules import BY_CODE, HEADLINES, INDICATORS, KIND_WORDS, Tally, Targets, value_of


@pytest.mark.parametrize(
    ("code", "tallies", "parts", "share", "met"),
    [
        pytest.param("voltage_load", {}, (0, 0), None, None, id="nothing found"),
        pytest.param("voltage_load", {"low_voltage": Tally(4, 4)}, (4, 4), 100.0, True, id="all cured"),
        pytest.param(
            "voltage_load", {"low_voltage": Tally(2000, 1999), "unbalance": Tally(9)}, (1999, 2000), 100.0, False,
            id="99.95 % rounds to 100 and is not kept",
        ),
        pytest.param(
            "voltage_load", {"heavy_load": Tally(3, 1, 0, 1), "overload": Tally(1, 1)}, (2, 3), 66.7, False,
            id="a withdrawn alert is no fault",
        ),
        pytest.param("voltage_load", {"overload": Tally(1, 0, 0, 1)}, (0, 0), None, None, id="only withdrawn ones"),
        pytest.param("unbalance", {"unbalance": Tally(5, 4)}, (4, 5), 80.0, True, id="80 % is kept at 80 %"),
        pytest.param("unbalance", {"unbalance": Tally(100, 79)}, (79, 100), 79.0, False, id="79 % is not"),
        pytest.param("on_time", {"low_voltage": Tally(10, 5, 0, 2, 3)}, (5, 8), 62.5, None, id="on time, nothing promised"),
        pytest.param("unproven", {"low_voltage": Tally(10, 5, 2)}, (2, 10), 20.0, None, id="waits for a person"),
        pytest.param("metering", {"flat": Tally(2, 1), "low_voltage": Tally(9)}, (1, 2), 50.0, None, id="meters apart"),
    ],
)  # fmt: skip
def test_a_share_with_its_parts(
    code: str, tallies: dict[str, Tally], parts: tuple[int, int], share: float | None, met: bool | None
) -> None:
    value = value_of(BY_CODE[code], tallies, Targets())
    assert ((value.numerator, value.denominator), value.share, value.met) == (parts, share, met)


def test_less_is_better_where_it_says_so() -> None:
    promised = Targets(unproven_pct=10.0)
    assert value_of(BY_CODE["unproven"], {"dead": Tally(10, 0, 1)}, promised).met is True
    assert value_of(BY_CODE["unproven"], {"dead": Tally(10, 0, 2)}, promised).met is False


def test_formulas_are_told_in_words() -> None:
    assert BY_CODE["voltage_load"].formula == "核实治好 ÷ （发现 − 撤销）"
    assert BY_CODE["on_time"].formula == "（发现 − 撤销 − 超期） ÷ （发现 − 撤销）"


def test_every_indicator_counts_known_kinds_and_promises_a_known_target() -> None:
    assert set(HEADLINES) <= set(BY_CODE)
    for indicator in INDICATORS:
        assert set(indicator.kinds) <= set(KIND_WORDS)
        assert not indicator.target or hasattr(Targets(), indicator.target)
