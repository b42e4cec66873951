"""The curve lake (曲线湖): one Parquet file a kind and civil day, under versions, with a manifest that names the current one.

`<root>/curve/kind=customer/day=2026-10-01/v3.parquet` and `CURRENT.json`. A new version is written beside the old one,
synced, and then the manifest is replaced in one step: a killed writer leaves the old day in force. Writers of a day wait
for each other on a file lock. Late and corrected readings: the newest `received_at` wins slot by slot (see merging).
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from longzhong.sensing.curves.engines.merging import merge
from longzhong.sensing.curves.engines.shape import ROW_GROUP, shaped

MANIFEST = "CURRENT.json"


@dataclass(frozen=True)
class DayFile:
    """The version of a day that is in force."""

    kind: str
    day: date
    version: int
    rows: int
    path: Path


@dataclass(frozen=True)
class Kept:
    """Rows by what became of them: new, corrected (or completed late), unchanged; and slots changed or filled late."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    slots_corrected: int = 0
    slots_late: int = 0
    version: int = 0


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; the system frees it when a process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, table: pa.Table, row_group: int = 262_144, *, durable: bool = True) -> None:
    """Write a Parquet file beside its place and put it there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(
        table, draft, row_group_size=row_group, compression="zstd", compression_level=1,
        write_statistics=[name for name in ("meter", "phase", "day") if name in table.column_names],
    )  # fmt: skip
    if durable:
        sync(draft)
    draft.replace(path)


class Lake:
    def __init__(self, root: Path, *, durable: bool = True) -> None:
        """`durable=False` leaves out the waiting for the disk: for tests and for building a demo county."""
        self.root = root
        self.durable = durable

    def folder(self, kind: str, day: date) -> Path:
        return self.root / "curve" / f"kind={kind}" / f"day={day.isoformat()}"

    def current(self, kind: str, day: date) -> DayFile | None:
        """The day file in force, None: nothing kept."""
        folder = self.folder(kind, day)
        try:
            told = json.loads((folder / MANIFEST).read_text())
        except FileNotFoundError:
            return None
        return DayFile(kind, day, told["version"], told["rows"], folder / told["file"])

    def days(self, kind: str) -> list[date]:
        """Days of which something is kept, oldest first."""
        folders = (self.root / "curve" / f"kind={kind}").glob(f"day=*/{MANIFEST}")
        return sorted(date.fromisoformat(path.parent.name.removeprefix("day=")) for path in folders)

    def keep(self, kind: str, table: pa.Table, received_at_us: int) -> dict[date, Kept]:
        """Keep readings of any days; the answer counts the rows of each day."""
        ready = shaped(kind, table, received_at_us)
        kept = {}
        for day in sorted(pc.unique(ready["day"]).to_pylist()):
            part = ready.filter(pc.equal(ready["day"], pa.scalar(day))) if ready.num_rows else ready
            kept[day] = self._keep_day(kind, day, part)
        return kept

    def _keep_day(self, kind: str, day: date, part: pa.Table) -> Kept:
        folder = self.folder(kind, day)
        with locked(folder):
            now = self.current(kind, day)
            merged = merge(kind, pq.read_table(now.path, partitioning=None) if now else None, part)
            if merged.table is None:
                return Kept(0, 0, merged.unchanged, version=now.version if now else 0)
            version = (now.version if now else 0) + 1
            self._publish(kind, folder, version, merged.table, merged.corrections)
        changed = merged.corrections.num_rows
        return Kept(merged.new, merged.corrected, merged.unchanged, changed, merged.slots_late, version)

    def _publish(self, kind: str, folder: Path, version: int, table: pa.Table, corrections: pa.Table) -> None:
        name = f"v{version}.parquet"
        replace_file(folder / name, table, ROW_GROUP[kind], durable=self.durable)
        if corrections.num_rows:
            replace_file(folder / f"corrections-v{version}.parquet", corrections, durable=self.durable)
        draft = folder / f".{MANIFEST}.{os.getpid()}"
        draft.write_text(json.dumps({"version": version, "file": name, "rows": table.num_rows}))
        if self.durable:
            sync(draft)
        draft.replace(folder / MANIFEST)
        if self.durable:
            sync(folder)

    def corrections(self, kind: str, day: date) -> pa.Table | None:
        """Every replaced reading of a day: meter, phase, quantity, slot, old, new, received_at; None: none."""
        files = sorted(self.folder(kind, day).glob("corrections-v*.parquet"))
        return pa.concat_tables([pq.read_table(file, partitioning=None) for file in files]) if files else None

    def rows(self, kind: str, day: date, meters: Sequence[str], columns: Sequence[str]) -> pa.Table | None:
        """Chosen meters of a day; only row groups that can hold them are read. None: nothing kept of that day."""
        now = self.current(kind, day)
        if now is None:
            return None
        wanted = pc.field("meter").isin(pa.array(meters, pa.string()))
        return pq.read_table(now.path, columns=list(columns), filters=wanted, partitioning=None)
