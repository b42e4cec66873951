"""Facts tell upward what happened; reactions of higher floors listen.

A fact is a frozen dataclass of ids and plain values in the past tense; `at` is the moment it became true. A reaction is a short
function that calls one service, and is safe to hear twice and in any order. It may say which facts of a kind concern it
(`when`, a question about the fact's own values): of the others it is never told.
"""

from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Reaction = Callable[[Any], None]
Condition = Callable[[Any], bool]
FactType = TypeVar("FactType")

FACTS: dict[str, type] = {}
REACTIONS: dict[type, dict[str, Reaction]] = {}
_CONDITIONS: dict[tuple[type, str], Condition] = {}


def fact(kind: type[FactType]) -> type[FactType]:
    """Register a frozen dataclass as a fact."""
    if not is_dataclass(kind) or "at" not in {field.name for field in fields(kind)}:
        raise TypeError(f"{kind.__name__}: a fact is a dataclass with the field 'at'")
    FACTS[kind.__name__] = kind
    REACTIONS.setdefault(kind, {})
    return kind


def on(kind: type, *, when: Condition | None = None) -> Callable[[Reaction], Reaction]:
    """Let a function of a higher floor hear the facts of a kind, or those of them that answer `when` with yes.

    `when` reads nothing but the fact: what is true of a fact is true for ever, what is true of the world may change.
    """

    def register(reaction: Reaction) -> Reaction:
        name = f"{reaction.__module__}.{reaction.__qualname__}"
        REACTIONS.setdefault(kind, {})[name] = reaction
        if when is not None:
            _CONDITIONS[kind, name] = when
        return reaction

    return register


def listeners(happened: Any) -> list[str]:
    """The names of the reactions that a fact concerns."""
    kind = type(happened)
    return [name for name in REACTIONS[kind] if (when := _CONDITIONS.get((kind, name))) is None or when(happened)]


def body_of(happened: Any) -> dict[str, Any]:
    """A fact as JSON-able values."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(happened).items()}


def rebuild(name: str, body: dict[str, Any]) -> Any:
    """The fact that `body_of` wrote down; unknown fields of an older edition are dropped."""
    kind = FACTS[name]
    hints = _hints(kind)
    return kind(
        **{field.name: _value(hints[field.name], body[field.name]) for field in fields(kind) if field.name in body}
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(choice for choice in get_args(hint) if choice is not type(None))
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if get_origin(hint) is tuple or hint is tuple:
        return tuple(value)
    return value
