"""Chance without state: a random number is a hash of (seed, who, day, what, slot).

So a curve depends on nothing but its own coordinates: not on the order of computing, the number of threads, or where
the county's clock stopped. SplitMix64 mixes the bits (Steele, Lea, Flood 2014).
"""

import numpy as np
from numba import njit

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_S11, _S16, _S32, _S48 = np.uint64(11), np.uint64(16), np.uint64(32), np.uint64(48)
_LOW16 = np.uint64(0xFFFF)


@njit(cache=True, nogil=True, inline="always")
def mix(z: np.uint64) -> np.uint64:
    """One SplitMix64 step."""
    z = z + _GOLDEN
    z = (z ^ (z >> _S30)) * _M1
    z = (z ^ (z >> _S27)) * _M2
    return z ^ (z >> _S31)


@njit(cache=True, nogil=True, inline="always")
def stream(seed: int, who: int, day: int, what: int) -> np.uint64:
    """The key of one independent stream of numbers."""
    key = mix(np.uint64(seed) ^ mix(np.uint64(who + 1)))
    return mix(key ^ mix(np.uint64(day + 4_000_000) * np.uint64(64) + np.uint64(what)))


@njit(cache=True, nogil=True, inline="always")
def uniform(key: np.uint64, n: int) -> float:
    """The n-th number of a stream, in [0, 1)."""
    return float(mix(key + np.uint64(n) * _GOLDEN) >> _S11) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True, inline="always")
def bell(key: np.uint64, n: int) -> float:
    """Nearly normal, mean 0, deviation 1, never beyond 3.5: the sum of four 16-bit numbers."""
    z = mix(key + np.uint64(n) * _GOLDEN)
    total = (z & _LOW16) + ((z >> _S16) & _LOW16) + ((z >> _S32) & _LOW16) + (z >> _S48)
    return (float(total) * (1.0 / 65536.0) - 2.0) * 1.7320508075688772


@njit(cache=True)
def uniforms(seed: int, who: int, day: int, what: int, count: int) -> np.ndarray:
    """`count` numbers of one stream, for plain Python callers."""
    key = stream(seed, who, day, what)
    out = np.empty(count)
    for n in range(count):
        out[n] = uniform(key, n)
    return out


@njit(cache=True)
def bells(seed: int, who: int, day: int, what: int, count: int) -> np.ndarray:
    """`count` nearly normal numbers of one stream, for plain Python callers."""
    key = stream(seed, who, day, what)
    out = np.empty(count)
    for n in range(count):
        out[n] = bell(key, n)
    return out
