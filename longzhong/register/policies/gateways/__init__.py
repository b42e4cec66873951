"""The reviewed pack files that ship with the house (`packs/*.toml`), parsed once a process, base first."""

from functools import cache
from pathlib import Path

from longzhong.register.policies.rules import Pack, parse_pack

FOLDER = Path(__file__).resolve().parent.parent / "packs"


@cache
def shipped_packs() -> tuple[Pack, ...]:
    files = sorted(FOLDER.glob("*.toml"), key=lambda file: (file.stem != "base", file.stem))
    return tuple(parse_pack(file.stem, file.read_text(encoding="utf-8")) for file in files)
