"""Seconds of each stage of a long work, said aloud as it ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str, float], None]


class Stages:
    """Adds up the seconds of stages by name."""

    def __init__(self, say: Say = lambda _name, _seconds: None) -> None:
        self.seconds: dict[str, float] = {}
        self._say = say

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        taken = time.perf_counter() - began
        self.seconds[name] = round(self.seconds.get(name, 0.0) + taken, 2)
        self._say(name, taken)
