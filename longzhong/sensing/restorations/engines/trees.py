"""Boosted trees as plain arrays: learned by scikit-learn, kept and asked without it (no pickle).

What was judged is what answers: the trees themselves are kept, so that another version of the learner can't change an
installed model.
`tests/sensing/restorations` holds that these trees answer as the learner does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor

Numbers = NDArray[np.float64]

FIELDS = ("feature_idx", "num_threshold", "missing_go_to_left", "left", "right", "is_leaf", "value")


@dataclass(frozen=True)
class Plan:
    """How trees are grown; `quantile` None: towards the mean."""

    quantile: float | None = None
    trees: int = 150
    rate: float = 0.06
    leaves: int = 15
    least: int = 15


@dataclass(frozen=True)
class Trees:
    """All trees one behind the other: `nodes[field]` (n,), `roots` the place of each tree's first node."""

    base: float
    roots: NDArray[np.int64]
    nodes: Mapping[str, NDArray[Any]]

    def ask(self, asked: Numbers) -> Numbers:
        """One number a row of the matrix (rows, features)."""
        total = np.full(len(asked), self.base)
        rows = np.arange(len(asked))
        for root in self.roots:
            at = np.full(len(asked), root)
            while True:
                going = ~self.nodes["is_leaf"][at].astype(bool)
                if not going.any():
                    break
                here = at[going]
                cell = asked[rows[going], self.nodes["feature_idx"][here]]
                left = np.where(
                    np.isnan(cell),
                    self.nodes["missing_go_to_left"][here].astype(bool),
                    cell <= self.nodes["num_threshold"][here],
                )
                at[going] = root + np.where(left, self.nodes["left"][here], self.nodes["right"][here])
            total += self.nodes["value"][at]
        return total

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        return {
            f"{name}.base": np.array(self.base),
            f"{name}.roots": self.roots,
            **{f"{name}.{k}": v for k, v in self.nodes.items()},
        }

    @classmethod
    def from_arrays(cls, name: str, held: Mapping[str, NDArray[Any]]) -> "Trees":
        return cls(float(held[f"{name}.base"]), held[f"{name}.roots"], {one: held[f"{name}.{one}"] for one in FIELDS})


def learner(plan: Plan, rows: int, seed: int) -> HistGradientBoostingRegressor:
    """scikit-learn's learner as we ask for it."""
    return HistGradientBoostingRegressor(
        loss="squared_error" if plan.quantile is None else "quantile", quantile=plan.quantile, max_iter=plan.trees,
        learning_rate=plan.rate, max_leaf_nodes=plan.leaves, min_samples_leaf=max(5, min(plan.least, rows // 20)),
        l2_regularization=1.0, early_stopping=False, random_state=seed,
    )  # fmt: skip


def grow(known: Numbers, logs: Numbers, plan: Plan, seed: int = 0) -> Trees:
    """Trees that were learned on (rows, features) and their log durations."""
    return exported(learner(plan, len(logs), seed).fit(known, logs))


def exported(model: HistGradientBoostingRegressor) -> Trees:
    held = [one[0].nodes for one in model._predictors]
    sizes = np.array([len(one) for one in held], dtype=np.int64)
    whole = np.concatenate(held)
    types = {
        "feature_idx": np.int64,
        "left": np.int64,
        "right": np.int64,
        "num_threshold": np.float64,
        "value": np.float64,
    }
    nodes = {one: whole[one].astype(types.get(one, np.uint8)) for one in FIELDS}
    return Trees(float(np.ravel(model._baseline_prediction)[0]), np.concatenate([[0], np.cumsum(sizes)[:-1]]), nodes)
