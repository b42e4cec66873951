"""Parquet files as rows; columns are the header in row 1, so that one path serves every container."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from longzhong.surfaces.exchange.engines import Record, Source
from longzhong.surfaces.exchange.rules.reasons import BadFile

BATCH = 8192


def rows(source: Source) -> Iterator[Record]:
    """The column names as row 1, then the rows."""
    try:
        with pq.ParquetFile(source.path) as file:
            yield 1, list(file.schema_arrow.names)
            number = 1
            for batch in file.iter_batches(batch_size=BATCH):
                columns = [_plain(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, list(cells)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadFile("broken_file", detail=str(error)[:80]) from error


def _plain(column: pa.Array) -> list[object]:
    """Python values; nested and binary ones as their text."""
    values = column.to_pylist()
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_decimal(column.type):
        return [None if value is None else str(value) for value in values]
    return list(values)
