"""Writes of closures and demolitions, by verb group."""

from longzhong.cases.closures.services.ending import (
    assign,
    close,
    contact,
    found_closed,
    hand_over_leavers,
    read,
    settle,
    withdraw,
)
from longzhong.cases.closures.services.households import (
    contact_household,
    drop_household,
    found_closed_household,
    refuse_household,
    resume_household,
    transfer_household,
)
from longzhong.cases.closures.services.importing import keep_households
from longzhong.cases.closures.services.opening import begin
from longzhong.cases.closures.services.papers import accept, bring, pass_on
from longzhong.cases.closures.services.printing import FORM, LETTER, fill_paper, told_list
from longzhong.cases.closures.services.projects import (
    NewProject,
    edit_project,
    finish_project,
    open_project,
    reopen_project,
)
from longzhong.cases.closures.services.reminding import follow_accounts, remind_customer, remind_due
from longzhong.cases.closures.services.stepping import (
    add_households_once,
    ask_again_once,
    begin_once,
    judge_once,
    open_project_once,
    step_household,
    step_project,
    take_step,
    tell_once,
)
from longzhong.cases.closures.services.telling import ask_again, judge, start_review, tell_list
from longzhong.dispatch.matters.services import Upload

__all__ = [
    "FORM", "LETTER", "NewProject", "Upload", "accept", "add_households_once", "ask_again", "ask_again_once", "assign", "begin",
    "begin_once", "bring", "close", "contact", "contact_household", "drop_household", "edit_project", "fill_paper",
    "finish_project", "follow_accounts", "found_closed", "found_closed_household", "hand_over_leavers", "judge", "judge_once",
    "keep_households", "open_project", "open_project_once", "pass_on", "read", "refuse_household", "remind_customer", "remind_due",
    "reopen_project", "resume_household", "settle", "start_review", "step_household", "step_project", "take_step", "tell_list",
    "tell_once", "told_list", "transfer_household", "withdraw",
]  # fmt: skip
