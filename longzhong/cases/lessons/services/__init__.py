"""Writes of typical cases."""

from longzhong.cases.lessons.services.stepping import draft_once, take_step
from longzhong.cases.lessons.services.writing import (
    draft,
    edit,
    learn,
    meet,
    publish,
    retire,
    revise,
    send_back,
    submit,
)

__all__ = [
    "draft",
    "draft_once",
    "edit",
    "learn",
    "meet",
    "publish",
    "retire",
    "revise",
    "send_back",
    "submit",
    "take_step",
]
