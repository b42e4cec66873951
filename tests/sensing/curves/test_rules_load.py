"""重载、过载、三相不平衡、零线、停运 and the area meter's own faults: truth tables, cell by cell."""

import numpy as np
import pytest

from longzhong.sensing.curves.rules import Limits
from tests.sensing.curves.make import NAN, area_day, day, load_details, load_verdicts, with_load

NOTHING = np.full(96, NAN, dtype=np.float32)


@pytest.mark.parametrize(
    ("curves", "heavy", "over"),
    [
        pytest.param(with_load({(60, 68): 0.9}), "abnormal", "normal", id="90 % for 2 h"),
        pytest.param(with_load({(60, 67): 0.9}), "normal", "normal", id="90 % for 1:45"),
        pytest.param(with_load({(60, 70): 0.79}), "normal", "normal", id="79 %"),
        pytest.param(with_load({(60, 68): 1.2}), "undetermined", "abnormal", id="120 %: overload, not heavy load too"),
        pytest.param(
            with_load({(60, 64): 0.9, (64, 66): 1.1, (66, 70): 0.9}), "abnormal", "normal", id="swinging about 100 %"
        ),
        pytest.param(with_load(0.5), "normal", "normal", id="half load"),
        pytest.param(
            with_load({(60, 68): 0.9}) | {"q": NOTHING}, "abnormal", "normal", id="without q the currents decide"
        ),
        pytest.param(
            with_load({(60, 68): 0.9}) | dict.fromkeys(("q", "ia", "ib", "ic"), NOTHING),
            "undetermined",
            "undetermined",
            id="nothing to decide by",
        ),
        pytest.param(
            with_load(0.3) | dict.fromkeys(("q", "ia", "ib", "ic"), NOTHING),
            "normal",
            "normal",
            id="p alone, far below",
        ),
        pytest.param(
            with_load(0.3) | {"p": day(165)} | dict.fromkeys(("q", "ia", "ib", "ic"), NOTHING),
            "abnormal",
            "undetermined",
            id="p alone",
        ),
        pytest.param(with_load(0.5) | {"p": day(60, (NAN, 40, 47))}, "normal", "normal", id="short gap"),
    ],
)
def test_load(curves, heavy, over):
    verdicts = load_verdicts(curves)
    assert (verdicts["heavy_load"], verdicts["overload"]) == (heavy, over)


def test_exactly_the_limit_is_reached():
    p, q = np.full(96, 96.0, dtype=np.float32), np.full(96, 128.0, dtype=np.float32)  # 160 kVA of 200
    assert load_verdicts(with_load(0.8) | {"p": p, "q": q})["heavy_load"] == "abnormal"


def amps(a: float, b: float, c: float, first: int = 40, after: int = 48) -> dict[str, np.ndarray]:
    """100 A a phase, and these from `first` on. A 200 kVA area carries 288.7 A."""
    calm = {f"i{n}": day(60, (value, first, after), step=0.01) for n, value in zip("abc", (a, b, c), strict=True)}
    volts = {f"u{n}": day(230) for n in "abc"}
    seen = sum(volts[f"u{n}"] * calm[f"i{n}"] for n in "abc") / 1000
    return volts | calm | {"p": seen.astype(np.float32), "q": np.zeros(96, dtype=np.float32)}


@pytest.mark.parametrize(
    ("curves", "expected"),
    [
        pytest.param(amps(200, 150, 90), "abnormal", id="55 % for 2 h"),
        pytest.param(amps(200, 150, 101), "normal", id="under 50 %"),
        pytest.param(amps(200, 150, 90, 40, 47), "normal", id="1:45"),
        pytest.param(amps(80, 40, 20), "normal", id="under gate load is not abnormal"),
        pytest.param(amps(88, 40, 20), "abnormal", id="just over the gate"),
        pytest.param(amps(200, 90, 150) | {"ic": NOTHING}, "abnormal", id="two phases tell enough"),
        pytest.param(amps(200, 150, 150) | {"ic": NOTHING}, "undetermined", id="the third phase could have"),
    ],
)
def test_unbalance(curves, expected):
    assert load_verdicts(curves)["unbalance"] == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"ua": day(255, step=0.01), "ub": day(200, step=0.01)}, "abnormal", id="55 V apart all day"),
        pytest.param({"ua": day(230, (265, 40, 42))}, "abnormal", id="half an hour"),
        pytest.param({"ua": day(230, (265, 40, 41))}, "normal", id="a quarter"),
        pytest.param({"ua": day(245)}, "normal", id="15 V"),
        pytest.param({"ua": day(230, (0.0, 40, 60))}, "undetermined", id="a lost phase is not a broken neutral"),
        pytest.param({"ua": day(230, (700, 40, 60))}, "undetermined", id="an impossible value"),
        pytest.param({"uc": day(230, (NAN, 40, 60))}, "undetermined", id="a gap"),
        pytest.param({"ua": day(230, (270, 40, 44)), "uc": NOTHING}, "abnormal", id="two phases tell enough"),
    ],
)
def test_neutral(changed, expected):
    assert load_verdicts(area_day(**changed))["neutral"] == expected


def volts(*parts: tuple[float, int, int]) -> dict[str, np.ndarray]:
    return {f"u{n}": day(230, *parts) for n in "abc"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(volts((0.0, 40, 42)), "abnormal", id="half an hour without voltage"),
        pytest.param(volts((0.0, 40, 41)), "normal", id="a quarter"),
        pytest.param({"ua": day(230, (0.0, 40, 60))}, "normal", id="one phase lost"),
        pytest.param(volts((NAN, 40, 60)), "undetermined", id="silent is not dead"),
        pytest.param(volts((NAN, 40, 60)) | {"uc": day(230)}, "normal", id="one phase tells that it lives"),
        pytest.param(volts((0.0, 40, 41), (NAN, 41, 42), (0.0, 42, 43)), "undetermined", id="a gap between zeros"),
    ],
)
def test_dead(changed, expected):
    assert load_verdicts(area_day(**changed))["dead"] == expected


@pytest.mark.parametrize(
    ("kind", "changed", "expected"),
    [
        pytest.param("gap", {"p": day(40, (NAN, 40, 48))}, "abnormal", id="power missing 2 h"),
        pytest.param("gap", {"q": NOTHING}, "normal", id="q is not collected there"),
        pytest.param("gap", dict.fromkeys(("ia", "ib", "ic", "p", "q"), NOTHING), "abnormal", id="nothing came"),
        pytest.param("negative", {"ia": day(60, (-4.0, 10, 14))}, "abnormal", id="negative current"),
        pytest.param("negative", {"p": day(-40)}, "normal", id="feeding back is allowed"),
        pytest.param("multiplier", {"p": day(0.5), "q": day(0.1)}, "abnormal", id="power without its ratio"),
        pytest.param("multiplier", {"p": day(900)}, "abnormal", id="beyond what a transformer can carry"),
        pytest.param("multiplier", {}, "normal", id="power fits u times i"),
    ],
)
def test_quality(kind, changed, expected):
    assert load_verdicts(area_day(**changed))[kind] == expected


@pytest.mark.parametrize("changed", [{"p": day(900)}, {"ia": day(60, (-4.0, 10, 14))}], ids=["multiplier", "negative"])
def test_a_meter_that_cant_be_believed_says_nothing_of_load(changed):
    verdicts = load_verdicts(area_day(**changed))
    assert {verdicts[kind] for kind in ("heavy_load", "overload", "unbalance")} == {"undetermined"}


def test_without_rated_power_load_is_not_judged():
    verdicts = load_verdicts(area_day(), kva=NAN)
    assert [verdicts[kind] for kind in ("heavy_load", "overload", "unbalance", "neutral")] == ["unjudged"] * 3 + [
        "normal"
    ]


def test_numbers_of_load_findings():
    told = load_details(with_load({(60, 70): 0.9}))["heavy_load"]
    assert (told["slots"], told["conf"], told["first"], told["last"]) == (10, 10, 60, 69)
    assert told["worst"] == pytest.approx(90.0, abs=0.01)
    assert load_details(amps(200, 150, 90))["unbalance"]["worst"] == pytest.approx(55.0, abs=0.1)


def test_limits_are_tunable():
    assert load_verdicts(amps(200, 150, 140), limits=Limits(unbalance_ratio=0.25))["unbalance"] == "abnormal"
