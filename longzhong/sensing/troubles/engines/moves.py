"""The search for the failures behind calls whose network nobody told, judged by one total likelihood (`spread`).

Failures are added best first; then each is taken out, moved in time, grown anew, split or put together with a near
one while the total gains.
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from longzhong.sensing.troubles.engines.ledger import latest, steps
from longzhong.sensing.troubles.engines.spread import Dark, Ground, grown, lift, put

LEADS = (0.02, 0.15)  # onset before the first call, in quick delays
SHIFTS = (-0.5, -0.2, -0.08, 0.08, 0.2, 0.5)
NEAR = 1.5  # quick delays between failures that may be one
SEEDS = 3
WELL = 60.0  # times the background: a call explained like that begins nothing
AS_IS, TURN, GROW = 0, 1, 2


@dataclass
class Failure:
    """When, which places, and what it gains."""

    onset: float
    places: np.ndarray


@dataclass
class Search:
    """All failures so far on one ground."""

    ground: Ground
    dark: Dark
    t: np.ndarray
    of: np.ndarray
    quick_s: float
    found: dict[int, Failure] = field(default_factory=dict)
    made: int = 0

    def tell(self, failure: Failure) -> int:
        """Take a failure for true; its number."""
        number = self.made
        self.made += 1
        self.found[number] = failure
        put(self.dark, failure.places, failure.onset, number)
        return number

    def deny(self, number: int) -> Failure:
        """Take it back."""
        failure = self.found.pop(number)
        lift(self.dark, failure.places, number)
        return failure

    def best_at(self, i: int, how: int = GROW) -> tuple[float, Failure]:
        """The best failure that began just before a call, at its place."""
        first = np.array([self.of[i]])
        tried = []
        for lead in LEADS:
            onset = float(self.t[i]) - lead * self.quick_s
            gain, places = grown(self.ground, self.dark, first, onset, how)
            tried.append((gain, Failure(onset, places)))
        return max(tried, key=lambda one: one[0])

    def add(self, seeds: np.ndarray, how: int) -> None:
        """Failures that begin at these calls, best first, while they gain."""
        heap = []
        for i in seeds:
            gain, _failure = self.best_at(int(i), how)
            if gain > 0:
                heap.append((-gain, int(i)))
        heapq.heapify(heap)
        while heap:
            _was, i = heapq.heappop(heap)
            gain, failure = self.best_at(i, how)
            if gain <= 0 or not len(failure.places):
                continue
            if heap and gain < -heap[0][0] - 1e-9:
                heapq.heappush(heap, (-gain, i))
                continue
            self.tell(failure)

    def open(self, seeds: np.ndarray) -> np.ndarray:
        """Which calls no failure explains well."""
        onset, _group = latest(self.dark, self.of[seeds], self.t[seeds])
        rate = self.ground.mu[self.of[seeds]] * self.ground.density[steps(self.ground, self.t[seeds] - onset)]
        return np.asarray(rate < WELL * self.ground.beta)

    def value(self, failure: Failure) -> float:
        """What a failure gains as it is, beside the others."""
        return float(grown(self.ground, self.dark, failure.places, failure.onset, AS_IS)[0])

    def value_of(self, number: int) -> float:
        """What one of the failures gains beside all others."""
        failure = self.deny(number)
        value = self.value(failure)
        self.found[number] = failure
        put(self.dark, failure.places, failure.onset, number)
        return value

    def settle(self, failure: Failure) -> tuple[float, Failure]:
        """A failure with the best onset near its own, its places turned singly."""
        gain, places = grown(self.ground, self.dark, failure.places, failure.onset, TURN)
        best = (gain, Failure(failure.onset, places))
        for shift in SHIFTS:
            onset = failure.onset + shift * self.quick_s
            gain, places = grown(self.ground, self.dark, failure.places, onset, TURN)
            if gain > best[0] + 1e-9 and len(places):
                best = (gain, Failure(onset, places))
        return best

    def own(self, failure: Failure) -> np.ndarray:
        """Calls of its places soon after its onset, in order of time."""
        low, high = np.searchsorted(self.t, [failure.onset, failure.onset + 3 * self.quick_s])
        return np.asarray(low + np.flatnonzero(np.isin(self.of[low:high], failure.places)))

    def refine(self) -> int:
        """Every failure once: kept, moved, grown anew (perhaps in two), or dropped; how many changed."""
        changed = 0
        for number in sorted(self.found, key=lambda one: (self.found[one].onset, one)):
            was = self.deny(number)
            before = self.value(was)
            gain, now = self.settle(was)
            again, parts = max((self.regrown(was), self.split(was)), key=lambda one: one[0])
            if again > max(gain, 0.0) + 1e-6:
                changed += 1
                for part in parts:
                    self.tell(part)
            elif gain > 0:
                changed += gain > before + 1e-6
                self.tell(now)
            else:
                changed += 1
        return changed

    def regrown(self, was: Failure) -> tuple[float, list[Failure]]:
        """What grows from its own calls instead: one failure after the other, all taken back again."""
        total = 0.0
        parts: list[Failure] = []
        numbers: list[int] = []
        for _ in range(SEEDS):
            calls = self.own(was)
            calls = calls[~np.isin(self.of[calls], np.concatenate([p.places for p in parts]) if parts else [])]
            fresh = np.unique(self.of[calls], return_index=True)[1]
            tried = [self.best_at(int(i)) for i in calls[np.sort(fresh)][:SEEDS]]
            if not tried:
                break
            gain, failure = max(tried, key=lambda one: one[0])
            if gain <= 0:
                break
            total += gain
            parts.append(failure)
            numbers.append(self.tell(failure))
        for number in numbers:
            self.deny(number)
        return total, parts

    def split(self, was: Failure) -> tuple[float, list[Failure]]:
        """Some of its places went dark later, by themselves: the best of a few such pairs, all taken back again."""
        calls = self.own(was)
        fresh = calls[np.sort(np.unique(self.of[calls], return_index=True)[1])]
        if len(fresh) < 2:
            return -1e9, []
        seeds = fresh[np.unique(np.linspace(1, len(fresh) - 1, 2 * SEEDS).astype(int))]
        best: tuple[float, list[Failure]] = (-1e9, [])
        put(self.dark, was.places, was.onset, -2)
        held, self.ground = self.ground, self.ground._replace(again=0.0)
        seconds = [self.best_at(int(i))[1] for i in seeds]
        self.ground = held
        lift(self.dark, was.places, -2)
        for second in seconds:
            rest = np.setdiff1d(was.places, second.places)
            if not len(rest) or not len(second.places):
                continue
            second_gain = self.value(second)
            put(self.dark, second.places, second.onset, -2)
            gain, first = self.settle(Failure(was.onset, rest))
            lift(self.dark, second.places, -2)
            if gain + second_gain > best[0] and len(first.places):
                best = (gain + second_gain, [first, second])
        return best

    def merge(self) -> int:
        """Put together failures near in time while the total gains."""
        merged = 0
        for number in sorted(self.found, key=lambda one: (self.found[one].onset, one)):
            if number not in self.found:
                continue
            tried = [(*self.union(number, other), -other) for other in self.near(number)]
            if tried:
                gain, failure, other = max(tried, key=lambda one: (one[0], one[2]))
                if gain > 1e-6:
                    self.deny(number)
                    self.deny(-other)
                    self.tell(failure)
                    merged += 1
        return merged

    def near(self, number: int) -> list[int]:
        """Failures that begin at about the same moment and touch it by a bond."""
        one = self.found[number]
        ground, reach = self.ground, NEAR * self.quick_s
        edge = np.concatenate([ground.bond_to[ground.bond_start[v] : ground.bond_start[v + 1]] for v in one.places])
        edge = np.unique(np.concatenate([edge, one.places]))
        live = np.arange(self.dark.onset.shape[1])[None] < self.dark.times[edge][:, None]
        live &= np.abs(self.dark.onset[edge] - one.onset) <= reach
        return [int(k) for k in np.unique(self.dark.group[edge][live]) if k != number]

    def union(self, number: int, other: int) -> tuple[float, Failure]:
        """Two failures as one: what that gains, and the one."""
        one, two = self.found[number], self.found[other]
        lift(self.dark, one.places, number)
        first = self.value(one)
        lift(self.dark, two.places, other)
        second = self.value(two)
        both = np.union1d(one.places, two.places)
        tried = []
        for onset in (one.onset, two.onset):
            gain, places = grown(self.ground, self.dark, both, onset, TURN)
            tried.append((gain - first - second, Failure(onset, places)))
        put(self.dark, two.places, two.onset, other)
        put(self.dark, one.places, one.onset, number)
        return max(tried, key=lambda one: one[0])
