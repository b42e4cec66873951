"""The watched folder `<var>/inbox`: the collection system drops its nightly export there.

inbox/            files as they arrive; `.part`, `.tmp` and files that still grow are left alone
inbox/.claimed/   taken by a poll, not yet a run
inbox/done/       imported, with a report if rows were refused
inbox/refused/    not imported, with the reason
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart", ".swp", "~", ".lock")


@dataclass(frozen=True)
class Claim:
    """A file that is ours now."""

    path: Path
    name: str


def root() -> Path:
    return _folder(Path(settings.VAR) / "inbox")


def claim_ready() -> list[Claim]:
    """Take the files that didn't change since the last look, and what an interrupted poll left behind."""
    before, now = _seen(), _sizes()
    _remember(now)
    for name, facts in now.items():
        if before.get(name) == facts and facts[0] > 0:
            _claim(root() / name)
    return [Claim(path, path.name) for path in sorted(_folder(root() / ".claimed").iterdir()) if path.is_file()]


def release(claim: Claim) -> None:
    """The claimed file has become a run's own."""
    claim.path.unlink(missing_ok=True)


def settle(table: Path, name: str, folder: str, report: dict[str, object]) -> Path:
    """Put the file to `done` or `refused` with a short report beside it; returns the file's new place."""
    target = _folder(root() / folder) / name
    if table.exists():
        target = _free(target.parent, name)
        table.replace(target)
    report_path = target.with_name(f"{target.name}.report.json")
    with os.fdopen(os.open(report_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)
    return target


def _claim(path: Path) -> None:
    try:
        path.rename(_free(_folder(root() / ".claimed"), path.name))
    except FileNotFoundError:
        return  # another worker was first


def _sizes() -> dict[str, list[int]]:
    found = {}
    for path in root().iterdir():
        if path.is_file() and not path.name.startswith(".") and not path.name.lower().endswith(UNFINISHED):
            facts = path.stat()
            found[path.name] = [facts.st_size, facts.st_mtime_ns]
    return found


def _seen() -> dict[str, list[int]]:
    try:
        found: dict[str, list[int]] = json.loads((root() / ".seen.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _remember(sizes: dict[str, list[int]]) -> None:
    draft = root() / f".seen.{os.getpid()}"
    draft.write_text(json.dumps(sizes))
    draft.replace(root() / ".seen.json")


def _free(folder: Path, name: str) -> Path:
    """A name that isn't taken: `export.csv`, `export.2.csv`…"""
    path, count = folder / name, 1
    while path.exists():
        count += 1
        path = folder / f"{Path(name).stem}.{count}{Path(name).suffix}"
    return path


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
