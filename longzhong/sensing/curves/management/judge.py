"""`longzhong curves judge FILE --json`: judge a wide CSV or a lake file, without Django and without a database.

One JSON object a line: meter, day, phase, kind, verdict, slots, conf, poss, worst, first, last. `slots` counts abnormal
slots, `conf` and `poss` are the longest certain and possible runs, `first` and `last` the numbers (0…95) of the first and
last abnormal slot, `worst` the most telling value.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TextIO

from longzhong.sensing.curves.engines.onefile import Judgement, judge_lake_file, judge_wide_file
from longzhong.sensing.curves.rules.limits import Limits
from longzhong.sensing.curves.rules.wideform import WideformError


def _limits(pairs: Sequence[str]) -> Limits:
    """Limits with the named fields replaced: low_volts_1p=200."""
    kinds = {field.name: field.type for field in fields(Limits)}
    changes: dict[str, float | int] = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        if name not in kinds or kinds[name] not in (int, float):
            raise argparse.ArgumentTypeError(f"no such limit: {name}")
        changes[name] = int(text) if kinds[name] is int else float(text)
    return replace(Limits(), **changes)  # type: ignore[arg-type]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="longzhong curves judge", description="Judge a curve file, without a database."
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="wide CSV (96 columns) or lake Parquet file; - reads CSV"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line (default: a table)")
    parser.add_argument("--kva", type=float, help="rated power of the areas in the file, for load and unbalance")
    parser.add_argument("--wiring", type=int, choices=(1, 3), help="limits for single- or three-phase customers")
    parser.add_argument(
        "--kind", choices=("customer", "area"), help="what the meters are (default: seen from the data)"
    )
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=VALUE", help="change a limit, repeatable")
    return parser


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def _lines(judgements: Iterator[Judgement], *, as_json: bool) -> Iterator[str]:
    for one in judgements:
        told = {
            "meter": one.meter,
            "day": one.day.isoformat(),
            "phase": one.phase,
            "kind": one.kind.value,
            "verdict": one.verdict.value,
            "slots": one.slots,
            "conf": one.conf,
            "poss": one.poss,
            "worst": _plain(one.worst),
            "first": one.first if one.first >= 0 else None,
            "last": one.last if one.last >= 0 else None,
        }
        yield (
            json.dumps(told, ensure_ascii=False)
            if as_json
            else "\t".join("" if v is None else str(v) for v in told.values())
        )


def run(argv: Sequence[str], out: TextIO, err: TextIO) -> int:
    args = _parser().parse_args(argv)
    try:
        limits = _limits(args.limit)
        raw = sys.stdin.buffer.read() if str(args.file) == "-" else args.file.read_bytes()
        if raw[:4] == b"PAR1":
            judgements = judge_lake_file(args.file, limits, kva=args.kva, wiring=args.wiring, kind=args.kind)
        else:
            judgements, refused = judge_wide_file(raw, limits, kva=args.kva, wiring=args.wiring, kind=args.kind)
            for line, reason in refused:
                err.write(f"line {line} refused: {reason}\n")
        for text in _lines(judgements, as_json=args.json):
            out.write(text + "\n")
    except (OSError, WideformError, ValueError, argparse.ArgumentTypeError) as error:
        err.write(f"longzhong curves judge: {error}\n")
        return 2
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    return run(sys.argv[1:] if argv is None else argv, sys.stdout, sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
