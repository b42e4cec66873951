"""Tunable limits of petitioners (policies petitioners.*)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`candidate_n` contacts within `window_d` days make a candidate; a refused candidate rests `rest_d` days; a closed
    file keeps who it was for `keep_d` days after the last contact.
    """

    candidate_n: int = 5
    window_d: int = 90
    rest_d: int = 180
    keep_d: int = 730
