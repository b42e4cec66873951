"""Many rows at once through PostgreSQL's COPY: ten times faster than INSERT for a county's customers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def take_ids(*, model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys, so that rows which point to each other can be copied in one go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)", [_table(model), count]
        )
        return [number for (number,) in cursor.fetchall()]


def copy_rows(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as values of these database columns."""
    _copy(_table(model), columns, rows)


def update_rows(*, model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set these columns of existing rows; the first column is `id`."""
    fresh = sql.Identifier(f"fresh_{_table(model)}")
    table = sql.Identifier(_table(model))
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    values = sql.SQL(", ").join(
        sql.SQL("{0} = {1}.{0}").format(sql.Identifier(column), fresh) for column in columns[1:]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("create temp table {} on commit drop as select {} from {} with no data").format(fresh, names, table)
        )
        _copy(f"fresh_{_table(model)}", columns, rows)
        cursor.execute(sql.SQL("update {0} set {1} from {2} where {0}.id = {2}.id").format(table, values, fresh))
        cursor.execute(sql.SQL("drop table {}").format(fresh))


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table
