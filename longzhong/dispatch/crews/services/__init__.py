"""Writes of crews: people and shifts, places without a road, plans and what persons do with them, relayed messages."""

from longzhong.dispatch.crews.services.keeping import (
    NewCrew,
    Reach,
    add_shift,
    end_crew,
    keep_crew,
    remove_shift,
    reveal_relay,
    set_access,
    set_members,
    set_standby,
)
from longzhong.dispatch.crews.services.planning import Note, ask_plan, hear_order, note_job, replan, replan_due
from longzhong.dispatch.crews.services.relaying import pass_on, relay
from longzhong.dispatch.crews.services.stopping import confirm_stop, lock_stop, move_stop

__all__ = [
    "NewCrew",
    "Note",
    "Reach",
    "add_shift",
    "ask_plan",
    "confirm_stop",
    "end_crew",
    "hear_order",
    "keep_crew",
    "lock_stop",
    "move_stop",
    "note_job",
    "pass_on",
    "relay",
    "remove_shift",
    "replan",
    "replan_due",
    "reveal_relay",
    "set_access",
    "set_members",
    "set_standby",
]
