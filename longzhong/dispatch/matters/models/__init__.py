from longzhong.dispatch.matters.models.chain import Anchor, AnchorHead, Attachment, ChainHead, Step, StepWords
from longzhong.dispatch.matters.models.clocks import Clock, ClockPause, Escalation
from longzhong.dispatch.matters.models.hands import ClientKey, Handover
from longzhong.dispatch.matters.models.outlooks import Outlook

__all__ = [
    "Anchor",
    "AnchorHead",
    "Attachment",
    "ChainHead",
    "ClientKey",
    "Clock",
    "ClockPause",
    "Escalation",
    "Handover",
    "Outlook",
    "Step",
    "StepWords",
]
