"""Where this installation lives, and its database made ready before Django looks."""

import os
import sys
from pathlib import Path

from longzhong.kit import cluster

ROOT = Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    return Path(os.environ.get("LONGZHONG_VAR") or ROOT / "var").absolute()


def ready() -> None:
    """Start the embedded server unless DATABASE_URL names the company's own."""
    if not os.environ.get("DATABASE_URL"):
        cluster.ensure(var_folder())


def down(_argv: list[str]) -> int:
    """Stop the embedded database of this var folder."""
    stopped = cluster.stop(var_folder())
    sys.stdout.write("stopped\n" if stopped else "no embedded database was running\n")
    return 0
