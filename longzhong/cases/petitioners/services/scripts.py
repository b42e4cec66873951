"""The three steps with a repeat visitor (S0-19): in order, each logged with who and when, left out only with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Incident, Petitioner, ScriptRun, ScriptStep
from longzhong.cases.petitioners.rules import LIVE, Level, Outcome, next_stage
from longzhong.cases.petitioners.rules.script import ENDED
from longzhong.cases.petitioners.services.moving import enter_open, note, said, tag_home
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text

LEVEL_OF = {Outcome.FRIEND: Level.FRIEND, Outcome.OCCASIONAL: Level.OCCASIONAL}


@transaction.atomic
def start_script(*, petitioner_id: int, incident_id: int | None = None, by: Actor, at: datetime) -> ScriptRun:
    """Begin the three steps; one run at a time, so that two colleagues don't both begin."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    if row.runs.filter(ended_at=None).exists():
        raise Refused("script_running", _("三步法已经在进行；什么都没有改动。"), petitioner=row.pk)
    if incident_id is not None and not _of_this(row, incident_id):
        raise Refused("incident_unknown", _("这次窗口呼叫不是这位客户的；什么都没有改动。"), incident=incident_id)
    run = ScriptRun.objects.create(petitioner=row, incident_id=incident_id, started_at=at, staff_id=by.staff_id)
    note(row=row, verb="script", data={"run": run.pk, "incident": incident_id}, words={}, by=by, at=at)
    return run


@transaction.atomic
def log_step(
    *, petitioner_id: int, position: int, skipped: bool = False, text: str = "", by: Actor, at: datetime
) -> ScriptStep:
    """The step that comes now is done, or left out with a reason in `text`; another one is refused."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    run = _open_run(row)
    stage = next_stage(list(run.steps.values_list("position", flat=True)))
    if stage is None or stage.position != position:
        now = _("三步都已做完") if stage is None else _("现在该做“%s”") % stage.title
        raise Refused("step_out_of_order", _("要按顺序来：%s；什么都没有改动。") % now, position=position)
    words = said(text) if skipped else clean_text(text, 500)
    step = ScriptStep.objects.create(run=run, position=position, at=at, staff_id=by.staff_id, skipped=skipped)
    data = {"run": run.pk, "position": position, "skipped": skipped}
    note(row=row, verb="skip_step" if skipped else "step", data=data, words={"text": words}, by=by, at=at)
    return step


@transaction.atomic
def end_script(*, petitioner_id: int, outcome: str, text: str = "", by: Actor, at: datetime) -> ScriptRun:
    """End the run with its outcome; the level follows where the outcome says so. Before step 3 only "left" can end it."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    run = _open_run(row)
    if outcome not in set(map(str, Outcome)):
        raise Refused("outcome_unknown", _("没有这种结果；什么都没有改动。"), outcome=outcome)
    stage = next_stage(list(run.steps.values_list("position", flat=True)))
    if stage is not None and Outcome(outcome) not in ENDED:
        raise Refused(
            "script_unfinished", _("三步还没有做完，现在只能登记“没有走完”；什么都没有改动。"), next=stage.position
        )
    run.outcome, run.ended_at = outcome, at
    run.save(update_fields=["outcome", "ended_at"])
    data: dict[str, object] = {"run": run.pk, "outcome": outcome}
    level = LEVEL_OF.get(Outcome(outcome))
    if level is not None and level.value != row.level:
        data |= {"from": row.level, "to": level.value}
        row.level = level.value
        row.save(update_fields=["level"])
        tag_home(row=row, by=by, at=at)
    note(row=row, verb="script_end", data=data, words={"text": clean_text(text, 500)}, by=by, at=at)
    return run


def _open_run(row: Petitioner) -> ScriptRun:
    run = row.runs.select_for_update().filter(ended_at=None).first()
    if run is None:
        raise Refused("script_not_running", _("三步法还没有开始；什么都没有改动。"), petitioner=row.pk)
    return run


def _of_this(row: Petitioner, incident_id: int) -> bool:
    live = [state.value for state in LIVE]
    return Incident.objects.filter(pk=incident_id, petitioner=row, state__in=live).exists()
