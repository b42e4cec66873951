"""Documents that can't lie: printed from the code (and, for coverage, from what the last test run proved), compared in CI."""

import argparse
import difflib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.urls import URLResolver, get_resolver

from longzhong.kit.events import FACTS, REACTIONS
from longzhong.kit.machine import MACHINES
from longzhong.project.api import api
from longzhong.project.place import ROOT, var_folder

NOTE = "<!-- printed by `longzhong docs`; don't edit -->"


def loop() -> str:
    """Which fact is heard by whom: the business loop as the code has it."""
    lines = [
        NOTE,
        "# The loop: facts and the reactions that hear them",
        "",
        "| fact | told by | heard by |",
        "|---|---|---|",
    ]
    for name, kind in sorted(FACTS.items(), key=lambda row: (row[1].__module__, row[0])):
        heard = ", ".join(f"`{reaction.removeprefix('longzhong.')}`" for reaction in sorted(REACTIONS[kind]))
        lines.append(f"| {name} | {_app(kind.__module__)} | {heard} |")
    return "\n".join(lines) + "\n"


def states() -> str:
    """Every state machine, drawn from its table."""
    parts = [NOTE, "# State machines", ""]
    for name in sorted(MACHINES):
        machine = MACHINES[name]
        parts += [
            f"## {name}",
            "",
            "```mermaid",
            machine.drawing(),
            "```",
            "",
            "| verb | 中文 | from | to | who | needs |",
            "|---|---|---|---|---|---|",
        ]
        for row in machine.moves:
            sources = ", ".join(source.value for source in row.sources)
            who = ", ".join(row.roles) or "the house"
            parts.append(
                f"| {row.verb} | {row.label} | {sources} | {row.target.value} | {who} | {', '.join(row.needs)} |"
            )
        parts.append("")
    return "\n".join(parts)


def openapi() -> str:
    """The API as its routers declare it."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def coverage() -> str:
    """Which requirement is proved by which page, service and test, as the last whole test run recorded it."""
    proofs: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in _proofs():
        proofs[row["id"]].add((row["page"], row["service"].removeprefix("longzhong."), row["test"]))
    lines = [NOTE, "# Requirements proved", "", "| id | page | service | test |", "|---|---|---|---|"]
    for requirement in sorted(proofs, key=_natural):
        page, service, test = min(proofs[requirement])
        lines.append(f"| {requirement} | `{page}` | `{service}` | `{test}` |")
    return "\n".join(lines) + "\n"


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/loop.md": loop,
    "docs/states.md": states,
    "openapi.json": openapi,
    "docs/coverage.md": coverage,
}


def main(argv: list[str]) -> int:
    """Print the documents, or compare them with what is committed."""
    words = argparse.ArgumentParser(prog="longzhong docs", description=main.__doc__)
    words.add_argument("--check", action="store_true", help="compare instead of writing")
    words.add_argument(
        "--without-coverage", action="store_true", help="leave coverage.md alone (no whole test run before)"
    )
    options = words.parse_args(argv)
    stale = options.check and not options.without_coverage and _tell_never_asked()
    for name, printed in DOCUMENTS.items():
        if options.without_coverage and name.endswith("coverage.md"):
            continue
        stale |= _differs(name, printed()) if options.check else _write(name, printed())
    return int(stale)


def pages_never_asked() -> list[str]:
    """Names of addresses that no test of the last whole run asked for."""
    asked = {name for path in (var_folder() / "proofs").glob("*.pages") for name in path.read_text().splitlines()}
    return sorted(set(_addresses(get_resolver())) - asked)


def _tell_never_asked() -> bool:
    never = pages_never_asked()
    if never:
        sys.stderr.write(f"no test asks for these pages: {', '.join(never)}\n")
    return bool(never)


def _addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for row in resolver.url_patterns:
        if isinstance(row, URLResolver):
            yield from _addresses(row, f"{space}{row.namespace}:" if row.namespace else space)
        elif row.name:
            yield space + row.name


def _write(name: str, text: str) -> bool:
    path = ROOT / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    sys.stdout.write(f"printed {name}\n")
    return False


def _differs(name: str, text: str) -> bool:
    path = ROOT / name
    old = path.read_text() if path.exists() else ""
    if old == text:
        return False
    shown = difflib.unified_diff(old.splitlines(), text.splitlines(), name, "the code", lineterm="", n=1)
    sys.stderr.write(f"{name} is not what the code says; run: make docs\n" + "\n".join(list(shown)[:40]) + "\n")
    return True


def _proofs() -> Iterator[dict[str, str]]:
    for path in sorted((var_folder() / "proofs").glob("*.jsonl")):
        for line in path.read_text().splitlines():
            yield json.loads(line)


def _app(module: str) -> str:
    return ".".join(module.split(".")[1:3])


def _natural(requirement: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", requirement))
