"""Writes of telling. People come through `tell_outage`, `take_step`, `drop_proposal`; machines by `open_round`, `follow_outage`."""

from longzhong.dispatch.matters.services import Upload
from longzhong.sensing.announcements.rules import Given, NewGroup, NewTelling
from longzhong.sensing.announcements.services.errands import do_step, take_step
from longzhong.sensing.announcements.services.following import drop_proposal, follow_outage
from longzhong.sensing.announcements.services.keeping import end_group, keep_demo_provider, keep_group, keep_templates
from longzhong.sensing.announcements.services.telling import fill_rounds, open_round, tell_outage

__all__ = [
    "Given", "NewGroup", "NewTelling", "Upload",
    "do_step", "drop_proposal", "end_group", "fill_rounds", "follow_outage", "keep_demo_provider", "keep_group", "keep_templates",
    "open_round", "take_step", "tell_outage",
]  # fmt: skip
