"""Limits of trouble-call analysis, ours (U), overlaid by the policies `troubles.*`; chances are learnt from the signals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Distances in metres, spans in hours."""

    call_share: float = 0.04  # share of customers who call, where nothing can be learnt yet
    quick_s: float = 900.0  # mean delay of those who call soon
    slow_s: float = 5400.0  # and of those who call late
    doubt_m: float = 3000.0  # a caller this far from the area on record is treated as unknown
    near_m: float = 250.0  # how far callers live from their area's place (one standard deviation)
    window_h: float = 12.0  # signals older than this are not grouped any more, and a trouble without newer ones is over
