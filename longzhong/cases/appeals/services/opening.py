"""Windows (申诉期): opened when a verdict goes against the unit, or a first appeal is refused; kept as promised at that moment."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.models import Window
from longzhong.cases.appeals.rules import Level
from longzhong.cases.appeals.rules.words import Complaint
from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.complaints.rules import COUNTS_AGAINST, Kind
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
    if row.kind == Kind.OPINION or row.final_verdict not in COUNTS_AGAINST or row.state not in selectors.STANDING:
        return None
    if level is Level.FIRST and row.decided_at != at:  # told late, and decided anew since
        return None
    Window.objects.bulk_create([_promise(row, level, at)], ignore_conflicts=True)
    return Window.objects.get(complaint=row.pk, level=level, round=row.round)


def _promise(row: Complaint, level: Level, at: datetime) -> Window:
    policy = policies.row(KEYS[level], unit_id=row.unit_id, day=civil_day(at))
    calendar = org.calendar().assuming()
    run = Run(Limit(number(policy.value), Measure(policy.measure)), at)
    last = due_at(run, calendar)
    if last is None:
        raise ValueError("a window without pauses has an end")
    basis = Basis(policy.key, policy.edition, TITLES[level], policy.source, policy.confidence)
    return Window(
        complaint_id=row.pk, level=level, round=row.round, opened_at=at, last_at=last, value=run.limit.value,
        measure=policy.measure, policy_key=policy.key, policy_source=policy.source[:200],
        why=list(explanation(run, basis, calendar, at)),
    )  # fmt: skip
