"""Who answers for a case that no person took, who gets its order, and who inherits it; never nobody where the house has a head."""

from datetime import datetime

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role

HOUSE = Actor.machine("hotline")


def first_asked_of(unit_id: int, grid_id: int | None, at: datetime, *, but: int | None = None) -> int | None:
    """Staff id; None only where the organisation has nobody on that day but `but` (who is complained about). Up the chain the
    nearest wins (S4-33).
    """
    day = civil_day(at)
    chain = org.chain(unit_id, day) or [unit_id]
    for unit in chain:
        on_duty = org.on_duty(unit, at)
        desk = set(org.staff_with_role(unit, Role.DESK, day)) if on_duty else set()
        if found := next((one for one in on_duty if one in desk and one != but), None):
            return found
    manager = org.manager_of(grid_id, day) if grid_id else None
    return manager if manager not in (None, but) else heir_of(unit_id, at, but=but)


def keeper_of(unit_id: int, at: datetime, *, but: int | None = None) -> int | None:
    """Who keeps a secret matter that no person took: the quality office of the unit or above it, never those it may be about."""
    day = civil_day(at)
    around = [[unit, *org.descendants(unit, day)] for unit in org.chain(unit_id, day)[1:]]
    found = (one for units in around for unit in units for one in org.staff_with_role(unit, Role.QUALITY, day))
    return next((one for one in found if one != but), None)


def handler_of(unit_id: int, grid_id: int | None, at: datetime, *, but: int | None = None) -> int | None:
    """Who gets a case's work order: the cell's manager, else who is on duty in the station (crew and desk first), else its head,
    stand-ins applied, never `but` (who is complained about); None: the pool.
    """
    day = civil_day(at)
    if (manager := org.manager_of(grid_id, day) if grid_id else None) not in (None, but):
        return manager
    if on_duty := [one for one in org.on_duty(unit_id, at) if one != but]:
        skilled = {*org.staff_with_role(unit_id, Role.CREW, day), *org.staff_with_role(unit_id, Role.DESK, day)}
        return next((one for one in on_duty if one in skilled), on_duty[0])
    return heir_of(unit_id, at, but=but)


def heir_of(unit_id: int, at: datetime, *, but: int | None = None) -> int | None:
    """The head of the unit, else of the nearest unit above that has one."""
    day = civil_day(at)
    heads = (head for unit in org.chain(unit_id, day) or [unit_id] for head in org.head_of(unit, day))
    return next((head for head in heads if head != but), None)


def has_left(staff_id: int, at: datetime) -> bool:
    """Whether somebody holds no post any more on this day."""
    day = civil_day(at)
    posts = org.staff_card(HOUSE, staff_id).posts
    return not any(post.from_on <= day and (post.to_on is None or day < post.to_on) for post in posts)


def at_work(staff_id: int, unit_id: int, at: datetime) -> int | None:
    """That person, else who heads the unit if they left."""
    return heir_of(unit_id, at) if has_left(staff_id, at) else staff_id
