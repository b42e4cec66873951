"""Rows under a line of column names (表格): ARC_S_95598_WKST (REFERENCE A.1), 催办 (A.3), or any Chinese export; tab or comma."""

import csv
import io
import re

from longzhong.cases.hotline.rules.layouts.words import Incoming, field_of, incoming

NAME = "表格"
TOPIC = re.compile(r"^\s*【(?P<topic>[^】]{1,40})】")
MOST_ROWS = 2_000


def read(text: str) -> list[Incoming]:
    """One order a row; [] without a head of at least three known columns."""
    lines = text.lstrip("\ufeff\r\n ").splitlines()
    if not lines:
        return []
    mark = max("\t,;|", key=lines[0].count)
    head = next(csv.reader([lines[0]], delimiter=mark), [])
    if sum(bool(field_of(name)) for name in head) < 3 or len({field_of(name) for name in head}) < 3:
        return []
    rows = csv.reader(io.StringIO("\n".join(lines[1:])), delimiter=mark)
    return [_order(head, row, mark) for row in list(rows)[:MOST_ROWS] if any(cell.strip() for cell in row)]


def _order(head: list[str], row: list[str], mark: str) -> Incoming:
    """A row with more cells than columns keeps the rest in its last column, so that nothing is lost."""
    cells = row[: len(head)]
    if len(row) > len(head):
        cells[-1] = mark.join(row[len(head) - 1 :])
    pairs = list(zip(head, cells, strict=False))
    content = next((value for name, value in pairs if field_of(name) == "content"), "")
    if topic := TOPIC.match(content):
        pairs.append(("分类", topic["topic"]))
    return incoming(NAME, mark.join(row), pairs)
