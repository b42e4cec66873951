"""Windows (申诉期): opened when a verdict goes against the unit, or a first appeal is refused; kept as promised at that moment."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.appeals.models import Window
from longzhong.cases.appeals.rules import Level
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import COUNTS_AGAINST, STANDING, Kind
from longzhong.dispatch.matters.rules.counting import Limit, Measure, Run, due_at
from longzhong.dispatch.matters.rules.terms import number
from longzhong.dispatch.matters.rules.words import Basis, explanation
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies

KEYS = {Level.FIRST: "complaint.appeal_wd", Level.FINAL: "complaint.appeal_final_wd"}
TITLES = {Level.FIRST: "初次申诉期限", Level.FINAL: "最终申诉期限"}


@transaction.atomic
def open_window(*, complaint_id: int, level: Level, by: Actor, at: datetime) -> Window | None:
    """Promise until when this level may be used, counted from `at` (the decision); None where nothing stands against the unit.
    The window that was opened already stays as it is, whatever the policy says since.
    """
    row = complaints.complaint_of(by, complaint_id)
    if row.kind == Kind.OPINION or row.final_verdict not in COUNTS_AGAINST or row.state not in STANDING:
        return None
    if level is Level.FIRST and row.decided_at != at:  # told late, and decided anew since
        return None
    promised = _promise(Window(complaint=row, level=level, round=row.round, opened_at=at), row.unit_id)
    Window.objects.bulk_create([promised], ignore_conflicts=True)
    return Window.objects.get(complaint=row.pk, level=level, round=row.round)


def _promise(window: Window, unit_id: int) -> Window:
    """Fill in until when, by the policy and the calendar of the moment at which it opens."""
    level, at = Level(window.level), window.opened_at
    policy = policies.row(KEYS[level], unit_id=unit_id, day=civil_day(at))
    calendar = org.calendar().assuming()
    run = Run(Limit(number(policy.value), Measure(policy.measure)), at)
    last = due_at(run, calendar)
    if last is None:
        raise ValueError("a window without pauses has an end")
    basis = Basis(policy.key, policy.edition, TITLES[level], policy.source, policy.confidence)
    window.last_at, window.value, window.measure = last, run.limit.value, policy.measure
    window.policy_key, window.policy_source = policy.key, policy.source[:200]
    window.why = list(explanation(run, basis, calendar, at))
    return window
