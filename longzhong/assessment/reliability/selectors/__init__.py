"""Reads of reliability."""

from longzhong.assessment.reliability.models import Guarantee, Season, SeasonItem, Watch
from longzhong.assessment.reliability.selectors.figures import (
    Figures,
    OutageLine,
    Period,
    UnitLine,
    behind,
    figures,
    interruptions,
    period_of,
)
from longzhong.assessment.reliability.selectors.lists import (
    ITEM_NOUN,
    PLAN_NOUN,
    PlanLine,
    is_item_visible,
    is_plan_visible,
    item_label,
    items,
    plan_label,
    plan_lines,
    plan_of,
    plans,
    seasons,
    visible_items,
    visible_plans,
    without_plan,
)
from longzhong.assessment.reliability.selectors.panels import frequent_panel
from longzhong.assessment.reliability.selectors.watches import (
    NOUN,
    WATCH,
    Often,
    board,
    counts,
    felt_by,
    felt_since,
    is_visible,
    label,
    live_areas,
    most_urgent,
    often_off,
    visible_to,
    watch_of,
)

__all__ = [
    "ITEM_NOUN", "NOUN", "PLAN_NOUN", "WATCH", "Figures", "Guarantee", "Often", "OutageLine", "Period", "PlanLine", "Season",
    "SeasonItem", "UnitLine", "Watch",
    "behind", "board", "counts", "felt_by", "felt_since", "figures", "frequent_panel",
    "interruptions", "is_item_visible", "is_plan_visible", "is_visible", "item_label", "items", "label", "live_areas",
    "most_urgent", "often_off", "period_of", "plan_label", "plan_lines",
    "plan_of", "plans", "seasons", "visible_items", "visible_plans", "visible_to", "watch_of", "without_plan",
]  # fmt: skip
