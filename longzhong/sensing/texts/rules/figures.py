"""How good guesses are, in plain NumPy: accuracy, macro F1, calibration; rank correlation, AUC, F1 of pairs.

Shapes: `right`, `guess` (n,) class numbers; `probabilities` (n, classes); `score`, `truth` (n,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BINS = 10


@dataclass(frozen=True)
class Bin:
    """Guesses of about one sureness: how many, how sure on average, and how many of them were right."""

    low: float
    high: float
    count: int
    sure: float
    right: float


def accuracy(right: Ints, guess: Ints) -> float:
    return float((right == guess).mean()) if len(right) else 0.0


def f1_by_class(right: Ints, guess: Ints, classes: int) -> Floats:
    """(classes,); a class without texts and guesses is NaN."""
    hit = np.bincount(right[right == guess], minlength=classes).astype(np.float64)
    both = np.bincount(right, minlength=classes) + np.bincount(guess, minlength=classes)
    with np.errstate(invalid="ignore", divide="ignore"):
        made: Floats = 2 * hit / both
    return made


def macro_f1(right: Ints, guess: Ints, classes: int) -> float:
    """The mean F1 of the classes that occur among the truth or the guesses."""
    each = f1_by_class(right, guess, classes)
    return float(np.nanmean(each)) if np.isfinite(each).any() else 0.0


def calibration(right: Ints, probabilities: Floats, bins: int = BINS) -> list[Bin]:
    """Guesses by their sureness in equal steps; empty steps are left out."""
    sure, hit = probabilities.max(axis=1), probabilities.argmax(axis=1) == right
    step = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(one / bins, (one + 1) / bins, int(at.sum()), float(sure[at].mean()), float(hit[at].mean()))
        for one in range(bins)
        if (at := step == one).any()
    ]


def ece(right: Ints, probabilities: Floats, bins: int = 15) -> float:
    """Expected calibration error: how far sureness is from being right, on average over the guesses."""
    return sum(one.count * abs(one.sure - one.right) for one in calibration(right, probabilities, bins)) / max(
        1, len(right)
    )


def ranks(values: Floats) -> Floats:
    """1..n, equal values share their mean rank."""
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values))
    rank[order] = np.arange(1, len(values) + 1)
    _same, which, count = np.unique(values, return_inverse=True, return_counts=True)
    mean: Floats = (np.bincount(which, weights=rank) / count)[which]
    return mean


def spearman(truth: Floats, score: Floats) -> float:
    """Rank correlation; 0 where one of them is constant."""
    one, two = ranks(truth), ranks(score)
    if one.std() == 0 or two.std() == 0:
        return 0.0
    return float(np.corrcoef(one, two)[0, 1])


def auc(truth: Floats, score: Floats) -> float:
    """The chance that a true pair scores above a false one; 0.5 where only one kind is there."""
    true = truth > 0.5
    many, few = int(true.sum()), int((~true).sum())
    if not many or not few:
        return 0.5
    return float((ranks(score)[true].sum() - many * (many + 1) / 2) / (many * few))


def f1_at(truth: Floats, score: Floats, threshold: float) -> float:
    guess, true = score >= threshold, truth > 0.5
    hit = float((guess & true).sum())
    return 2 * hit / max(1.0, float(guess.sum() + true.sum()))


def best_threshold(truth: Floats, score: Floats) -> float:
    """The threshold with the highest F1 (halfway between two scores)."""
    order = np.argsort(-score, kind="stable")
    true = (truth[order] > 0.5).astype(np.float64)
    hits, taken = np.cumsum(true), np.arange(1, len(true) + 1)
    marks = 2 * hits / (taken + true.sum())
    ordered = score[order]
    marks[:-1][ordered[:-1] == ordered[1:]] = -1.0  # equal scores go together
    at = int(marks.argmax())
    return float((ordered[at] + ordered[at + 1]) / 2) if at + 1 < len(ordered) else float(ordered[at])
