"""A linear model over hashed features: large margins and naive Bayes, blended and calibrated on texts held back.

Both are linear in the features, so that the blend is one matrix; its scores through a softmax are probabilities because the two
weights of the blend are chosen by likelihood on texts that neither had seen. Serving needs NumPy and SciPy only.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from longzhong.sensing.texts.engines.grams import BITS, PLAIN, Shape, Tokenizer, bucket_counts, matrix

Scores = NDArray[np.float64]
Weights = NDArray[np.float32]
HELD_BACK = 6  # every sixth text of a class calibrates
SEEN_BY_CHOICE = 12_000  # texts from which the plan is chosen


@dataclass(frozen=True)
class Plan:
    """How a model is made: features, their least document frequency, how many at most, and the margin's softness."""

    shape: Shape = field(default_factory=Shape)
    least: int = 2
    most: int = 400_000
    c: float = 0.3
    smooth: float = 0.3


PLANS = (
    Plan(Shape(chars=(1, 2, 3)), c=0.3),
    Plan(Shape(chars=(1, 2, 3)), c=0.1),
    Plan(Shape(chars=(1, 2, 3)), c=1.0),
    Plan(c=0.5),
    Plan(Shape(chars=()), c=0.3),
    Plan(Shape(chars=(1, 2), pairs=False), c=0.3),
)


@dataclass(frozen=True)
class Features:
    """The known buckets (ascending) with their inverse document frequencies."""

    shape: Shape
    buckets: NDArray[np.int32]
    idf: NDArray[np.float32]
    index: NDArray[np.int32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index = np.full(1 << BITS, -1, dtype=np.int32)
        index[self.buckets] = np.arange(len(self.buckets), dtype=np.int32)
        object.__setattr__(self, "index", index)

    def of(self, texts: Sequence[str], tokenizer: Tokenizer = PLAIN) -> csr_matrix:
        """Rows of length one: (1 + ln count) · idf."""
        made = matrix(texts, self.index, len(self.buckets), self.shape, tokenizer)
        made.data = (1.0 + np.log(made.data)) * self.idf[made.indices]
        squares = np.add.reduceat(np.append(made.data**2, 0.0), made.indptr[:-1]) if made.shape[0] else np.zeros(0)
        squares[np.diff(made.indptr) == 0] = 1.0
        made.data /= np.repeat(np.sqrt(squares), np.diff(made.indptr)).astype(np.float32)
        return made


def learn_features(texts: Sequence[str], plan: Plan, tokenizer: Tokenizer = PLAIN) -> Features:
    """The buckets of these texts that are neither too rare nor everywhere; the most frequent ones if there are too many."""
    counts = bucket_counts(texts, plan.shape, tokenizer)
    least = plan.least if len(texts) >= 200 else 1
    kept = np.flatnonzero((counts >= least) & (counts <= max(1, int(0.95 * len(texts)))))
    if len(kept) > plan.most:
        kept = np.sort(kept[np.argsort(-counts[kept], kind="stable")[: plan.most]])
    idf = np.log((1.0 + len(texts)) / (1.0 + counts[kept])) + 1.0
    return Features(plan.shape, kept.astype(np.int32), idf.astype(np.float32))


@dataclass(frozen=True)
class Linear:
    """A model: `weights` (classes, features), `bias` (classes,), and the classes' labels in their order."""

    features: Features
    labels: tuple[str, ...]
    weights: Weights
    bias: NDArray[np.float32]

    def probabilities(self, texts: Sequence[str], tokenizer: Tokenizer = PLAIN) -> Scores:
        """(texts, classes), rows sum to one."""
        return softmax(self.features.of(texts, tokenizer) @ self.weights.T + self.bias)


def softmax(scores: NDArray[np.floating]) -> Scores:
    risen = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    made: Scores = risen / risen.sum(axis=1, keepdims=True)
    return made


def learn(texts: Sequence[str], labels: Sequence[str], plan: Plan, tokenizer: Tokenizer = PLAIN) -> Linear:
    """A calibrated model; at least two labels, else ValueError."""
    texts, labels = once_each(texts, labels)
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("one class only: nothing to tell apart")
    target = np.searchsorted(names, labels)
    features = learn_features(texts, plan, tokenizer)
    rows = features.of(texts, tokenizer)
    blend = _blend(rows, target, len(names), plan)
    margins, bayes = _margins(rows, target, len(names), plan), _bayes(rows, target, len(names), plan)
    weights = blend[0] * margins[0] + blend[1] * bayes[0]
    return Linear(
        features, names, weights.astype(np.float32), (blend[0] * margins[1] + blend[2] * bayes[1]).astype(np.float32)
    )


def once_each(texts: Sequence[str], labels: Sequence[str]) -> tuple[list[str], list[str]]:
    """Equal texts once, so that what is held back was truly not seen."""
    kept = dict(zip(reversed(texts), reversed(labels), strict=True))
    return list(reversed(kept.keys())), list(reversed(kept.values()))


def choose(texts: Sequence[str], labels: Sequence[str], tokenizer: Tokenizer = PLAIN, seed: int = 7) -> Plan:
    """The plan that does best on texts held back from these (a sample of them)."""
    texts, labels = once_each(texts, labels)
    some = np.random.default_rng(seed).permutation(len(texts))[:SEEN_BY_CHOICE]
    names = tuple(sorted(set(labels)))
    target = np.searchsorted(names, [labels[one] for one in some])
    known: dict[Shape, csr_matrix] = {}
    best = (-np.inf, PLANS[0])
    for plan in PLANS:
        rows = known.get(plan.shape)
        if rows is None:
            sample = [texts[one] for one in some]
            rows = known[plan.shape] = learn_features(sample, plan, tokenizer).of(sample, tokenizer)
        best = max(best, (_worth(rows, target, len(names), plan), plan), key=lambda pair: pair[0])
    return best[1]


def _worth(rows: csr_matrix, target: NDArray[np.int64], classes: int, plan: Plan) -> float:
    back = _back(target)
    if back.all() or not back.any():
        return 0.0
    one, two = _two(rows, target, back, classes, plan)
    blend = _fit_blend(one, two, target[back])
    chosen = (blend[0] * one + blend[1] * two[0] + blend[2] * two[1]).argmax(axis=1)
    return float((chosen == target[back]).mean())


def _blend(rows: csr_matrix, target: NDArray[np.int64], classes: int, plan: Plan) -> NDArray[np.float64]:
    back = _back(target)
    if back.sum() < 10:
        return np.array([2.0, 1.0, 0.0])  # too few to fit
    one, two = _two(rows, target, back, classes, plan)
    return _fit_blend(one, two, target[back])


def _two(
    rows: csr_matrix, target: NDArray[np.int64], back: NDArray[np.bool_], classes: int, plan: Plan
) -> tuple[Scores, tuple[Scores, Scores]]:
    """What both say of the texts held back, learned from the others: margins; naive Bayes and its priors."""
    margin = _margins(rows[~back], target[~back], classes, plan)
    bayes = _bayes(rows[~back], target[~back], classes, plan)
    prior = np.repeat(bayes[1][None, :], int(back.sum()), axis=0)
    return rows[back] @ margin[0].T + margin[1], (rows[back] @ bayes[0].T, prior)


def _back(target: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Every sixth text in the order of the classes, never the first of a class."""
    order = np.argsort(target, kind="stable")
    first = np.searchsorted(target[order], target[order], side="left") == np.arange(len(target))
    made = np.zeros(len(target), dtype=bool)
    made[order] = (np.arange(len(target)) % HELD_BACK == HELD_BACK - 1) & ~first
    return made


def _margins(rows: csr_matrix, target: NDArray[np.int64], classes: int, plan: Plan) -> tuple[Scores, Scores]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        made = LinearSVC(C=plan.c, dual=True, max_iter=300, tol=1e-2, random_state=7).fit(rows, target)
    weights, bias = np.zeros((classes, rows.shape[1])), np.full(classes, -1.0)
    if len(made.classes_) == 2:
        half = made.coef_[0] / 2, made.intercept_[0] / 2
        low, high = made.classes_
        weights[low], weights[high], bias[low], bias[high] = -half[0], half[0], -half[1], half[1]
    else:
        weights[made.classes_], bias[made.classes_] = made.coef_, made.intercept_
    return weights, bias


def _bayes(rows: csr_matrix, target: NDArray[np.int64], classes: int, plan: Plan) -> tuple[Scores, Scores]:
    """Complement naive Bayes, centred over the classes, and the log share of each class."""
    made = ComplementNB(alpha=plan.smooth).fit(rows, target)
    weights = np.zeros((classes, rows.shape[1]))
    weights[made.classes_] = made.feature_log_prob_
    shares = np.bincount(target, minlength=classes) + 1.0
    return weights - weights.mean(axis=0), np.log(shares / shares.sum())


def _fit_blend(margin: Scores, bayes: tuple[Scores, Scores], target: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights of margins, naive Bayes and priors by likelihood; never negative."""

    def loss(weights: NDArray[np.float64]) -> float:
        scores = weights[0] * margin + weights[1] * bayes[0] + weights[2] * bayes[1]
        top = scores.max(axis=1, keepdims=True)
        norm = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
        return float((norm - scores[np.arange(len(target)), target]).mean() + 1e-4 * (weights**2).sum())

    found = minimize(loss, np.array([2.0, 1.0, 0.1]), method="L-BFGS-B", bounds=[(0.05, 30), (0, 30), (0, 2)])
    made: NDArray[np.float64] = found.x
    return made
