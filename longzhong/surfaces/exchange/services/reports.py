"""The workbook of refused rows of a run, and the end of what a run keeps."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.surfaces.exchange.engines.refusals import Refusal, write_workbook
from longzhong.surfaces.exchange.gateways import files
from longzhong.surfaces.exchange.models import Row, Run
from longzhong.surfaces.exchange.rules.reasons import reason
from longzhong.surfaces.exchange.rules.runs import HANDS, RunState
from longzhong.surfaces.exchange.selectors import refused_rows, visible_to

KEEP_DAYS = 30  # refused rows and files hold personal data: no longer than mending takes (PIPL 19)


@transaction.atomic
def write_report(*, run_id: int, path: Path, by: Actor, at: datetime) -> Path:
    """Write the refused rows, each with its line and reason; who took them out is in the journal."""
    need(by, *HANDS)
    run = visible_to(by).filter(pk=run_id).first()
    if run is None:
        raise Refused("not_found", _("没有这次导入，或不在您的管辖范围内。"))
    headers = [str(name) for name in run.layout.get("headers", [])]
    rows = (
        Refusal(row.line, _("已导入，提醒：%s") % row.reason if row.remark else row.reason, row.cells)
        for row in refused_rows(run_id)
    )
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    write_workbook(path, headers, rows, _summary(run))
    journal.record(by, "exchange.refused_rows", f"exchange.run:{run_id}", at=at, rows=run.refused)
    return path


def refused_file(*, run_id: int, by: Actor, at: datetime) -> Path:
    """The workbook as a private file of the run, made anew each time."""
    return write_report(run_id=run_id, path=files.folder(run_id) / "refused.xlsx", by=by, at=at)


def forget_old(*, by: Actor, at: datetime) -> int:
    """Erase the files and refused rows of runs that ended long ago; the counts stay. Returns how many runs."""
    limit = at - timedelta(days=KEEP_DAYS)
    old = list(
        Run.objects.filter(at__lt=limit, state__in=(RunState.DONE, RunState.FAILED)).values_list("id", flat=True)
    )
    for run_id in old:
        files.erase(run_id)
    files.sweep_incoming()
    gone, _rows = Row.objects.filter(run__in=old).delete()
    if gone:
        journal.record(by, "exchange.forget", at=at, runs=len(old), rows=gone)
    return len(old)


def _summary(run: Run) -> list[tuple[str, str]]:
    counted = [
        (_("文件"), run.file_name),
        (_("读入行数"), str(run.read)),
        (_("新增"), str(run.new)),
        (_("更正"), str(run.changed)),
        (_("未变"), str(run.unchanged)),
        (_("拒收"), str(run.refused)),
    ]
    if run.problem:
        counted.append((_("未导入的原因"), reason(run.problem, run.problem_facts)))
    stored = run.rows.filter(remark=False).count()
    if stored < run.refused:
        counted.append(
            (_("说明"), _("拒收行很多，只列出前 %(n)s 行；改正后重新导入即可，已导入的行不会重复。") % {"n": stored})
        )
    return counted + [(reason(code, {}), str(count)) for code, count in run.reasons.items()]
