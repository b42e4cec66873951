"""`longzhong simulation report [--json]`: recall and precision by kind of fault, every miss explained."""

import argparse
import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from longzhong.kit.errors import Refused
from longzhong.surfaces.simulation import selectors
from longzhong.surfaces.simulation.rules.scoring import why_words

HEADS = ("故障", "注入", "可见", "发现", "查全率", "可见查全率", "预警", "对应", "连带", "误报", "查准率", "物理查准率")


def main(argv: Sequence[str]) -> int:
    words = argparse.ArgumentParser(prog="longzhong simulation report", description=__doc__)
    words.add_argument("--json", action="store_true", help="one JSON object")
    options = words.parse_args(argv)
    try:
        found = selectors.report()
    except Refused as refusal:
        sys.stderr.write(f"longzhong simulation report: {refusal}\n")
        return 1
    if options.json:
        sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False) + "\n")
        return 0
    _print(found)
    return 0


def _print(found: selectors.Report) -> None:
    table = Table(*HEADS, title=f"演示县 {found.first_day} 至 {found.last_day}")
    for one in found.scores:
        figures = (one.injected, one.visible, one.found, _share(one.recall), _share(one.recall_visible), one.alerts, one.true,
                   one.side_effects, one.false, _share(one.precision), _share(one.precision_physical))  # fmt: skip
        table.add_row(one.name, *map(str, figures))
    console = Console(width=150)
    console.print(table)
    for miss in found.misses:
        area = found.county.areas.code[miss.fault.area]
        console.print(
            f"  漏 {miss.fault.number:>3} {area} {miss.fault.kind.value:<12} 自 {miss.fault.from_day}：{why_words(miss)}"
        )


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.0%}"
