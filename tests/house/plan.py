"""The house as syntax trees, read once: what the house tests walk through."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("register", "dispatch", "sensing", "cases", "assessment", "surfaces")
EDGES = ("pages", "api", "jobs", "reactions", "management")


@dataclass(frozen=True)
class Room:
    """One Python file of the package."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def app(self) -> str | None:
        """`floor.app`, or None for kit and project."""
        parts = self.path.relative_to(ROOT / "longzhong").parts
        return ".".join(parts[:2]) if len(parts) > 2 and parts[0] in FLOORS else None

    @property
    def role(self) -> str:
        """The file's role in the anatomy: services, pages, rules…; the file's own name in kit and project."""
        parts = self.path.relative_to(ROOT / "longzhong").parts
        return parts[2].removesuffix(".py") if self.app else parts[-1].removesuffix(".py")


@cache
def rooms() -> tuple[Room, ...]:
    return tuple(_read())


def _read() -> Iterator[Room]:
    for path in sorted((ROOT / "longzhong").rglob("*.py")):
        if "migrations" in path.parts or "vendor" in path.parts:
            continue
        text = path.read_text()
        yield Room(path, ast.parse(text), text.count("\n"))


def functions(room: Room) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(room.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(room: Room) -> Iterator[tuple[ast.Call, str]]:
    """Every call with its dotted name as written."""
    for node in ast.walk(room.tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def apps() -> list[Path]:
    return [path.parent for floor in FLOORS for path in sorted((ROOT / "longzhong" / floor).glob("*/apps.py"))]
