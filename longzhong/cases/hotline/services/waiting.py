"""Time that stands still, and what clocks told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import LIVE
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.services.moving import enter, refresh_due
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import PauseReason
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

PAUSERS = ("grid", "crew", "desk", "station", "quality", "dept")


@transaction.atomic
def pause(*, case_id: int, reason: str, words: str, by: Actor, at: datetime) -> Case:
    """Let the case's clocks stand still for an approved reason (waiting for the customer)."""
    case = _live(case_id, by)
    if reason not in set(PauseReason):
        raise Refused("pause_reason_unknown", _("请从清单里选择挂起原因；什么都没有改动。"), reason=reason)
    said = redact(written(words, _("理由")))
    matters.pause_clocks(
        matter=selectors.label(case.pk), names=None, reason=PauseReason(reason), note=said, by=by, at=at
    )
    return _save_due(case)


@transaction.atomic
def resume(*, case_id: int, words: str, by: Actor, at: datetime) -> Case:
    """Let them run on; the time that they stood still is added."""
    case = _live(case_id, by)
    matters.resume_clocks(matter=selectors.label(case.pk), names=None, note=redact(words.strip()), by=by, at=at)
    return _save_due(case)


@transaction.atomic
def hear(*, case_id: int, by: Actor, at: datetime) -> bool:
    """The customer got in touch: whatever waited for them runs again. False where nothing waited; no door, for services here."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if not matters.hear_customer(matter=selectors.label(case.pk), by=by, at=at):
        return False
    _save_due(case)
    return True


@transaction.atomic
def note_alarm(*, matter: str, alarm: int, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who, and when
    """Repeat on the case what its clocks told; alarms of other nouns' matters are none of ours."""
    case_id = selectors.case_id_of(matter)
    case = Case.objects.select_for_update().filter(pk=case_id).first() if case_id else None
    if case is not None and case.alarm < alarm:
        case.alarm = alarm
        case.save(update_fields=["alarm"])


def _live(case_id: int, by: Actor) -> Case:
    case = enter(case_id=case_id, by=by)
    if case.state not in LIVE:
        raise Refused("case_closed", _("诉求已经办结；什么都没有改动。"), case=case_id)
    if not selectors.may(by, PAUSERS, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(PAUSERS))
    return case


def _save_due(case: Case) -> Case:
    refresh_due(case=case)
    case.save(update_fields=["due_at", "due_clock"])
    return case
