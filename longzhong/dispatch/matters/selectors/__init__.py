"""Reads of matters. Doors belong to the nouns that own them (rules.nouns); alarms have their own."""

from longzhong.dispatch.matters.selectors.alarms import AlarmLine, Bell, alarm_line, alarms, bell, visible_alarms
from longzhong.dispatch.matters.selectors.chains import broken_files, broken_links, counted_steps, last_anchor
from longzhong.dispatch.matters.selectors.clocks import (
    ClockCard,
    clock_cards,
    due_marks,
    late_matters,
    line_of,
    live_policies,
    next_deadline,
    next_mark_at,
    run_of,
    started_at,
)
from longzhong.dispatch.matters.selectors.outlooks import OutlookCard, foreseen, outlooks, span_of
from longzhong.dispatch.matters.selectors.timelines import (
    FileCard,
    OfferCard,
    Served,
    StepCard,
    open_offer,
    said,
    served_file,
    steps,
    timeline,
)

__all__ = [
    "AlarmLine",
    "Bell",
    "ClockCard",
    "FileCard",
    "OfferCard",
    "OutlookCard",
    "Served",
    "StepCard",
    "alarm_line",
    "alarms",
    "bell",
    "broken_files",
    "broken_links",
    "clock_cards",
    "counted_steps",
    "due_marks",
    "foreseen",
    "last_anchor",
    "late_matters",
    "line_of",
    "live_policies",
    "next_deadline",
    "next_mark_at",
    "open_offer",
    "outlooks",
    "run_of",
    "said",
    "served_file",
    "span_of",
    "started_at",
    "steps",
    "timeline",
    "visible_alarms",
]
