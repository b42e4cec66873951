"""The tree of matters: nodes for other apps, lines for its page."""

from longzhong.register.categories.selectors.lists import Mapped, children, holding, lines, live_on, mapped, row
from longzhong.register.categories.selectors.reading import (
    Node,
    attitude_ids,
    below,
    by_codes,
    by_ids,
    category,
    classes,
    label_of,
    labels,
    leaves,
    of_external,
    tree,
    visible_to,
)

__all__ = [
    "Mapped",
    "Node",
    "attitude_ids",
    "below",
    "by_codes",
    "by_ids",
    "category",
    "children",
    "classes",
    "holding",
    "label_of",
    "labels",
    "leaves",
    "lines",
    "live_on",
    "mapped",
    "of_external",
    "row",
    "tree",
    "visible_to",
]
