"""Learning from labelled pairs, in folds: a forest of boosted trees over what pairs share, with a word-by-word model beneath it.

Every figure of a fold is of pairs that nothing was learned from; the threshold of F1 comes from the other folds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from longzhong.sensing.texts.engines.grams import Shape
from longzhong.sensing.texts.engines.linear import Plan, learn_features
from longzhong.sensing.texts.engines.pairs import Lexical, crossed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WORDS = Shape(chars=(2,), words=True, pairs=True)
INNER = 4
TREES = {"max_iter": 250, "learning_rate": 0.05, "max_leaf_nodes": 15, "min_samples_leaf": 20, "l2_regularization": 1.0}
SPREAD = 3  # forests of other seeds, averaged


@dataclass(frozen=True)
class Pairs:
    """Folded sentences side by side, and their labels (0 and 1, or grades)."""

    left: Sequence[str]
    right: Sequence[str]
    label: Floats

    def take(self, rows: Ints) -> "Pairs":
        return Pairs([self.left[row] for row in rows], [self.right[row] for row in rows], self.label[rows])

    @property
    def texts(self) -> list[str]:
        return [*self.left, *self.right]


def scores(pairs: Pairs, folds: Ints) -> Floats:
    """A score for each pair, learned from the other folds only: (pairs,)."""
    made = np.zeros(len(pairs.label))
    for fold in np.unique(folds):
        here, others = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        made[here] = learned(pairs.take(others), pairs.take(here))
    return made


def learned(known: Pairs, asked: Pairs) -> Floats:
    """Scores of the asked pairs by what the known ones teach."""
    lexical = Lexical(known.texts)
    rows, wanted = lexical.of(known.left, known.right), lexical.of(asked.left, asked.right)
    by_word, asked_by_word = _by_word(known, asked)
    rows, wanted = np.column_stack([rows, by_word]), np.column_stack([wanted, asked_by_word])
    trees = [_forest(rows, known, wanted, seed) for seed in range(SPREAD)]
    return np.asarray(0.75 * np.mean(trees, axis=0) + 0.25 * _straight(rows, known, wanted))


def _forest(rows: Floats, known: Pairs, wanted: Floats, seed: int) -> Floats:
    """Least squares for labels too: the score of a pair is then the share of such pairs that are the same."""
    trees = HistGradientBoostingRegressor(random_state=seed, max_features=0.5, **TREES)
    return np.asarray(trees.fit(rows, known.label).predict(wanted))


def _straight(rows: Floats, known: Pairs, wanted: Floats) -> Floats:
    return np.asarray(make_pipeline(StandardScaler(), Ridge(50.0)).fit(rows, known.label).predict(wanted))


def _by_word(known: Pairs, asked: Pairs) -> tuple[Floats, Floats]:
    """The word-by-word score of known pairs (each from the others) and of the asked ones."""
    features = learn_features(known.texts, Plan(WORDS, least=3, most=40_000))
    rows = crossed(known.left, known.right, features)
    inner = np.random.default_rng(7).permutation(len(known.label)) % INNER
    made = np.zeros(len(known.label))
    for fold in range(INNER):
        here, others = inner == fold, inner != fold
        made[here] = _linear(rows[others], known.take(np.flatnonzero(others)), rows[here])
    return made, _linear(rows, known, crossed(asked.left, asked.right, features))


def _linear(rows: csr_matrix, known: Pairs, wanted: csr_matrix) -> Floats:
    return np.asarray(Ridge(3.0, solver="sparse_cg").fit(rows, known.label).predict(wanted))
