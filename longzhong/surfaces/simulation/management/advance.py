"""`longzhong simulation advance [DAYS]`: let the demo county live some days more."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from longzhong.kit.errors import Refused
from longzhong.surfaces.simulation import selectors, services


def _say(day: date) -> None:
    sys.stdout.write(f"{day}\n")


def main(argv: Sequence[str]) -> int:
    words = argparse.ArgumentParser(prog="longzhong simulation advance", description=__doc__)
    words.add_argument("days", type=int, nargs="?", default=1)
    options = words.parse_args(argv)
    try:
        services.advance(days=options.days, done=_say)
    except Refused as refusal:
        sys.stderr.write(f"longzhong simulation advance: {refusal}\n")
        return 1
    sys.stdout.write(f"{selectors.figures()}\n")
    return 0
