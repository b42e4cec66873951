"""`longzhong import RECIPE FILE`: read a table of another system from the command line, with the wizard's own recipes."""

import argparse
import json
import sys
from pathlib import Path

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.surfaces.exchange import selectors, services
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Run
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.rules.runs import RunState


def main(argv: list[str]) -> int:
    """0: imported (rows may have been refused, the counts say so); 1: the file was refused as a whole; 2: no such
    file or recipe.
    """
    words = _words().parse_args(argv)
    if not words.file.is_file():
        sys.stderr.write(f"longzhong import: no such file: {words.file}\n")
        return 2
    by, at = Actor.machine("import"), clock.now()
    stored = files.store(files.blocks_of(words.file), words.file.name)
    run = services.start_run(recipe=words.recipe, stored=stored, source="command", by=by, at=at)
    try:
        if words.sheet:
            services.choose_columns(run_id=run.pk, sheet=words.sheet, chosen={}, by=by, at=at)
        run = services.carry_out(run_id=run.pk, trial=words.dry_run, by=by, at=at)
    except Refused as refusal:
        sys.stderr.write(f"longzhong import: {refusal.message}\n")
        return 1
    if words.refused and not words.dry_run:
        services.write_report(run_id=run.pk, path=words.refused, by=by, at=clock.now())
    _tell(run, as_json=words.json)
    return 1 if run.state == RunState.FAILED else 0


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="longzhong import", description=__doc__)
    words.add_argument("recipe", choices=sorted(RECIPES))
    words.add_argument("file", type=Path)
    words.add_argument("--dry-run", action="store_true", help="count and tell, write nothing")
    words.add_argument("--sheet", default="", help="the sheet of a workbook (default: the one that fits best)")
    words.add_argument("--refused", type=Path, help="write the refused rows with their reasons to this XLSX")
    words.add_argument("--json", action="store_true", help="one JSON object as the last line")
    return words


def _tell(run: Run, *, as_json: bool) -> None:
    found = selectors.counts(run)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
        return
    line = "读入 {read} 行：新增 {new}，更正 {changed}，未变 {unchanged}，拒收 {refused}"
    sys.stdout.write(line.format(**found) + "\n")
    for row in selectors.refused_rows(run.pk, limit=10):
        sys.stdout.write(f"  第 {row.line} 行：{row.reason}\n")
    if found["message"]:
        sys.stdout.write(f"  {found['message']}\n")
