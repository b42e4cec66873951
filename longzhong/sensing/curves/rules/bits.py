"""Runs of slots as bits (连续点数): a day is 96 bits in two words, slot 0 the lowest bit; three-valued settling of a day.

A slot is true, false or unknown. `hit` holds the true slots, `may` the true or unknown ones. The longest run of `hit`
(conf) is certain, that of `may` (poss) possible: abnormal if conf >= need, normal if poss < need, else undetermined.

Over midnight: a run belongs to the day on which it reaches its need. So yesterday's tail is added to today's head unless
it had reached its need already; a possible tail counts for at most need-1 slots for the same reason. A tail is at most
96, which is enough, because no need is longer than a day.

Compiled by Numba where it is installed; `measures.py` says the same in NumPy.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

try:
    from numba import njit
    from numba.extending import register_jitable
except ImportError:  # NumPy alone is slower but says the same
    njit = register_jitable = None  # type: ignore[assignment]

F = TypeVar("F", bound=Callable[..., Any])
COMPILED = njit is not None
U = np.uint64


def compiled(function: F) -> F:
    """Numba's version of the function, cached on disk where a folder can be written."""
    if njit is None:
        return function
    try:
        made: Any = njit(nogil=True, cache=True)(function)
        file = made._cache._cache_file
        file._source_stamp = (file._source_stamp, _shared_sources())
    except (RuntimeError, AttributeError):  # no writable cache folder, or a Numba with other inner names
        made = njit(nogil=True)(function)
    kept: F = made
    return kept


def _shared_sources() -> str:
    """Digest of what kernels are made of besides their own file: Numba alone wouldn't notice a change there."""
    here = Path(__file__).parent
    return hashlib.blake2b(b"".join((here / name).read_bytes() for name in ("bits.py", "slots.py"))).hexdigest()


def twofold(function: F) -> F:
    """Plain Python for NumPy arrays, compiled where a kernel calls it."""
    if register_jitable is None:
        return function
    made: F = register_jitable(function)
    return made


@compiled
def count_ones(word: Any) -> Any:
    word = word - ((word >> U(1)) & U(0x5555555555555555))
    word = (word & U(0x3333333333333333)) + ((word >> U(2)) & U(0x3333333333333333))
    word = (word + (word >> U(4))) & U(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * U(0x0101010101010101)) >> U(56))


@compiled
def head_run(low: Any, high: Any) -> Any:
    """Length of the run that begins at slot 0."""
    head = count_ones(low & ~(low + U(1)))
    if head == 64:
        head += count_ones(high & ~(high + U(1)))
    return head


@compiled
def tail_run(low: Any, high: Any) -> Any:
    """Length of the run that ends at slot 95."""
    tail = 0
    while tail < 32 and (high >> U(31 - tail)) & U(1):
        tail += 1
    if tail == 32:
        while tail < 96 and (low >> U(95 - tail)) & U(1):
            tail += 1
    return tail


@compiled
def has_run(low: Any, high: Any, need: Any) -> Any:
    """Is there a run of at least so many slots? Erodes by doubling: about log2(need) steps."""
    left = need
    while left > 1 and (low | high) != U(0):
        step = left >> 1
        high &= (high << U(step)) | (low >> U(64 - step))
        low &= low << U(step)
        left -= step
    return (low | high) != U(0)


@compiled
def longest_run(low: Any, high: Any, carry: Any) -> Any:
    """Longest run, at most a day; `carry` slots stand before the first one, and count only if the run goes on."""
    head = head_run(low, high)
    best = 0
    while (low | high) != U(0):
        high &= (high << U(1)) | (low >> U(63))
        low &= low << U(1)
        best += 1
    return min(max(best, head + carry if head > 0 else 0), 96)


@compiled
def first_slot(low: Any, high: Any) -> Any:
    """First slot that is set, -1: none."""
    for slot in range(96):
        if ((low >> U(slot)) if slot < 64 else (high >> U(slot - 64))) & U(1):
            return slot
    return -1


@compiled
def last_slot(low: Any, high: Any) -> Any:
    for back in range(96):
        slot = 95 - back
        if ((low >> U(slot)) if slot < 64 else (high >> U(slot - 64))) & U(1):
            return slot
    return -1


@compiled
def settle(hit_low: Any, hit_high: Any, may_low: Any, may_high: Any, need: Any, conf_tail: Any, poss_tail: Any) -> Any:
    """Verdict number of one day and rule, given yesterday's tails."""
    if (may_low | may_high) == U(0):
        return 0
    conf_carry = conf_tail if conf_tail < need else 0
    poss_carry = min(poss_tail, need - 1) if conf_tail < need else 0
    head = head_run(hit_low, hit_high)
    if (head > 0 and conf_carry + head >= need) or has_run(hit_low, hit_high, need):
        return 1
    head = head_run(may_low, may_high)
    if (head > 0 and poss_carry + head >= need) or has_run(may_low, may_high, need):
        return 2
    return 0


@compiled
def settle_count(hit_low: Any, hit_high: Any, may_low: Any, may_high: Any, need: Any) -> Any:
    """Verdict number where slots are counted wherever they lie."""
    if count_ones(hit_low) + count_ones(hit_high) >= need:
        return 1
    if count_ones(may_low) + count_ones(may_high) >= need:
        return 2
    return 0


@compiled
def detail(hit: Any, may: Any, need: Any, conf_tail: Any, poss_tail: Any, counted: Any, out: Any) -> None:
    """Fill out (5,): slots, conf, poss, first, last of one day and rule; `hit` and `may` are two words each."""
    out[0] = count_ones(hit[0]) + count_ones(hit[1])
    out[3] = first_slot(hit[0], hit[1])
    out[4] = last_slot(hit[0], hit[1])
    if counted:
        out[1] = out[0]
        out[2] = count_ones(may[0]) + count_ones(may[1])
        return
    out[1] = longest_run(hit[0], hit[1], conf_tail if conf_tail < need else 0)
    out[2] = longest_run(may[0], may[1], min(poss_tail, need - 1) if conf_tail < need else 0)
