"""Texts as sparse vectors: words, word pairs and character n-grams, hashed; no word is ever stored.

A text is an array of code points; one prefix sum gives the hash of any stretch of it, so a whole batch of texts becomes
features in a few NumPy calls, words included (a word is a stretch too). Each hash falls into one of 2**BITS buckets. The
order of a text's features, and what they were, can't be read back from buckets: a model file holds no customer's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

BITS = 22
START, END = "\x02", "\x03"
LONGEST = 2000  # characters of a text that are read
BATCH = 2000
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_PAIR = np.uint64(0xC2B2AE3D27D4EB4F)

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shape:
    """Which features are made: characters of these lengths, words, pairs of neighbouring words."""

    chars: tuple[int, ...] = (1, 2, 3, 4)
    words: bool = True
    pairs: bool = True


@dataclass(frozen=True)
class Spread:
    """Features of a batch: `row` and `bucket` of each occurrence, in no order."""

    row: Ints
    bucket: Ints


@dataclass(frozen=True)
class Tokenizer:
    """Cuts words; `terms` are words of the trade that a general dictionary cuts in two."""

    terms: tuple[str, ...] = ()
    jieba: rjieba.Jieba = field(init=False)

    def __post_init__(self) -> None:
        made = rjieba.Jieba()
        for term in self.terms:
            made.add_word(term, None, "n")
        object.__setattr__(self, "jieba", made)

    def cut(self, text: str) -> list[str]:
        return self.jieba.cut(text)


PLAIN = Tokenizer()


def spread(texts: Sequence[str], shape: Shape, tokenizer: Tokenizer = PLAIN) -> Spread:
    """The features of texts as (row, bucket)."""
    cut = [text[:LONGEST] for text in texts]
    points = np.frombuffer(
        "".join(f"{START}{text}{END}" for text in cut).encode("utf-32-le", "replace"), dtype=np.uint32
    )
    lengths = np.fromiter((len(text) + 2 for text in cut), dtype=np.int64, count=len(cut))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    owner = np.repeat(np.arange(len(cut)), lengths)
    prefix, back = _prefix(points)
    rows: list[Ints] = []
    hashes: list[Hashes] = []
    for size in shape.chars:
        first = np.arange(max(0, len(points) - size + 1))
        first = first[owner[first] == owner[first + size - 1]]
        rows.append(owner[first])
        hashes.append(_salted((prefix[first + size] - prefix[first]) * back[first], size))
    if shape.words:
        row, found = _words(cut, points, starts, (prefix, back), tokenizer, pairs=shape.pairs)
        rows += row
        hashes += found
    bucket = np.concatenate(hashes) >> np.uint64(64 - BITS) if hashes else np.zeros(0, dtype=np.uint64)
    return Spread(np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64), bucket.astype(np.int64))


def matrix(
    texts: Sequence[str], index: NDArray[np.int32], width: int, shape: Shape, tokenizer: Tokenizer = PLAIN
) -> csr_matrix:
    """Counts of known features: (texts, width) float32; `index` gives a bucket's column, or -1."""
    parts = []
    for at in range(0, max(1, len(texts)), BATCH):
        part = texts[at : at + BATCH]
        found = spread(part, shape, tokenizer)
        column = index[found.bucket]
        known = column >= 0
        ones = np.ones(int(known.sum()), dtype=np.float32)
        parts.append(_stack(ones, found.row[known], column[known], (len(part), width)))
    return parts[0] if len(parts) == 1 else _joined(parts)


def bucket_counts(texts: Sequence[str], shape: Shape, tokenizer: Tokenizer = PLAIN) -> NDArray[np.int32]:
    """In how many of the texts each bucket occurs: (2**BITS,)."""
    counts = np.zeros(1 << BITS, dtype=np.int32)
    for at in range(0, len(texts), BATCH):
        found = spread(texts[at : at + BATCH], shape, tokenizer)
        once = np.unique((found.row << BITS) | found.bucket) & ((1 << BITS) - 1)
        counts += np.bincount(once, minlength=1 << BITS).astype(np.int32)
    return counts


def _stack(data: NDArray[np.float32], row: Ints, column: NDArray[np.int32], shape: tuple[int, int]) -> csr_matrix:
    made = csr_matrix((data, (row, column)), shape=shape, dtype=np.float32)
    made.sum_duplicates()
    return made


def _joined(parts: list[csr_matrix]) -> csr_matrix:
    data = np.concatenate([part.data for part in parts])
    columns = np.concatenate([part.indices for part in parts])
    sizes = np.concatenate([np.diff(part.indptr) for part in parts])
    ends = np.concatenate(([0], np.cumsum(sizes)))
    return csr_matrix((data, columns, ends), shape=(len(sizes), parts[0].shape[1]))


def _prefix(points: NDArray[np.uint32]) -> tuple[Hashes, Hashes]:
    """Sums of points times powers of the base, and the inverse powers; all modulo 2**64."""
    power = np.full(len(points) + 1, _BASE, dtype=np.uint64)
    back = np.full(len(points) + 1, _INVERSE, dtype=np.uint64)
    power[0] = back[0] = 1
    np.cumprod(power, out=power)
    np.cumprod(back, out=back)
    value = (points.astype(np.uint64) + np.uint64(1)) * _PAIR
    return np.concatenate(
        (np.zeros(1, dtype=np.uint64), np.cumsum((value ^ (value >> np.uint64(29))) * power[:-1]))
    ), back


def _salted(value: Hashes, salt: int) -> Hashes:
    value = (value + np.uint64(salt)) * _MIX
    mixed: Hashes = (value ^ (value >> np.uint64(33))) * _PAIR
    return mixed ^ (mixed >> np.uint64(29))


def _words(
    texts: Sequence[str],
    points: NDArray[np.uint32],
    starts: Ints,
    hashed: tuple[Hashes, Hashes],
    tokenizer: Tokenizer,
    *,
    pairs: bool,
) -> tuple[list[Ints], list[Hashes]]:
    cuts = [tokenizer.cut(text) for text in texts]
    counts = np.fromiter((len(words) for words in cuts), dtype=np.int64, count=len(cuts))
    sizes = np.fromiter((len(word) for words in cuts for word in words), dtype=np.int64, count=int(counts.sum()))
    row = np.repeat(np.arange(len(cuts)), counts)
    ends = np.cumsum(sizes)
    begins = ends - sizes
    of_row = np.concatenate(([0], ends))[np.concatenate(([0], np.cumsum(counts)))[:-1]] if len(ends) else begins
    first = begins - of_row[row] + starts[row] + 1 if len(ends) else begins
    says = _says(points[first]) if len(first) else np.zeros(0, dtype=bool)
    first, last, row = first[says], (first + sizes)[says], row[says]
    prefix, back = hashed
    value = (prefix[last] - prefix[first]) * back[first]
    rows, found = [row], [_salted(value, 101)]
    if pairs and len(row) > 1:
        beside = row[1:] == row[:-1]
        rows.append(row[1:][beside])
        found.append(_salted((value[:-1] * _MIX + value[1:])[beside], 102))
    return rows, found


def _says(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether a word begins with a letter, figure or character (and not with a mark or a space)."""
    digit = (points >= 48) & (points <= 57)
    latin = ((points >= 65) & (points <= 90)) | ((points >= 97) & (points <= 122))
    marks = ((points >= 0x2000) & (points <= 0x206F)) | ((points >= 0x3000) & (points <= 0x303F))
    wide = (points >= 0xFF00) & (points <= 0xFF0F)
    return digit | latin | ((points > 0xBF) & ~marks & ~wide)
