"""`longzhong bench NAME [--json]`: each benchmark prints one JSON object on its last line; ratios within one run."""

import argparse
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import cast

BENCHES = {
    "curves": "longzhong.sensing.curves.management.bench:main",
    "import": "longzhong.surfaces.exchange.management.bench:main",
    "classify": "longzhong.sensing.texts.management.bench_classify:main",
    "same-matter": "longzhong.sensing.texts.management.bench_pairs:main",
    "grouping": "longzhong.sensing.troubles.management.bench:main",
    "restoration": "longzhong.sensing.restorations.management.bench:main",
    "routes": "longzhong.dispatch.crews.management.bench:main",
    "ledgers": "longzhong.project.benches.ledgers:main",
    "forms": "longzhong.project.benches.forms:main",
    "notices": "longzhong.project.benches.notices:main",
    "impact": "longzhong.project.benches.impact:main",
    "cases": "longzhong.project.benches.cases:main",
    "sweep": "longzhong.surfaces.simulation.management.bench:main",
}


def main(argv: list[str]) -> int:
    """Run one benchmark, or `all`, each in a process of its own."""
    words = argparse.ArgumentParser(prog="longzhong bench", description=main.__doc__)
    words.add_argument("name", choices=[*BENCHES, "all"])
    options, rest = words.parse_known_args(argv)
    if options.name == "all":
        return max(_alone(name, rest) for name in BENCHES)
    module, name = BENCHES[options.name].split(":")
    return cast("Callable[[list[str]], int]", getattr(import_module(module), name))(rest)


def _alone(name: str, rest: list[str]) -> int:
    sys.stdout.write(f"== {name}\n")
    sys.stdout.flush()
    return subprocess.run(
        [sys.executable, "-m", "longzhong.project.command", "bench", name, *rest], check=False
    ).returncode
