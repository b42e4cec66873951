"""Which unit and whom the forms of closures may name: codes with names to choose from, so that nobody types a staff number."""

from collections.abc import Collection
from datetime import date

from longzhong.cases.closures.rules import KEEPERS
from longzhong.kit.actor import Actor
from longzhong.kit.dated import on_day
from longzhong.register.org import selectors as org

HOUSE = Actor.machine("closures")
KINDS = ("county", "station", "team")
Choice = tuple[str, str]


def unit_choices(actor: Actor) -> list[Choice]:
    """Units that may have a project of their own, among those that the actor keeps as a whole: the company last."""
    rows = org.visible_units(actor).filter(kind__in=KINDS, pk__in=_kept(actor))
    return list(rows.order_by("-kind", "code").values_list("code", "name"))


def project_staff(actor: Actor, day: date) -> list[tuple[str, list[Choice]]]:
    """Who may answer for a project: people at work in these units, unit by unit."""
    found: dict[str, list[Choice]] = {}
    for unit, code, name in _at_work(_kept(actor), day):
        found.setdefault(unit, []).append((code, name))
    return list(found.items())


def colleagues(unit_id: int, day: date) -> list[Choice]:
    """People at work in a unit and below it: who may take a closure over, or asked for a document twice."""
    units = {unit_id} | org.descendants(unit_id, day)
    return list({code: (code, name) for _unit, code, name in _at_work(units, day)}.values())


def _kept(actor: Actor) -> set[int]:
    return {unit for scope in actor.scopes if scope.role in KEEPERS and scope.grids is None for unit in scope.units}


def _at_work(units: Collection[int], day: date) -> list[tuple[str, str, str]]:
    """Unit's name, code and name of each; people of one name are told apart by their code."""
    rows = org.visible_staff(HOUSE).filter(on_day(day, "posts__"), posts__unit__in=units)
    named = list(rows.order_by("posts__unit__code", "name", "id").values_list("posts__unit__name", "code", "name"))
    seen: dict[str, set[str]] = {}
    for _unit, code, name in named:
        seen.setdefault(name, set()).add(code)
    return [(unit, code, f"{name}（{code}）" if len(seen[name]) > 1 else name) for unit, code, name in named]
