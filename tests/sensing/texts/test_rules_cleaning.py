"""Cleaning and figures, and the measures of how good a guess is."""

import numpy as np
import pytest

from longzhong.sensing.texts.rules import TERMS, clean, figures_of, fold, model_text
from longzhong.sensing.texts.rules.figures import (
    accuracy,
    auc,
    best_threshold,
    calibration,
    ece,
    f1_at,
    macro_f1,
    spearman,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＢＣ１２３", "abc123"), ("  停 \n 电 ", "停 电"), ("快来！！！", "快来!"), ("", "")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("2026年3月1日停电", "某日停电"),
        ("3月1日8点半停电", "某日某时停电"),
        ("停了3次", "停了某次数"),
        ("电压只有180伏", "电压只有某伏"),
        ("10千伏线路", "某千伏线路"),
        ("用了500度，320.5元", "用了某电量,某金额"),
        ("等了2个小时，3天了", "等了某时长,某天数了"),
        ("户号0301234567", "户号某长号"),
        ("〔姓名〕电话〔电话〕", "〔〕电话〔〕"),
    ],
)
def test_figures_become_classes(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


def test_a_tag_stands_apart_and_figures_stay_readable() -> None:
    said = clean("【故障报修】3号楼停了2次")
    assert (said.tag, said.text, said.figures) == ("故障报修", "某数号楼停了某次数", ("3", "2次"))
    assert model_text("【投诉】停电") == "投诉:停电" or model_text("【投诉】停电") == "投诉：停电"
    assert figures_of("8点到10点") == ("8点", "10点")


def test_the_terms_are_many_and_once_each() -> None:
    assert len(TERMS) >= 150
    assert len(set(TERMS)) == len(TERMS)


def test_measures_of_classes_by_hand() -> None:
    right, guess = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0])
    assert accuracy(right, guess) == pytest.approx(0.6)
    assert macro_f1(right, guess, 3) == pytest.approx((0.5 + 0.8 + 0.0) / 3)
    sure = np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8], [0.4, 0.6]])
    hits = np.array([0, 1, 1, 1])
    steps = calibration(hits, sure)
    assert [(one.count, one.right) for one in steps] == [(1, 1.0), (1, 1.0), (2, 0.5)]
    assert ece(hits, sure, 10) == pytest.approx((0.4 + 0.2 + 2 * 0.4) / 4)
    assert (accuracy(np.zeros(0), np.zeros(0)), macro_f1(np.zeros(0, int), np.zeros(0, int), 2)) == (0.0, 0.0)


def test_measures_of_pairs_by_hand() -> None:
    truth, score = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.1, 0.9, 0.4, 0.4])
    assert auc(truth, score) == pytest.approx(0.875)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0])) == pytest.approx(1.0)
    assert spearman(truth, np.ones(4)) == 0.0
    assert auc(np.ones(4), score) == 0.5
    at = best_threshold(truth, score)
    assert 0.1 < at <= 0.4
    assert f1_at(truth, score, at) == pytest.approx(0.8)
