"""Which units a span is told by, where they stood, and how many customers each had."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from longzhong.assessment.ledgers.rules import Days
from longzhong.cases.complaints.rules.ledger import Tally
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.org.selectors import UnitNode

Sum = TypeVar("Sum", int, Tally)


def last_day(days: Days, as_of: datetime) -> date:
    """The day whose tree and customers a span is told by: its last one, or that of the moment asked for."""
    return days.so_far(civil_day(as_of)).last


def units_of(days: Days, as_of: datetime, only: Collection[int] | None = None) -> list[UnitNode]:
    """The units as they stood on the span's last day, parents first; who stood nowhere then, as of the moment asked for, and who
    stands nowhere any more where they stood last.
    """
    then, now = last_day(days, as_of), civil_day(as_of)
    found = {node.id: node for node in org.tree(then, only=only)}
    if then != now and (only is None or not found.keys() >= set(only)):
        found = {node.id: node for node in org.tree(now, only=only)} | found
    if only is not None and (gone := set(only) - found.keys()):
        found |= {node.id: node for node in org.last_stood(gone)}
    codes = {node.id: node.code for node in found.values()}
    roads = {node.id: tuple(codes[one] for one in above(node) if one in codes) for node in found.values()}
    nodes = sorted(found.values(), key=lambda node: roads[node.id])
    return [replace(node, depth=len(roads[node.id]) - 1) for node in nodes]


def within(unit_id: int, days: Days, as_of: datetime, among: Collection[int]) -> set[int]:
    """Which of some units are this one or below it in that tree."""
    return {node.id for node in units_of(days, as_of, among) if unit_id in above(node)}


def above(node: UnitNode) -> list[int]:
    """The units from the root to itself."""
    return [int(one) for one in node.path.split("/") if one]


def customers_of(nodes: Sequence[UnitNode], day: date) -> Mapping[int, int]:
    """The customers of each unit with all below it on a day: as declared in its profile (营业区画像), else its accounts in use."""
    ids = [node.id for node in nodes]
    declared, own = org.profiles(ids, day), customers.standing_on(ids, day)
    return with_below(nodes, own, 0) | {unit: one.customers for unit, one in declared.items() if one.customers}


def with_below(nodes: Sequence[UnitNode], own: Mapping[int, Sum], nothing: Sum) -> dict[int, Sum]:
    """What each unit has with all below it, of what each has by itself."""
    whole = {node.id: nothing for node in nodes}
    for node in nodes:
        for unit in above(node):
            if unit in whole and node.id in own:
                whole[unit] = whole[unit] + own[node.id]
    return whole
