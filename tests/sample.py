"""`make test` looks at a sample, `make prove` (LONGZHONG_PROVE=1) at everything."""

import os
from collections.abc import Iterable
from typing import TypeVar

Thing = TypeVar("Thing")

PROVE = os.environ.get("LONGZHONG_PROVE") == "1"


def some(things: Iterable[Thing], every: int, first: int = 0) -> tuple[Thing, ...]:
    """Every n-th of them from the `first` on; all of them in `make prove`."""
    return tuple(things) if PROVE else tuple(things)[first::every]
