"""What hundreds of tests begin with, loaded once by the services and copied from then on: the policies and the 95598 tree.

The first call of a process runs the real load and takes a copy of the app's tables; later calls put the copy in by COPY where the
tables are empty (a test's rows vanish with its transaction), with the ids of the first load.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection

_copies: dict[str, list[tuple[str, bytes]]] = {}


def warm(app: str, load: Callable[[], Any]) -> None:
    """Have the shipped rows of an app in its tables; whatever stands there already is left to the load itself."""
    tables = [model._meta.db_table for model in apps.get_app_config(app).get_models()]
    if app in _copies and not any(_holds(table) for table in tables):
        for table, data in _copies[app]:
            _put(table, data)
        return
    fresh = not any(_holds(table) for table in tables)
    load()
    if fresh:
        _copies[app] = [(table, _take(table)) for table in tables]


def _holds(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'select exists(select 1 from "{table}")')
        return bool(cursor.fetchone()[0])


def _take(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'copy "{table}" to stdout (format binary)') as rows:
        return b"".join(bytes(block) for block in rows)


def _put(table: str, data: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f'copy "{table}" from stdin (format binary)') as rows:
        rows.write(data)
    with connection.cursor() as cursor:  # a test that truncates sets the sequence back; ids must not be given out twice
        cursor.execute(
            "select pg_get_serial_sequence(%s, 'id') from information_schema.columns where table_name = %s and column_name = 'id'",
            [table, table],
        )
        for sequence in filter(None, (row[0] for row in cursor.fetchall())):
            known = f'select max(id) from "{table}"'
            cursor.execute(
                f"select setval(%s, greatest(({known}), (select last_value from {sequence}), 1))", [sequence]
            )
