"""The `longzhong` command: one table of verbs, thin over Django.

longzhong up                      serve: database, web and workers
longzhong demo                    build the demo county if there is none, then serve
longzhong import RECIPE FILE      read a table of another system
longzhong curves judge FILE       judge curves of a file, without any database
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import django

from longzhong.project.place import ready


@dataclass(frozen=True)
class Verb:
    """Words on the command line → `module:function(argv) -> exit code`, and what must stand before it is called."""

    words: tuple[str, ...]
    target: str
    help: str
    needs: str = "database"  # nothing | django | database


HERE = "longzhong.project"
SURFACES = "longzhong.surfaces"
VERBS = (
    Verb(("up",), f"{HERE}.serving:up", "serve: database, web and workers, one command", "django"),
    Verb(("down",), f"{HERE}.place:down", "stop the embedded database of this var folder", "nothing"),
    Verb(("work",), f"{HERE}.serving:work", "run one worker (jobs, outbox, sweeps)"),
    Verb(("migrate",), f"{HERE}.serving:migrate", "bring the tables to this edition"),
    Verb(
        ("demo",),
        f"{HERE}.demo:main",
        "build a demo county, run the loop, serve the pages (--check: ask them and stop)",
    ),
    Verb(
        ("import",),
        f"{SURFACES}.exchange.management.importing:main",
        "read a table: units staff areas accounts meters curves",
    ),
    Verb(
        ("scan",), "longzhong.sensing.curves.management.scan:main", "judge the curves of a day and tell what was found"
    ),
    Verb(
        ("curves", "judge"),
        "longzhong.sensing.curves.management.judge:main",
        "judge a file's curves, no database",
        "nothing",
    ),
    Verb(
        ("hotline", "train"),
        "longzhong.sensing.texts.management.train:main",
        "train the category model on what people chose; a worse one is refused",
    ),
    Verb(
        ("simulation", "report"),
        f"{SURFACES}.simulation.management.report:main",
        "recall and precision against the truth",
    ),
    Verb(
        ("simulation", "advance"),
        f"{SURFACES}.simulation.management.advance:main",
        "let the demo county live some days",
    ),
    Verb(("bench",), f"{HERE}.bench:main", "benchmarks by name, or all", "nothing"),
    Verb(
        ("check", "house"), f"{HERE}.checks:house", "format, lint, types, contracts, house tests, documents", "nothing"
    ),
    Verb(
        ("check", "chain"),
        "longzhong.dispatch.matters.management.chain:main",
        "prove the hash chains and their anchors",
    ),
    Verb(("check", "journal"), "longzhong.register.access.management.journal:main", "prove the journal's chain"),
    Verb(("docs",), f"{HERE}.documents:main", "print the documents that CI compares (--check: compare)"),
    Verb(("test",), f"{HERE}.checks:test", "all tests", "nothing"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Find the verb, make ready what it needs, call it."""
    words = list(sys.argv[1:] if argv is None else argv)
    verb = next((row for row in VERBS if tuple(words[: len(row.words)]) == row.words), None)
    if verb is None:
        _print_help(words)
        return 0 if not words or words[0] in {"-h", "--help", "help"} else 2
    if verb.needs == "database":
        ready()
    if verb.needs != "nothing":
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longzhong.project.settings")
        django.setup()
    module, name = verb.target.split(":")
    run = cast("Callable[[list[str]], int]", getattr(import_module(module), name))
    return run(words[len(verb.words) :])


def _print_help(words: Sequence[str]) -> None:
    if words and words[0] not in {"-h", "--help", "help"}:
        sys.stderr.write(f"longzhong: no such command: {' '.join(words[:2])}\n\n")
    width = max(len(" ".join(verb.words)) for verb in VERBS)
    for verb in VERBS:
        sys.stdout.write(f"longzhong {' '.join(verb.words):<{width}}  {verb.help}\n")


if __name__ == "__main__":
    sys.exit(main())
