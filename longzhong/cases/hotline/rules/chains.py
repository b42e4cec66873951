"""Whom to ask when somebody can't be reached (失联兜底, S0-07): an ordered list with a time-out each, and never nobody at its end.

The list is a policy by channel and unit (hotline.chain.*): a property electrician's caller is looked after by the electrician, then
by the grid worker, the person on duty, the head of the station. Whatever a unit writes down, the head of the station comes last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from longzhong.cases.hotline.rules.words import Channel, Helper

OUTSIDERS = frozenset({Helper.ELECTRICIAN, Helper.VILLAGE})
"""Not our staff: they are called, and nobody's account shows it."""


@dataclass(frozen=True)
class ChainLimits:
    """Policies `hotline.chain.*`: the lists of helpers, and the minutes that each has to answer."""

    electrician: Sequence[str] = ("electrician", "grid", "duty", "station")
    village: Sequence[str] = ("village", "grid", "duty", "station")
    others: Sequence[str] = ("grid", "duty", "station")
    electrician_min: int = 10
    village_min: int = 10
    grid_min: int = 10
    duty_min: int = 10
    station_min: int = 15

    def minutes(self, helper: Helper) -> int:
        """How long a helper has to answer."""
        return int(getattr(self, f"{helper.value}_min"))


def chain_of(channel: str, limits: ChainLimits) -> tuple[Helper, ...]:
    """The helpers for a case of this channel, each once, the head of the station last."""
    by_channel = {Channel.ELECTRICIAN.value: limits.electrician, Channel.VILLAGE.value: limits.village}
    named = [Helper(code) for code in by_channel.get(channel, limits.others) if code in set(Helper)]
    return (*dict.fromkeys(helper for helper in named if helper is not Helper.STATION), Helper.STATION)


def after(chain: Sequence[Helper], asked: Sequence[Helper]) -> tuple[Helper, ...]:
    """Who is left to ask, in order."""
    return tuple(helper for helper in chain if helper not in set(asked))
