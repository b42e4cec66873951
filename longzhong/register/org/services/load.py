"""The tally of a load: each row ends as new, changed, unchanged or refused, exactly one of them."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from longzhong.register.org.rules.rows import Kept, RefusedRow


class Coded(Protocol):
    @property
    def code(self) -> str: ...


Row = TypeVar("Row", bound=Coded)


class Load(Generic[Row]):
    """Rows by code. Of equal codes the first row is taken; an equal one counts as unchanged, another is refused."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: dict[str, tuple[int, Row]] = {}
        self._same = 0
        self._new: set[str] = set()
        self._changed: set[str] = set()
        self._refused: list[RefusedRow] = []
        for index, row in enumerate(rows):
            first = self._rows.setdefault(row.code, (index, row))
            if first[0] == index:
                continue
            if first[1] == row:
                self._same += 1
            else:
                self._refused.append(
                    RefusedRow(
                        index, "duplicate_row", _("编码 %(code)s 在同一批里出现两次且内容不同") % {"code": row.code}
                    )
                )

    def open(self) -> list[Row]:
        """The rows not refused so far."""
        return [row for _index, row in self._rows.values()]

    def refuse(self, row: Row, code: str, message: str) -> None:
        index, _row = self._rows.pop(row.code)
        self._refused.append(RefusedRow(index, code, message))

    def new(self, row: Row) -> None:
        self._new.add(row.code)

    def change(self, row: Row) -> None:
        self._changed.add(row.code)

    def kept(self) -> Kept:
        changed = self._changed - self._new
        unchanged = len(self._rows) - len(self._new) - len(changed) + self._same
        return Kept(len(self._new), len(changed), unchanged, tuple(sorted(self._refused, key=lambda one: one.index)))
