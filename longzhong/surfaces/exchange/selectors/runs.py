"""Runs, their counts and their refused rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Row, Run
from longzhong.surfaces.exchange.rules.reasons import SHORT, reason
from longzhong.surfaces.exchange.rules.recipes import RECIPES
from longzhong.surfaces.exchange.rules.runs import KEEPERS, OWN, RunState

CHUNK = 2000


@dataclass(frozen=True)
class RefusedLine:
    """A refused row in plain: only for who may import, and never logged."""

    line: int
    code: str
    reason: str
    cells: tuple[str, ...]
    remark: bool


@dataclass(frozen=True)
class ReasonCount:
    """How many rows were refused for one reason."""

    code: str
    words: str
    rows: int


@dataclass(frozen=True)
class RunCard:
    """A run as its page shows it; `phase`, `rows_seen` and `share` say how far it is while it runs."""

    id: int
    recipe: str
    about: str
    title: str
    file_name: str
    state: RunState
    trial: bool
    source: str
    by_name: str
    at: datetime
    ended_at: datetime | None
    read: int
    new: int
    changed: int
    unchanged: int
    refused: int
    reasons: tuple[ReasonCount, ...]
    extra: dict[str, int]
    layout: dict[str, Any]
    tally: dict[str, Any]
    problem: str
    phase: str
    rows_seen: int
    share: float


def visible_to(actor: Actor) -> QuerySet[Run]:
    """The door: runs of who may import, of their own units' people; who brought a list of their unit's matter sees those of it."""
    rows = Run.objects.all()
    if actor.system:
        return rows
    if actor.has(*KEEPERS):
        return rows.filter(Q(unit_id__in=actor.units(*KEEPERS)) | Q(unit_id=None) | Q(by_user_id=actor.user_id))
    own = [Q(recipe=recipe, unit_id__in=actor.units(*roles)) for recipe, roles in OWN.items() if actor.has(*roles)]
    return rows.filter(reduce(or_, own), ~Q(about="")) if own else rows.none()


def run_list(actor: Actor) -> QuerySet[Run]:
    """Past and present runs, newest first, without their long columns."""
    return visible_to(actor).defer("layout", "options", "cursor", "tally").order_by("-at", "-id")


def run_card(actor: Actor, run_id: int) -> RunCard | None:
    run = visible_to(actor).filter(pk=run_id).first()
    if run is None:
        return None
    far = files.progress(run.pk) if run.state in (RunState.RUNNING, RunState.QUEUED) else {}
    return RunCard(
        id=run.pk,
        recipe=run.recipe,
        about=run.about,
        title=RECIPES[run.recipe].title,
        file_name=run.file_name,
        state=RunState(run.state),
        trial=run.trial,
        source=run.source,
        by_name=run.by_name,
        at=run.at,
        ended_at=run.ended_at,
        read=run.read,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        refused=run.refused,
        reasons=_reasons(run, run.reasons),
        extra=dict(run.extra),
        layout=dict(run.layout),
        tally={**run.tally, "reasons": _reasons(run, run.tally.get("reasons", {}))} if run.tally else {},
        problem=problem_of(run),
        phase=str(far.get("phase", "")),
        rows_seen=int(str(far.get("rows", 0))),
        share=float(str(far.get("share", 0.0))),
    )


def problem_of(run: Run) -> str:
    """Why a file was refused as a whole."""
    return reason(run.problem, run.problem_facts) if run.problem else ""


def counts(run: Run) -> dict[str, Any]:
    """The counts of a run as commands and reports print them."""
    shown = run.tally if run.tally and run.state == RunState.READY else {
        "read": run.read, "new": run.new, "changed": run.changed, "unchanged": run.unchanged, "refused": run.refused,
        "reasons": run.reasons, "extra": run.extra,
    }  # fmt: skip
    return {
        "run": run.pk, "recipe": run.recipe, "file": run.file_name, "sha256": run.sha256, "state": run.state,
        **shown, "kept": shown["new"] + shown["changed"], "problem": run.problem, "message": problem_of(run),
    }  # fmt: skip


def refused_rows(run_id: int, limit: int | None = None) -> Iterator[RefusedLine]:
    """Refused rows (and remarks) in the order of the file, unsealed one page at a time."""
    rows = Row.objects.filter(run=run_id).order_by("line", "id")
    for row in rows[:limit] if limit else rows.iterator(chunk_size=CHUNK):
        body = json.loads(vault.unseal(row.sealed))
        yield RefusedLine(row.line, row.code, reason(row.code, body["facts"]), tuple(body["cells"]), row.remark)


def inbox_run(sha256: str) -> Run | None:
    """The run that has imported this content from the inbox."""
    return Run.objects.filter(source="inbox", sha256=sha256).first()


def waiting_runs() -> list[Run]:
    """Runs of the inbox that were begun and not brought to their end: after a kill they go on."""
    return list(Run.objects.filter(source="inbox", settled=False).order_by("id"))


def starter_of(run_id: int) -> int | None:
    """The user in whose name a run is carried out."""
    return Run.objects.filter(pk=run_id).values_list("by_user_id", flat=True).first()


def runs_about(label: str) -> QuerySet[Run]:
    """Imports of files that were brought on a matter's page, the newest first. The caller opens that matter's door."""
    return Run.objects.filter(about=label).defer("layout", "options", "cursor", "tally").order_by("-at", "-id")


def home_unit(actor: Actor) -> int | None:
    """The unit under which a person's runs and mappings are kept: the first of those that they may fill."""
    return min(actor.units(*KEEPERS), default=None)


def _reasons(run: Run, found: dict[str, int]) -> tuple[ReasonCount, ...]:
    """Reasons by how often they occur; one that an owner of the data gave is shown in the words of its first row."""
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return tuple(
        ReasonCount(code, _(SHORT[code]) if code in SHORT else _first(run, code), rows) for code, rows in ranked
    )


def _first(run: Run, code: str) -> str:
    row = run.rows.filter(code=code).order_by("line").first()
    return reason(code, json.loads(vault.unseal(row.sealed))["facts"]) if row else code
