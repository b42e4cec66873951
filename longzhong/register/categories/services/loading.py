"""Load the reviewed tree; a person's word is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.register.categories.gateways import shipped_tree
from longzhong.register.categories.models import Category
from longzhong.register.categories.rules import Row, level_of, parent_code, type_of_code
from longzhong.register.org.rules import Role
from longzhong.register.policies.rules import EVER

TREE_LOCK = 0x4C5A_4341  # advisory lock: one writer of the tree at a time
LABELS = ("name", "section", "position", "source", "confidence", "hazard", "attitude")


@dataclass(frozen=True)
class Loaded:
    """What a load did, in categories; `kept` were left as a person had decided."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


@transaction.atomic
def keep_categories(*, by: Actor, at: datetime, rows: Sequence[Row] | None = None) -> Loaded:
    """The shipped tree (or `rows`): new categories are added, known ones take its labels; nothing is ever taken away."""
    need(by, Role.SECURITY)
    lock_tree()
    known = {row.code: row for row in Category.objects.order_by("id")}
    names = {(row.parent_id, row.name): row.code for row in known.values() if row.to_on is None}
    count = {"added": 0, "changed": 0, "unchanged": 0, "kept": 0}
    for position, row in enumerate(shipped_tree() if rows is None else rows, 1):
        count[_keep(row, position * 10, known, names)] += 1
    if count["added"] or count["changed"]:
        journal.record(by, "category.pack", "categories.tree:shipped", at=at, count=count)
    return Loaded(**count)


def lock_tree() -> None:
    """The door of every write of the tree."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TREE_LOCK])


def _keep(row: Row, position: int, known: dict[str, Category], names: dict[tuple[int | None, str], str]) -> str:
    wanted = {
        "name": row.name, "section": row.section, "position": position, "source": row.source,
        "confidence": row.confidence, "hazard": row.hazard, "attitude": row.attitude,
    }  # fmt: skip
    found, parent = known.get(row.code), known.get(parent_code(row.code))
    if found is None:
        return _add(row, wanted, parent, known, names)
    if found.decided or names.get((found.parent_id, row.name), row.code) != row.code:
        return "kept"
    if all(getattr(found, field) == wanted[field] for field in LABELS):
        return "unchanged"
    for field in LABELS:
        setattr(found, field, wanted[field])
    found.save(update_fields=[*LABELS])
    return "changed"


def _add(
    row: Row,
    wanted: dict[str, object],
    parent: Category | None,
    known: dict[str, Category],
    names: dict[tuple[int | None, str], str],
) -> str:
    """A new category, unless a person has retired what it belongs under or gave a sibling its name."""
    place = parent.pk if parent else None
    if (parent is not None and parent.to_on is not None) or (parent is None and level_of(row.code) > 1):
        return "kept"
    if (place, row.name) in names:
        return "kept"
    made = Category(
        code=row.code, parent=parent, level=level_of(row.code), type=type_of_code(row.code).value,
        from_on=EVER, **wanted,
    )  # fmt: skip
    Category.objects.bulk_create([made])
    known[row.code], names[(place, row.name)] = made, row.code
    return "added"
