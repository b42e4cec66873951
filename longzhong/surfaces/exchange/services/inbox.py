"""The watched inbox (夜间采集导出): each content is imported once, whatever it is called and however often it comes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from django.db import connection, transaction

from longzhong.kit.actor import Actor
from longzhong.surfaces.exchange.engines import looks
from longzhong.surfaces.exchange.gateways import files, inbox
from longzhong.surfaces.exchange.gateways.inbox import Claim
from longzhong.surfaces.exchange.models import Run
from longzhong.surfaces.exchange.rules.runs import RunState
from longzhong.surfaces.exchange.selectors import counts, inbox_run, waiting_runs
from longzhong.surfaces.exchange.services.reports import write_report
from longzhong.surfaces.exchange.services.runs import carry_out, start_run

INBOX_LOCK = 0x4C5A_494E
FALLBACK = "curves"
SOURCE = "inbox"
log = structlog.get_logger(__name__)


def take_inbox(*, by: Actor, at: datetime) -> list[Run]:
    """Import what has arrived and stands still. One worker at a time; another one finds nothing to do."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [INBOX_LOCK])
        if not cursor.fetchone()[0]:
            return []
    try:
        begun = [_safely(partial(_go_on, run, by, at)) for run in waiting_runs()]
        taken = [_safely(partial(_take, claim, by, at)) for claim in inbox.claim_ready()]
        return [run for run in (*begun, *taken) if run is not None]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [INBOX_LOCK])


def _safely(do: Callable[[], Run | None]) -> Run | None:
    """One file that we can't cope with doesn't keep the others waiting; it stays where it is and is tried again."""
    try:
        return do()
    except Exception:  # whatever it is, it is told and the next file has its turn
        log.exception("inbox_file_failed")
        return None


def _take(claim: Claim, by: Actor, at: datetime) -> Run | None:
    """A claimed file becomes a run, unless its content was imported before. Nothing of it is lost if this is killed anywhere."""
    stored = files.store(files.blocks_of(claim.path), claim.name)
    before = inbox_run(stored.sha256)
    if before is not None:
        inbox.settle(
            stored.path, claim.name, "done", {"already": before.pk, "sha256": stored.sha256, "state": before.state}
        )
        inbox.release(claim)
        log.info("inbox_known", run=before.pk)
        return None
    recipe = looks.guess_recipe(stored.path, stored.path.with_suffix(".unpacked")) or FALLBACK
    with transaction.atomic():
        run = start_run(recipe=recipe, stored=stored, source=SOURCE, by=by, at=at)
    inbox.release(claim)
    return _go_on(run, by, at)


def _go_on(run: Run, by: Actor, at: datetime) -> Run:
    if run.state not in (RunState.DONE, RunState.FAILED):
        run = carry_out(run_id=run.pk, by=by, at=at, trial=False)
    settle_run(run=run, by=by, at=at)
    return run


def settle_run(*, run: Run, by: Actor, at: datetime) -> None:
    """Put the file where people look for it, with its counts and, where rows were refused, their workbook."""
    folder = "done" if run.state == RunState.DONE else "refused"
    place = inbox.settle(files.table(run.pk), run.file_name, folder, counts(run))
    if run.refused:
        write_report(run_id=run.pk, path=place.with_name(f"{place.name}.refused.xlsx"), by=by, at=at)
    run.settled = True
    run.save(update_fields=["settled"])
