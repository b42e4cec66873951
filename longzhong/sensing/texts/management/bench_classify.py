"""`longzhong bench classify [--file F.csv] [--json]`: how well texts are told apart, and how fast.

With a file (columns text,label): five folds, equal texts never on both sides, the plan chosen inside each training part; accuracy,
macro F1, calibration error and texts a second, on texts that nothing was learned from. Without one: made texts, reported under
`made`, which says how fast we are and not how good.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longzhong.sensing.texts.engines.grams import PLAIN, Tokenizer
from longzhong.sensing.texts.engines.likeness import house_tokenizer
from longzhong.sensing.texts.engines.linear import Linear, choose, learn
from longzhong.sensing.texts.engines.maker import make_texts
from longzhong.sensing.texts.engines.tables import TableError, read_table, stratified_folds
from longzhong.sensing.texts.rules.cleaning import fold, model_text
from longzhong.sensing.texts.rules.figures import accuracy, ece, macro_f1

FOLDS = 5
MADE = 4000
NOTE = "自造文本：只说明速度与流程，不是准确率；请用 --file 给出真实样本"


def measure(texts: Sequence[str], labels: Sequence[str], tokenizer: Tokenizer = PLAIN) -> dict[str, Any]:
    """Figures of texts that were each asked of a model that hadn't seen them."""
    names = sorted(set(labels))
    right = np.searchsorted(names, labels)
    folds = stratified_folds([fold(text) for text in texts], labels, FOLDS)
    chances = np.zeros((len(texts), len(names)))
    seconds, plans = 0.0, Counter[str]()
    for one in np.unique(folds):
        here, others = np.flatnonzero(folds == one), np.flatnonzero(folds != one)
        known, said = _rows(texts, others), _rows(labels, others)
        if len(set(said)) < 2:
            chances[here, right[others[0]] if len(others) else 0] = 1.0
            continue
        plan = choose(known, said, tokenizer)
        plans[f"chars{''.join(map(str, plan.shape.chars))} words C{plan.c:g}"] += 1
        model = learn(known, said, plan, tokenizer)
        asked = _rows(texts, here)
        start = time.perf_counter()
        found = model.probabilities(asked, tokenizer)
        seconds += time.perf_counter() - start
        chances[np.ix_(here, np.searchsorted(names, model.labels))] = found
    guess = chances.argmax(axis=1)
    by_fold = [accuracy(right[folds == one], guess[folds == one]) for one in np.unique(folds)]
    return {
        "accuracy": round(accuracy(right, guess), 4),
        "macro_f1": round(macro_f1(right, guess, len(names)), 4),
        "ece": round(ece(right, chances), 4),
        "texts_per_s": round(len(texts) / max(seconds, 1e-9)),
        "texts": len(texts),
        "labels": len(names),
        "folds": FOLDS,
        "accuracy_by_fold": [round(one, 4) for one in by_fold],
        "rare_labels": sum(count < FOLDS for count in Counter(labels).values()),
        "duplicates": len(texts) - len({fold(text) for text in texts}),
        "plans": dict(plans),
    }


def _rows(values: Sequence[str], rows: NDArray[np.int64]) -> list[str]:
    return [values[row] for row in rows.tolist()]


def outside(path: Path) -> dict[str, Any]:
    """Figures of an outside file; nothing in them knows the trade."""
    table = read_table(path, ("text", "label"))
    texts, labels = [fold(text) for text, _label in table.rows], [label for _text, label in table.rows]
    if len(set(labels)) < 2:
        raise TableError(f"{path.name} 只有一种标签，没有可分的类别")
    if len(set(texts)) < 2 * FOLDS:
        raise TableError(f"{path.name} 只有 {len(set(texts))} 条不同文本，至少要 {2 * FOLDS} 条")
    return {**measure(texts, labels), "dropped": table.dropped}


def made(count: int) -> dict[str, Any]:
    """Made texts of the house's own tree, cleaned as the hotline cleans them."""
    rows = make_texts(42, count)
    texts, labels = [text for text, _code in rows], [code for _text, code in rows]
    start = time.perf_counter()
    cleaned = [model_text(text) for text in texts]
    seconds = time.perf_counter() - start
    tokenizer = house_tokenizer()
    figures = measure(cleaned, labels, tokenizer)
    figures["agreement"] = figures.pop("accuracy")  # made texts never speak of accuracy
    figures.pop("accuracy_by_fold")
    model = learn(cleaned, labels, choose(cleaned, labels, tokenizer), tokenizer)
    per_s = _speed(model, cleaned, tokenizer, seconds)
    return {"texts_per_s": per_s, "made": {**figures, "texts_per_s": per_s, "note": NOTE}}


def _speed(model: Linear, cleaned: Sequence[str], tokenizer: Tokenizer, cleaning_s: float) -> int:
    """Texts a second from words as typed to probabilities, one core: the best of three."""
    seconds = []
    for _turn in range(3):
        start = time.perf_counter()
        model.probabilities(cleaned, tokenizer)
        seconds.append(time.perf_counter() - start)
    return round(len(cleaned) / (min(seconds) + cleaning_s))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong bench classify", description=__doc__)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    parser.add_argument("--file", type=Path, help="CSV with the columns text,label")
    parser.add_argument("--rows", type=int, default=MADE, help="made texts, when no file is given")
    args = parser.parse_args(argv)
    try:
        figures = outside(args.file) if args.file else made(args.rows)
    except TableError as error:
        sys.stderr.write(f"longzhong bench classify: {error}\n")
        return 2
    if not args.json:
        for name, value in figures.items():
            sys.stdout.write(f"{name:<18} {value}\n")
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    return 0
