"""Likeness of texts, features of pairs, learning from labelled pairs."""

import time

import numpy as np
import pytest

from longzhong.sensing.texts.engines.likeness import house_scale, likeness, likenesses, plain_scores
from longzhong.sensing.texts.engines.maker import make_pairs, make_texts
from longzhong.sensing.texts.engines.pairs import Lexical, _common, _edits
from longzhong.sensing.texts.engines.same import Pairs, scores
from longzhong.sensing.texts.rules.cleaning import fold
from longzhong.sensing.texts.rules.figures import auc

SAID = "檀溪村3号楼一到晚上电压低，空调带不动"


def slow_common(a: str, b: str) -> int:
    table = [[0] * (len(b) + 1) for _row in range(len(a) + 1)]
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@pytest.mark.parametrize("seed", range(5))
def test_common_letters_are_those_of_a_slow_table(seed: int) -> None:
    dice = np.random.default_rng(seed)
    a, b = (
        "".join(dice.choice(list("停电压低abc"), size))
        for size in (int(dice.integers(0, 30)), int(dice.integers(0, 90)))
    )
    assert _common(a, b) == _common(b, a) == slow_common(a, b)
    assert _common("", "x") == 0
    assert _edits("停电", "停电") == 0


def test_likeness_is_one_for_the_same_and_symmetrical() -> None:
    assert likeness(SAID, SAID) == pytest.approx(1.0, abs=1e-6)
    other = "檀溪村3号楼晚上电压太低，空调启动不了"
    assert likeness(SAID, other) == pytest.approx(likeness(other, SAID))
    assert likeness(SAID, other) > 0.4 > likeness(SAID, "表扬抢修师傅半夜来修，态度好")
    assert likeness(SAID, "") == 0.0
    assert len(likenesses(SAID, [])) == 0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("檀溪村3号楼电压低", "檀溪村5号楼电压低"),  # other figures
        ("檀溪村3号楼一直有电压低", "檀溪村3号楼没有电压低"),  # denied
        ("【报修】檀溪村3号楼电压低", "【表扬】檀溪村3号楼电压低"),  # another topic
    ],
)
def test_figures_denials_and_tags_weigh(nearer: str, farther: str) -> None:
    said = "【报修】檀溪村3号楼电压低"
    assert likeness(said, nearer) > likeness(said, farther)


def test_one_against_five_hundred_is_quick() -> None:
    house_scale()
    others = [text for text, _code in make_texts(8, 500)]
    likenesses(SAID, others)
    seconds = []
    for _turn in range(3):
        start = time.perf_counter()
        likenesses(SAID, others)
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.15  # 20 ms on a quiet machine


def test_made_pairs_are_told_apart_without_lessons() -> None:
    pairs = make_pairs(11, 400)
    truth = np.array([float(same) for _a, _b, same in pairs])
    plain = plain_scores([a for a, _b, _s in pairs], [b for _a, b, _s in pairs])
    assert ((plain >= 0) & (plain <= 1)).all()
    assert auc(truth, plain) > 0.9


def test_lessons_help_and_nothing_is_asked_that_was_seen() -> None:
    pairs = make_pairs(12, 500)
    told = Pairs(
        [fold(a) for a, _b, _s in pairs], [fold(b) for _a, b, _s in pairs], np.array([float(s) for *_ab, s in pairs])
    )
    found = scores(told, np.arange(500) % 5)
    assert auc(told.label, found) > 0.92
    rows = Lexical(told.texts).of(told.left, told.right)
    assert rows.shape[0] == 500
    assert np.isfinite(rows).all()
    nothing = Pairs(told.left, told.right, np.random.default_rng(3).permutation(told.label))
    assert abs(auc(nothing.label, scores(nothing, np.arange(500) % 5)) - 0.5) < 0.1  # labels at random teach nothing
