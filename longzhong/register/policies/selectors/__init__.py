"""Which value holds, why, and the lists of the policy pages."""

from longzhong.register.policies.selectors.asking import (
    book,
    edition,
    limits,
    limits_of_units,
    row,
    value,
    why,
)
from longzhong.register.policies.selectors.lists import (
    HistoryLine,
    KeyCard,
    KeyLine,
    history,
    key_card,
    key_lines,
    visible_to,
)

__all__ = [
    "HistoryLine",
    "KeyCard",
    "KeyLine",
    "book",
    "edition",
    "history",
    "key_card",
    "key_lines",
    "limits",
    "limits_of_units",
    "row",
    "value",
    "visible_to",
    "why",
]
