"""Reading an outside CSV of texts, whoever saved it: UTF-8 with or without mark, UTF-16, GB18030; comma, tab or semicolon.

Folds keep equal texts together, so that nothing is asked that was seen in training.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LARGEST_FIELD = 10_000_000
SIGNS = ("\t", ";", "|")


class TableError(ValueError):
    """The file can't be used; the message (Chinese) says why and what to do."""


@dataclass(frozen=True)
class Table:
    """The wanted columns row by row; `dropped` rows had an empty field."""

    rows: list[tuple[str, ...]]
    dropped: int


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """The columns by name, whatever their order, case and surrounding spaces; TableError if one is missing."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise TableError(f"读不了文件 {path}：{error.strerror}") from error
    lines = text.replace("\0", "").splitlines(keepends=True)
    if not lines:
        raise TableError(f"{path.name} 是空文件；需要表头 {','.join(columns)}")
    csv.field_size_limit(LARGEST_FIELD)
    head = lines[0]
    sign = "," if "," in head else next((one for one in SIGNS if one in head), ",")
    reader = csv.reader(io.StringIO("".join(lines)), delimiter=sign)
    names = [name.strip().strip("\ufeff").casefold() for name in next(reader)]
    if missing := [name for name in columns if name not in names]:
        raise TableError(
            f"{path.name} 缺少列 {'、'.join(missing)}；表头是 {'、'.join(names)}，需要 {','.join(columns)}"
        )
    at = [names.index(name) for name in columns]
    rows, dropped = [], 0
    for row in reader:
        if not row:
            continue
        found = tuple(row[one].strip() if one < len(row) else "" for one in at)
        if all(found):
            rows.append(found)
        else:
            dropped += 1
    if not rows:
        raise TableError(f"{path.name} 没有一行完整的数据（{dropped} 行有空值）")
    return Table(rows, dropped)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for name in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8-sig", "replace")


def stratified_folds(keys: Sequence[str], labels: Sequence[str], folds: int, seed: int = 7) -> Ints:
    """A fold for each row: equal keys in one, each label spread evenly; a key of several labels goes with its commonest."""
    votes: dict[str, Counter[str]] = {}
    for key, label in zip(keys, labels, strict=True):
        votes.setdefault(key, Counter())[label] += 1
    by_label: dict[str, list[str]] = {}
    for key, count in votes.items():
        by_label.setdefault(max(count, key=lambda one: (count[one], one)), []).append(key)
    dice = np.random.default_rng(seed)
    where: dict[str, int] = {}
    turn = 0
    for label in sorted(by_label):
        for index in dice.permutation(len(by_label[label])):
            where[by_label[label][index]] = turn % folds
            turn += 1
    return np.array([where[key] for key in keys], dtype=np.int64)
