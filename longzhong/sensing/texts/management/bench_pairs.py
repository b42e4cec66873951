"""`longzhong bench same-matter [--file F.csv] [--json]`: how well two sentences are known to mean the same, and how fast.

With a file (columns a,b,label; label 0/1 or a grade such as 0-5): `*_plain` is our likeness as it stands, which learned nothing
from the labels; the others are learned from four fifths of the pairs and asked of the last fifth, five times. The threshold of F1
comes from the other folds. Grades count as the same above the middle of their range. Without a file: made pairs, under `made`.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.texts.engines.likeness import plain_scores
from longzhong.sensing.texts.engines.maker import make_pairs
from longzhong.sensing.texts.engines.pairs import Lexical
from longzhong.sensing.texts.engines.same import Pairs, scores
from longzhong.sensing.texts.engines.tables import TableError, read_table, stratified_folds
from longzhong.sensing.texts.rules.cleaning import fold
from longzhong.sensing.texts.rules.figures import auc, best_threshold, f1_at, spearman

FOLDS = 5
MADE = 2000
NOTE = "自造句对：只说明速度与流程，不是准确率；请用 --file 给出真实句对"
WORDS = {"true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "是": 1.0, "否": 0.0, "同": 1.0, "不同": 0.0}
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def read_pairs(path: Path) -> tuple[Pairs, int]:
    table = read_table(path, ("a", "b", "label"))
    try:
        labels = np.array([float(WORDS.get(label.casefold(), label)) for _a, _b, label in table.rows])
    except ValueError as error:
        raise TableError(f"{path.name} 的 label 要是 0/1 或分数：{error}") from error
    if not np.isfinite(labels).all() or len(np.unique(labels)) < 2:
        raise TableError(f"{path.name} 的 label 只有一种取值或不是数，无从学起")
    if len(labels) < 10 * FOLDS:
        raise TableError(f"{path.name} 只有 {len(labels)} 对，至少要 {10 * FOLDS} 对")
    return Pairs([fold(a) for a, _b, _l in table.rows], [fold(b) for _a, b, _l in table.rows], labels), table.dropped


def made(count: int) -> Pairs:
    rows = make_pairs(42, count)
    labels = np.array([float(same) for _a, _b, same in rows])
    return Pairs([fold(a) for a, _b, _same in rows], [fold(b) for _a, b, _same in rows], labels)


def measure(pairs: Pairs) -> dict[str, Any]:
    """Figures of pairs that were each asked of what hadn't seen them."""
    same = (pairs.label > (pairs.label.min() + pairs.label.max()) / 2).astype(np.float64)
    keys = ["\n".join(sorted(pair)) for pair in zip(pairs.left, pairs.right, strict=True)]
    folds = stratified_folds(keys, [str(one) for one in same], FOLDS)
    plain = plain_scores(pairs.left, pairs.right)
    start = time.perf_counter()
    found = scores(pairs, folds)
    seconds = time.perf_counter() - start
    return {
        "spearman": round(spearman(pairs.label, found), 4),
        "auc": round(auc(same, found), 4),
        "f1": round(_f1(same, found, folds), 4),
        "spearman_plain": round(spearman(pairs.label, plain), 4),
        "auc_plain": round(auc(same, plain), 4),
        "f1_plain": round(_f1(same, plain, folds), 4),
        "pairs_per_s": _speed(pairs, plain=True),
        "pairs_per_s_learned": _speed(pairs, plain=False),
        "pairs": len(same),
        "grades": len(np.unique(pairs.label)),
        "same_share": round(float(same.mean()), 4),
        "folds": FOLDS,
        "seconds": round(seconds, 1),
    }


def _f1(same: Floats, found: Floats, folds: Ints) -> float:
    """F1 of all guesses, each fold's by the threshold that was best on the others."""
    guess = np.zeros(len(same))
    for one in np.unique(folds):
        here = folds == one
        guess[here] = found[here] >= best_threshold(same[~here], found[~here])
    return f1_at(same, guess, 0.5)


def _speed(pairs: Pairs, *, plain: bool) -> int:
    """Pairs a second, words as typed to figures, one core."""
    some = np.arange(min(2000, len(pairs.label)))
    part = pairs.take(some)
    lexical = None if plain else Lexical(part.texts)
    start = time.perf_counter()
    if lexical is None:
        plain_scores(part.left, part.right)
    else:
        lexical.of(part.left, part.right)
    return round(len(some) / (time.perf_counter() - start))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench same-matter", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--file", type=Path, help="CSV with the columns a,b,label")
    parser.add_argument("--rows", type=int, default=MADE, help="made pairs, when no file is given")
    args = parser.parse_args(argv)
    try:
        if args.file:
            pairs, dropped = read_pairs(args.file)
            figures = {**measure(pairs), "dropped": dropped}
        else:
            found = measure(made(args.rows))
            figures = {"pairs_per_s": found["pairs_per_s"], "made": {**found, "note": NOTE}}
    except TableError as error:
        sys.stderr.write(f"longzhong bench same-matter: {error}\n")
        return 2
    if not args.json:
        for name, value in figures.items():
            sys.stdout.write(f"{name:<20} {value}\n")
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    return 0
