"""Templates (模板): a text for each channel with named places, what may stand in them, and how three meters become one message.

A place is `{name}`. Every place is declared with its type and its greatest length; what is missing, too long or of another
type is refused before anything is sent. Where one phone stands for several accounts, *joined* values are put together
(`A1、A2`, shortened to `A1等3户`), and messages that differ in anything else stay apart: they say different things.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,29})\}")
STRAY = re.compile(r"[{}]")
ACK = "ack"  # the place that we fill ourselves: the code by which a recipient confirms

Params = Mapping[str, str]


class VarType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    CODE = "code"


VAR_WORDS = {VarType.TEXT: "文字", VarType.NUMBER: "数字", VarType.MOMENT: "时间", VarType.CODE: "编号"}
SHAPES = {
    VarType.NUMBER: re.compile(r"-?\d+(\.\d+)?"),
    VarType.MOMENT: re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d"),
    VarType.CODE: re.compile(r"[0-9A-Za-z*_.:/?=&#-]+"),
}


@dataclass(frozen=True)
class Variable:
    """A declared place; `joined`: values of several accounts are put together; `personal`: given for each recipient."""

    name: str
    words: str
    type: VarType = VarType.TEXT
    longest: int = 40
    joined: bool = False
    sample: str = ""


@dataclass(frozen=True)
class Text:
    """What one channel says; `subject` only where the channel has one."""

    body: str
    subject: str = ""


def places(text: str) -> tuple[str, ...]:
    """The names of the places in a text, each once, in order."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def text_fault(text: Text, variables: Sequence[Variable]) -> str | None:
    """The refusal code of a channel's text, or None."""
    known = {one.name for one in variables} | {ACK}
    whole = text.subject + text.body
    if not text.body.strip():
        return "text_missing"
    if STRAY.search(PLACE.sub("", whole)):
        return "text_brackets"
    if text.body.lstrip().startswith("【"):
        return "text_signed_twice"
    return None if set(places(whole)) <= known else "text_place_unknown"


def params_fault(params: Params, variables: Sequence[Variable]) -> str | None:
    """The name of the first variable whose value is missing, too long or of another type; None if all stand."""
    for one in variables:
        value = params.get(one.name, "")
        shape = SHAPES.get(one.type)
        if not value or len(value) > one.longest or (shape is not None and shape.fullmatch(value) is None):
            return one.name
    return None


def joined(values: Sequence[str], longest: int) -> str:
    """A1、A2、A3, or A1等3户 where that would be too long."""
    unique = list(dict.fromkeys(values))
    whole = "、".join(unique)
    if len(whole) <= longest:
        return whole
    return f"{unique[0][: max(0, longest - len(str(len(unique))) - 2)]}等{len(unique)}户"


def merged(rows: Sequence[Params], variables: Sequence[Variable]) -> dict[str, str]:
    """The values of one message for several accounts whose other values are equal."""
    told = dict(rows[0])
    for one in variables:
        if one.joined and len(rows) > 1:
            told[one.name] = joined([row[one.name] for row in rows if row.get(one.name)], one.longest)
    return told


def apart(params: Params, variables: Sequence[Variable]) -> tuple[tuple[str, str], ...]:
    """What makes two messages to one phone different: all values that aren't joined."""
    joins = {one.name for one in variables if one.joined}
    return tuple(sorted((name, value) for name, value in params.items() if name not in joins))


def render(text: str, params: Params) -> str:
    """The text with its places filled; a place without a value is a fault of the caller (KeyError)."""
    return PLACE.sub(lambda match: params[match.group(1)], text)


def samples(variables: Sequence[Variable]) -> dict[str, str]:
    """Values for a preview: the sample, or as many characters as may come."""
    return {one.name: one.sample or "某" * min(one.longest, 10) for one in variables}


def longest_params(variables: Sequence[Variable]) -> dict[str, str]:
    """The longest values that may come, for the greatest length of a message."""
    return {one.name: "9" * one.longest if one.type is not VarType.TEXT else "某" * one.longest for one in variables}


def moment_words(at: datetime) -> str:
    """How a moment stands in a message: 2026-03-01 14:05."""
    return at.strftime("%Y-%m-%d %H:%M")
