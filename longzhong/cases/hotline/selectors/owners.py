"""Who answers for a case that no person took, who gets its order, and who inherits it; never nobody where the house has a head."""

from datetime import datetime

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role

HOUSE = Actor.machine("hotline")


def first_asked_of(unit_id: int, grid_id: int | None, at: datetime) -> int | None:
    """Staff id; None only where the organisation has nobody on that day. Up the chain the nearest wins (S4-33)."""
    day = civil_day(at)
    chain = org.chain(unit_id, day) or [unit_id]
    for unit in chain:
        on_duty = org.on_duty(unit, at)
        desk = set(org.staff_with_role(unit, Role.DESK, day)) if on_duty else set()
        if found := next((one for one in on_duty if one in desk), None):
            return found
    manager = org.manager_of(grid_id, day) if grid_id else None
    if manager is not None:
        return manager
    return next((head for unit in chain for head in org.head_of(unit, day)), None)


def handler_of(unit_id: int, grid_id: int | None, at: datetime) -> int | None:
    """Who gets a case's work order: the cell's manager, else who is on duty in the station (crew and desk first), else its head,
    stand-ins applied; None: the pool.
    """
    day = civil_day(at)
    if (manager := org.manager_of(grid_id, day) if grid_id else None) is not None:
        return manager
    if on_duty := org.on_duty(unit_id, at):
        skilled = {*org.staff_with_role(unit_id, Role.CREW, day), *org.staff_with_role(unit_id, Role.DESK, day)}
        return next((one for one in on_duty if one in skilled), on_duty[0])
    return heir_of(unit_id, at)


def heir_of(unit_id: int, at: datetime) -> int | None:
    """The head of the unit, else of the nearest unit above that has one."""
    day = civil_day(at)
    return next((head for unit in org.chain(unit_id, day) or [unit_id] for head in org.head_of(unit, day)), None)


def has_left(staff_id: int, at: datetime) -> bool:
    """Whether somebody holds no post any more on this day."""
    day = civil_day(at)
    posts = org.staff_card(HOUSE, staff_id).posts
    return not any(post.from_on <= day and (post.to_on is None or day < post.to_on) for post in posts)


def at_work(staff_id: int, unit_id: int, at: datetime) -> int | None:
    """That person, else who heads the unit if they left."""
    return heir_of(unit_id, at) if has_left(staff_id, at) else staff_id
