"""The verbs of a run: take a file in, choose its columns, queue it, carry it out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.surfaces.exchange.engines import looks
from longzhong.surfaces.exchange.engines.looks import Look
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.gateways.files import Stored
from longzhong.surfaces.exchange.models import Mapping as SavedMapping
from longzhong.surfaces.exchange.models import Run
from longzhong.surfaces.exchange.rules import columns
from longzhong.surfaces.exchange.rules.reasons import BadFile
from longzhong.surfaces.exchange.rules.recipes import RECIPES, recipe_for
from longzhong.surfaces.exchange.rules.runs import KEEPERS, RUN, RunState, Tally, keepers_of
from longzhong.surfaces.exchange.selectors import home_unit, look_of, visible_to
from longzhong.surfaces.exchange.services.carry_curves import CurveJob, carry_curves
from longzhong.surfaces.exchange.services.carry_tables import TableJob, carry_table
from longzhong.surfaces.exchange.services.sinks import Kept, Trial, set_tally, store_notes

RUN_LOCK = 0x4C5A_0000_0000  # advisory lock of a run: + its id
log = structlog.get_logger(__name__)
_wakers: list[Callable[[int], object]] = []


def on_queued(wake: Callable[[int], object]) -> Callable[[int], object]:
    """Register what is called, inside the transaction, when a run is queued (the job that carries it out)."""
    _wakers.append(wake)
    return wake


@dataclass(frozen=True)
class About:
    """The matter on whose page a file is brought: its label and unit, and what the page says of every row (role → names)."""

    label: str
    unit_id: int
    given: Mapping[str, Sequence[str]]


@transaction.atomic
def start_run(*, recipe: str, stored: Stored, source: str, about: About | None = None, by: Actor, at: datetime) -> Run:
    """Take a stored file as a run that waits for its columns to be confirmed."""
    need(by, *(keepers_of(recipe) if about else KEEPERS))
    if recipe not in RECIPES:
        raise Refused("recipe_unknown", _("没有这种导入方案。"), recipe=recipe)
    run = Run.objects.create(
        recipe=recipe, file_name=stored.name, sha256=stored.sha256, size=stored.size, source=source, at=at,
        by_user_id=by.user_id, by_name=by.name, unit_id=about.unit_id if about else home_unit(by),
        about=about.label if about else "", given=dict(about.given) if about else {},
    )  # fmt: skip
    files.adopt(stored, run.pk)
    return run


def take_upload(
    *, blocks: Iterable[bytes], name: str, recipe: str, about: About | None = None, by: Actor, at: datetime
) -> Run:
    """Keep an uploaded file and start its run; without a recipe its headers say what it holds."""
    need(by, *(keepers_of(recipe) if about else KEEPERS))
    stored = files.store(blocks, name)
    code = recipe or looks.guess_recipe(stored.path, stored.path.with_suffix(".unpacked"))
    if not code:
        stored.path.unlink()
        raise Refused("recipe_unclear", _("从表头认不出内容，请选择“内容”后再上传；文件没有保存。"))
    return start_run(recipe=code, stored=stored, source="upload", about=about, by=by, at=at)


@transaction.atomic
def choose_columns(*, run_id: int, sheet: str, chosen: Mapping[str, Sequence[int]], by: Actor, at: datetime) -> Run:
    """The sheet and the columns as a person confirmed them; remembered for the next file with these headers.

    Without columns, or with another sheet than before, the headers are matched anew.
    """
    run = _locked(run_id, by)
    if run.state != RunState.READY:
        raise Refused("wrong_state", _("这次导入已经开始，不能再改列的对应。"), state=run.state)
    try:
        other = bool(sheet) and sheet != look_of(run).sheet
        run.options = {"sheet": sheet, "places": None if other else _places(run.recipe, chosen)}
        found = look_of(run)
    except BadFile as bad:
        raise Refused(bad.code, str(bad)) from bad
    run.tally = {}
    run.save(update_fields=["options", "tally"])
    if run.options["places"]:
        SavedMapping.objects.update_or_create(
            unit_id=run.unit_id or 0,
            recipe=run.recipe,
            fingerprint=columns.fingerprint(found.layout.headers, run.recipe),
            defaults={"chosen": run.options["places"], "at": at},
        )
    return run


def _places(recipe: str, chosen: Mapping[str, Sequence[int]]) -> dict[str, list[int]] | None:
    known = {one.role for one in RECIPES[recipe].columns}
    return {role: list(where) for role, where in chosen.items() if where and role in known} or None


@transaction.atomic
def queue_run(*, run_id: int, trial: bool, by: Actor, at: datetime) -> Run:
    """Have the run carried out in the background (`trial`: without writing anything)."""
    run = _locked(run_id, by)
    run.state = RunState(RUN.move("queue", run.state).target)
    run.trial = trial
    run.save(update_fields=["state", "trial"])
    journal.record(by, "exchange.queue", f"exchange.run:{run_id}", at=at, trial=trial)
    for wake in _wakers:
        wake(run.pk)
    return run


def carry_out(*, run_id: int, by: Actor, at: datetime, trial: bool | None = None) -> Run:
    """Do the import, or go on with one that was interrupted. One process at a time works on a run; a second one leaves it alone."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [RUN_LOCK + run_id])
        if not cursor.fetchone()[0]:
            raise Refused("run_busy", _("这次导入正在进行。"), run=run_id)
    try:
        return _carry_out(run_id, trial, by, at)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [RUN_LOCK + run_id])


def _carry_out(run_id: int, trial: bool | None, by: Actor, at: datetime) -> Run:
    run = _begun(run_id, trial, by, at)
    try:
        found = look_of(run)
        looks.need(found, recipe_for(run.recipe, run.given))
    except BadFile as bad:
        return _failed(run, bad, at)
    run.layout = _layout(found)
    run.save(update_fields=["layout"])
    if run.trial:
        return _tried(run, found, by, at)
    if not run.cursor:
        run.rows.all().delete()
    sink = Kept(run)
    _carry(run, found, sink, by, dry=False)
    return _finished(run, by, at)


def _carry(run: Run, found: Look, sink: Kept | Trial, by: Actor, *, dry: bool) -> None:
    """The moment of the readings is when the file came in, also when the run is taken up again later."""
    recipe = recipe_for(run.recipe, run.given)
    cursor = {} if dry else run.cursor
    if run.recipe == "curves":
        carry_curves(job=CurveJob(found, files.folder(run.pk), sink, dry), cursor=cursor, by=by, at=run.at)
    else:
        total = max(run.size // 60, 1)
        job = TableJob(found, recipe, sink, cursor.get("line", 0), total, dry, run.given)
        carry_table(job=job, by=by, at=run.at)


def _tried(run: Run, found: Look, by: Actor, at: datetime) -> Run:
    """A dry run does everything inside transactions that are rolled back; the lake is compared and not written."""
    sink = Trial(run)
    _carry(run, found, sink, by, dry=True)
    with transaction.atomic():
        run.rows.all().delete()
        store_notes(run=run, notes=sink.notes, room=len(sink.notes))
        total: Tally = sink.total
        run.tally = {
            "read": total.read, "new": total.new, "changed": total.changed, "unchanged": total.unchanged,
            "refused": total.refused, "reasons": total.reasons, "extra": sink.extra,
        }  # fmt: skip
        run.state = RunState(RUN.move("report", run.state).target)
        run.trial, run.ended_at = False, at
        run.save(update_fields=["tally", "state", "trial", "ended_at"])
    return run


@transaction.atomic
def _begun(run_id: int, trial: bool | None, by: Actor, at: datetime) -> Run:
    run = _locked(run_id, by)
    run.state = RunState(RUN.move("begin", run.state).target)
    run.trial = run.trial if trial is None else trial
    run.began_at = run.began_at or at
    run.problem, run.problem_facts = "", {}
    run.save(update_fields=["state", "trial", "began_at", "problem", "problem_facts"])
    return run


@transaction.atomic
def _failed(run: Run, bad: BadFile, at: datetime) -> Run:
    """The file as a whole is refused; nothing was written."""
    run.state = RunState(RUN.move("fail", run.state).target)
    run.problem, run.problem_facts, run.ended_at = bad.code, {key: str(value) for key, value in bad.facts.items()}, at
    set_tally(run=run, total=Tally())
    run.save(
        update_fields=[
            "state",
            "problem",
            "problem_facts",
            "ended_at",
            "read",
            "new",
            "changed",
            "unchanged",
            "refused",
            "reasons",
        ]
    )
    log.info("import_failed", run=run.pk, recipe=run.recipe, code=bad.code)
    return run


@transaction.atomic
def _finished(run: Run, by: Actor, at: datetime) -> Run:
    run.state = RunState(RUN.move("finish", run.state).target)
    run.ended_at = at
    run.save(update_fields=["state", "ended_at"])
    journal.record(
        by, f"exchange.{run.recipe}", f"exchange.run:{run.pk}", at=at, read=run.read, new=run.new, changed=run.changed,
        unchanged=run.unchanged, refused=run.refused,
    )  # fmt: skip
    return run


def _locked(run_id: int, by: Actor) -> Run:
    run = visible_to(by).select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Refused("not_found", _("没有这次导入，或不在您的管辖范围内。"))
    return run


def _layout(found: Look) -> dict[str, object]:
    return {
        "kind": found.source.kind,
        "encoding": found.source.encoding,
        "delimiter": found.source.delimiter,
        "sheet": found.sheet,
        "header_row": found.sample[found.layout.first][0],
        "header_rows": found.layout.depth,
        "headers": found.names,
        "places": {role: list(where) for role, where in found.places.items()},
    }


__all__ = ["About", "carry_out", "choose_columns", "on_queued", "queue_run", "start_run", "take_upload"]
