"""The reviewed tree file that ships with the house, parsed once a process."""

from functools import cache
from pathlib import Path

from longzhong.register.categories.rules import Row, parse_tree

FILE = Path(__file__).resolve().parent.parent / "packs" / "tree.toml"


@cache
def shipped_tree() -> tuple[Row, ...]:
    return parse_tree(FILE.read_text(encoding="utf-8"))
