"""The rules of notices: purposes, channels, texts and their lengths, when one may write, and how a batch is counted."""

from longzhong.dispatch.notifications.rules.channels import CHANNEL_WORDS, KINDS, LONGEST, Channel, Kind, channel_of
from longzhong.dispatch.notifications.rules.limits import NoticeLimits, is_quiet, next_open
from longzhong.dispatch.notifications.rules.machine import (
    APPROVERS,
    CLOSED,
    COMPOSERS,
    EDITORS,
    KEEPERS,
    MACHINE,
    MOVING,
    READERS,
    STATE_WORDS,
    State,
)
from longzhong.dispatch.notifications.rules.messages import (
    FAIL_WORDS,
    GONE_SKIPS,
    HEARD_WORDS,
    INTERRUPTED_WORDS,
    MESSAGE_WORDS,
    SKIP_WORDS,
    Counts,
    Heard,
    Interrupted,
    MessageState,
    Skip,
    message_of,
    our_id,
)
from longzhong.dispatch.notifications.rules.purposes import PURPOSES, UNSUBSCRIBE, Purpose
from longzhong.dispatch.notifications.rules.recipients import NewNotice, Recipient
from longzhong.dispatch.notifications.rules.texts import VAR_WORDS, Text, Variable, VarType, moment_words

__all__ = [
    "APPROVERS", "CHANNEL_WORDS", "CLOSED", "COMPOSERS", "EDITORS", "FAIL_WORDS", "GONE_SKIPS", "HEARD_WORDS", "INTERRUPTED_WORDS",
    "KEEPERS", "KINDS", "LONGEST", "MACHINE", "MESSAGE_WORDS", "MOVING", "PURPOSES", "READERS", "SKIP_WORDS",
    "STATE_WORDS", "UNSUBSCRIBE", "VAR_WORDS",
    "Channel", "Counts", "Heard", "Interrupted", "Kind", "MessageState", "NewNotice", "NoticeLimits", "Purpose",
    "Recipient", "Skip", "State", "Text", "VarType", "Variable",
    "channel_of", "is_quiet", "message_of", "moment_words", "next_open", "our_id",
]  # fmt: skip
