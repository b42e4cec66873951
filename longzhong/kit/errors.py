"""One kind of 'no': a refusal with a stable code for programs and a sentence for people."""

from typing import TypeVar

from django.utils.translation import gettext as _

Thing = TypeVar("Thing")


class Refused(Exception):
    """A service declines; nothing was changed.

    `code` is snake_case, stable and tested; `message` says what happened, what was kept and what to do (Chinese, translated);
    `facts` are the values that the message names, for programs.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def needed(value: Thing | None, field: str) -> Thing:
    """What a step can't do without; refuses as `field_missing` and names the field where it wasn't given."""
    if value is None:
        raise Refused("field_missing", _("请把这一步要填的内容填完整；什么都没有改动。"), field=field)
    return value
