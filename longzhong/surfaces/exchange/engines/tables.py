"""The front door of the reading engines: any file in, sheets and rows out."""

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

from longzhong.surfaces.exchange.engines import Record, Source, books, frames, pages, sniff, text
from longzhong.surfaces.exchange.rules.layout import Merge
from longzhong.surfaces.exchange.rules.reasons import BadFile

STREAMS = {"text": text.rows, "parquet": frames.rows, "page": pages.rows}


def open_table(path: Path, folder: Path) -> Source:
    """Recognise a file by its content; `folder` is a private place where packed files are unpacked."""
    try:
        source = sniff.sniff(path, folder)
    except OSError as error:
        raise BadFile("broken_file", detail=error.strerror or "") from error
    if source.kind == "book":
        return replace(source, sheets=books.sheets(source.path), sparse=books.sprawls(source.path))
    return source


def rows(source: Source, sheet: str) -> Iterator[Record]:
    """The rows of a sheet with their numbers from 1."""
    return books.rows(source, sheet) if source.kind == "book" else STREAMS[source.kind](source)


def merges(source: Source, sheet: str) -> list[Merge]:
    """The merged ranges of a sheet, counted from 0."""
    return books.merges(source, sheet) if source.kind == "book" else []


def rows_at(source: Source, sheet: str, wanted: Set[int]) -> Iterator[Record]:
    """Only the rows with these numbers (to show what was refused)."""
    if source.kind == "text":
        return text.lines_at(source, wanted)
    return (record for record in rows(source, sheet) if record[0] in wanted)
