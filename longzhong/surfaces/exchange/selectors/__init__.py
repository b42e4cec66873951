"""Reads of the importer: runs (door `visible_to`), the preview of a file, refused rows with their reasons."""

from longzhong.surfaces.exchange.models import Run
from longzhong.surfaces.exchange.selectors.previews import Preview, RoleChoice, look_of, preview_of
from longzhong.surfaces.exchange.selectors.runs import (
    RefusedLine,
    RunCard,
    counts,
    home_unit,
    inbox_run,
    problem_of,
    refused_rows,
    run_card,
    run_list,
    runs_about,
    starter_of,
    visible_to,
    waiting_runs,
)

__all__ = [
    "Preview",
    "RefusedLine",
    "RoleChoice",
    "Run",
    "RunCard",
    "counts",
    "home_unit",
    "inbox_run",
    "look_of",
    "preview_of",
    "problem_of",
    "refused_rows",
    "run_card",
    "run_list",
    "runs_about",
    "starter_of",
    "visible_to",
    "waiting_runs",
]
