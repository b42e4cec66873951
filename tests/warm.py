"""What hundreds of tests begin with, built once a process by the services and copied from then on.

`warm` has the shipped rows of one app (policies, the 95598 tree) in its tables. `world` has what any builder built (a county, a
complaint walked to its verdict): the first call runs the builder and takes a copy of the tables that it wrote; later calls put the
copy in by COPY, with the ids of the first, if the test's transaction stands just where the first one stood: at nothing, or at
another world with no row written since. Elsewhere the builder runs.
"""

from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

Thing = TypeVar("Thing")
Chain = tuple[str, ...]
"""The worlds that were put in one after the other; empty: an empty database."""


@dataclass(frozen=True)
class _Copy:
    """The rows of some tables, and how far the numbering of each had come."""

    tables: Mapping[str, bytes]
    sequences: Mapping[str, int]


@dataclass(frozen=True)
class _World:
    value: Any
    copy: _Copy


@dataclass(frozen=True)
class _Stand:
    """A transaction, the rows written in it, and the chain that they are."""

    xid: int = 0
    rows: int = 0
    chain: Chain = ()


_copies: dict[str, _Copy] = {}
_worlds: dict[Chain, _World | None] = {}
"""None: can't be copied, since it was built over rows that belong to no world."""
_stand = _Stand()


def warm(app: str, load: Callable[[], Any]) -> None:
    """Have the shipped rows of an app in its tables; whatever stands there already is left to the load itself."""
    tables = [model._meta.db_table for model in apps.get_app_config(app).get_models()]
    if app in _copies and not _holding(tables):
        _put(_copies[app])
        return
    fresh = not _holding(tables)
    load()
    if fresh:
        _copies[app] = _take(tables)


def world(name: str, build: Callable[[], Thing]) -> Thing:
    """What `build` builds and returns, built once a process for each chain of worlds on which it is asked for."""
    global _stand
    stood = _standing()
    if stood is None:
        return build()
    chain = (*stood, name)
    if chain not in _worlds:
        value, _worlds[chain] = _built(build, bare=not stood)
    else:
        known = _worlds[chain]
        if known is None or (not stood and _holding(known.copy.tables)):
            return build()
        _replace(known.copy, bare=not stood)
        value = deepcopy(known.value)
    _stand = _Stand(*_now(), chain)
    return value


def _built(build: Callable[[], Thing], *, bare: bool) -> tuple[Thing, _World | None]:
    """Run the builder and copy the tables that it wrote; none of them may have held rows, if the database counted as empty."""
    held = set(_holding(connection.introspection.table_names())) if bare else set()
    before = _written()
    value = build()
    changed = [table for table, rows in _written().items() if rows != before.get(table, 0)]
    return value, None if held & set(changed) else _World(deepcopy(value), _take(changed))


def _standing() -> Chain | None:
    """The worlds that this transaction consists of; None: other rows were written too, or nobody will take them back."""
    if not connection.in_atomic_block:
        return None
    xid, rows = _now()
    if not rows:
        return ()
    known = _worlds.get(_stand.chain) if (_stand.xid, _stand.rows) == (xid, rows) else None
    return _stand.chain if known and _holding(known.copy.tables) else None


def _replace(copy: _Copy, *, bare: bool) -> None:
    """Have the tables as they were, by no trigger's leave: these rows have gone by the triggers once."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for table in () if bare else copy.tables:
            cursor.execute(f'delete from "{table}"')
        _put(copy)
        cursor.execute("set local session_replication_role = origin")


def _now() -> tuple[int, int]:
    """This transaction (0: nothing written yet) and how many rows were written in it."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(pg_current_xact_id_if_assigned()::text, '0')::bigint")
        xid = int(cursor.fetchone()[0])
    return xid, sum(_written().values()) if xid else 0


def _written() -> dict[str, int]:
    """How many rows of each table were written in this transaction, taken back to a savepoint or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
            " where n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return {name: int(rows) for name, rows in cursor.fetchall()}


def _holding(tables: Collection[str]) -> list[str]:
    """Those of the tables that hold rows."""
    if not tables:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " union all ".join(f"select '{table}' where exists (select from \"{table}\")" for table in tables)
        )
        return [row[0] for row in cursor.fetchall()]


def _take(tables: Collection[str]) -> _Copy:
    rows: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for table in tables:
            with cursor.copy(f'copy "{table}" to stdout (format binary)') as blocks:
                rows[table] = b"".join(bytes(block) for block in blocks)
        names = [f"{table}_id_seq" for table in tables]
        cursor.execute(
            "select sequencename, coalesce(last_value, 1) from pg_sequences where sequencename = any(%s)", [names]
        )
        return _Copy(rows, dict(cursor.fetchall()))


def _put(copy: _Copy) -> None:
    """The rows; and no id of theirs is given out again, even after a test that set the numbering back."""
    with connection.cursor() as cursor:
        for table, data in copy.tables.items():
            with cursor.copy(f'copy "{table}" from stdin (format binary)') as rows:
                rows.write(data)
        cursor.execute(
            "select setval(format('%%I', sequencename)::regclass, copied.value) from pg_sequences"
            " join unnest(%s::text[], %s::bigint[]) copied(name, value) on copied.name = sequencename"
            " where coalesce(last_value, 0) < copied.value",
            [list(copy.sequences), list(copy.sequences.values())],
        )
