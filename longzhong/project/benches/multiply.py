"""Multiply the rows of some tables by COPY, inside PostgreSQL's own binary stream, with indexes made again afterwards.

Copy number k of a row has its ids moved by k × STRIDE and its moments `DAYS_APART` × k earlier; foreign keys to tables that are
multiplied too and labels ("hotline.case:71") move along. Everything else stays. Only for a scratch database: foreign keys aren't
checked while the rows run in.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

STRIDE = 10_000_000
DAYS_APART = 3
Rows = Mapping[type[models.Model], Mapping[str, str]]


def multiply(*, url: str, tables: Rows, copies: int) -> None:
    """Add `copies` copies of every row of these models. `tables` gives, per model, columns with an expression of their own,
    in which `{c}` is the column and `k` the number of the copy.
    """
    with psycopg.connect(url) as source, psycopg.connect(url) as sink:
        sink.execute("set session_replication_role = replica")
        for model, own in tables.items():
            table = model._meta.db_table
            indexes = _drop_indexes(sink, table)
            sink.commit()  # or the reader would wait for the writer's lock
            source.rollback()  # and see the tables as they were
            _stream(source, sink, model, set(tables), own, copies)
            for definition in indexes:
                sink.execute(definition)
            sink.execute(sql.SQL("select setval(pg_get_serial_sequence({0}, 'id'), (select max(id) from {1}))").format(
                sql.Literal(table), sql.Identifier(table)))  # fmt: skip
        sink.commit()
    with psycopg.connect(url, autocommit=True) as link:
        for model in tables:
            link.execute(sql.SQL("vacuum analyze {}").format(sql.Identifier(model._meta.db_table)))


def _stream(
    source: psycopg.Connection, sink: psycopg.Connection, model: type[models.Model], moved: set[type[models.Model]],
    own: Mapping[str, str], copies: int,
) -> None:  # fmt: skip
    fields = model._meta.concrete_fields
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    values = sql.SQL(", ").join(sql.SQL(_value(field, moved, own)) for field in fields)
    table = sql.Identifier(model._meta.db_table)
    read = sql.SQL("copy (select {} from {} cross join generate_series(1, {}) k) to stdout (format binary)").format(
        values, table, sql.Literal(copies)
    )
    write = sql.SQL("copy {} ({}) from stdin (format binary)").format(table, columns)
    with source.cursor() as out, sink.cursor() as into, out.copy(read) as rows, into.copy(write) as kept:
        for block in rows:
            kept.write(block)


def _value(field: "models.Field[Any, Any]", moved: set[type[models.Model]], own: Mapping[str, str]) -> str:
    """The expression of a column in copy k."""
    column = f'"{field.column}"'
    if str(field.column) in own:
        return own[str(field.column)].replace("{c}", column)
    if field.primary_key or (field.is_relation and field.related_model in moved):
        return f"{column} + k::bigint * {STRIDE}"
    if isinstance(field, models.DateTimeField):
        return f"{column} - k * interval '{DAYS_APART} days'"
    return column


def _drop_indexes(link: psycopg.Connection, table: str) -> Sequence[sql.SQL]:
    """Drop the indexes that no constraint needs; returns how to make them again."""
    found = link.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i"
        " where i.indrelid = %s::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)",
        [table],
    ).fetchall()
    for name, _definition in found:
        link.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    return [sql.SQL(definition) for _name, definition in found]
