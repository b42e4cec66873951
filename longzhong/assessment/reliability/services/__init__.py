"""Writes of reliability: the machine's watches, and people's lists and plans."""

from longzhong.assessment.reliability.rules.guarantees import Given
from longzhong.assessment.reliability.services.planning import (
    change_guarantee,
    draw_season,
    end_guarantee,
    finish_item,
    give_item,
    keep_base,
    make_guarantee,
    reveal_contact,
    tick_check,
)
from longzhong.assessment.reliability.services.watching import dismiss, follow_order, prove_watches, watch_areas

__all__ = [
    "Given", "change_guarantee", "dismiss", "draw_season", "end_guarantee", "finish_item", "follow_order", "give_item",
    "keep_base", "make_guarantee", "prove_watches", "reveal_contact", "tick_check", "watch_areas",
]  # fmt: skip
