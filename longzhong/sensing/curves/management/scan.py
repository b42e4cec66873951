"""`longzhong scan [--day YYYY-MM-DD]`: judge a day, or every day whose curves are new or changed."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.curves import services


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="longzhong scan", description=__doc__)
    parser.add_argument("--day", type=date.fromisoformat, help="judge this day again")
    args = parser.parse_args(argv)
    by, at = Actor.machine("curves.scan"), clock.now()
    try:
        if args.day is None:
            days = services.scan_due(by=by, at=at)
            sys.stdout.write(json.dumps({"days": [day.isoformat() for day in days]}) + "\n")
            return 0
        run = services.scan_day(day=args.day, by=by, at=at)
    except Refused as refusal:
        sys.stderr.write(f"longzhong scan: {refusal}\n")
        return 1
    told = {"day": run.day.isoformat(), "curves": run.curves, "findings": run.findings, "faults": run.faults}
    sys.stdout.write(json.dumps(told | {"seconds": run.seconds}) + "\n")
    return 0
