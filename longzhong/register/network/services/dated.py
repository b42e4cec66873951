"""Dated relations in bulk: the cell of an area, the area of a meter, from a day on; what was stays as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from longzhong.kit.dated import Dated
from longzhong.register.network.rules import Begin, Span, begin
from longzhong.register.network.services.bulk import MANY, copy_in, copy_update


@dataclass(frozen=True)
class Relation:
    """A dated table and the names of its two columns."""

    model: type[Dated]
    owner: str
    target: str


@dataclass(frozen=True, slots=True)
class Wish:
    """An owner (None: not written yet) that shall go with a target from a day on."""

    owner_id: int | None
    target_id: int
    from_on: date | None = None


@dataclass(frozen=True)
class Steps:
    """What is to do, by the owner's code; codes refused because a later change has taken place."""

    begins: dict[str, tuple[int, Begin]]
    backdated: frozenset[str]


def plan(*, relation: Relation, wishes: Mapping[str, Wish], today: date) -> Steps:
    owners = {wish.owner_id for wish in wishes.values() if wish.owner_id is not None}
    known = _known(relation, owners)
    begins: dict[str, tuple[int, Begin]] = {}
    backdated = set()
    for code, wish in wishes.items():
        step = begin(known.get(wish.owner_id or 0, ()), wish.target_id, wish.from_on, today)
        if step is None:
            backdated.add(code)
        elif step.from_on is not None:
            begins[code] = (wish.target_id, step)
    return Steps(begins, frozenset(backdated))


def carry_out(*, relation: Relation, steps: Steps, ids: Mapping[str, int]) -> None:
    """End, then begin: in this order for the constraints."""
    ends = [(step.ends, step.from_on) for _aim, step in steps.begins.values() if step.ends is not None]
    copy_update(model=relation.model, columns=("to_on",), rows=ends)
    copy_in(
        model=relation.model,
        columns=(relation.owner, relation.target, "from_on", "to_on"),
        rows=((ids[code], aim, step.from_on, step.to_on) for code, (aim, step) in steps.begins.items()),
    )


def _known(relation: Relation, owners: set[Any]) -> dict[int, list[Span]]:
    """Every known relation of each owner."""
    if not owners:
        return {}
    rows = relation.model.objects.all()
    if len(owners) <= MANY:
        rows = rows.filter(**{f"{relation.owner}__in": owners})
    found: dict[int, list[Span]] = {}
    columns = (f"{relation.owner}_id", "id", f"{relation.target}_id", "from_on", "to_on")
    for mine, *span in rows.values_list(*columns):
        if mine in owners:
            found.setdefault(mine, []).append(Span(*span))
    return found
