"""Count repeat calls (重复致电计数) and add oversight when a customer calls again and again; the owner stays."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case, Oversight
from longzhong.cases.hotline.rules.machine import DONE, State
from longzhong.cases.hotline.rules.repeats import level_of
from longzhong.cases.hotline.selectors.repeats import Repeat, limits_at
from longzhong.cases.hotline.services.linking import link_earlier
from longzhong.cases.hotline.services.moving import enter, note
from longzhong.cases.hotline.services.pressing import raise_urgency
from longzhong.dispatch.matters.rules.ladder import overseer
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.org import selectors as org


@transaction.atomic
def count_repeat(*, case_id: int, by: Actor, at: datetime) -> Repeat:
    """How often the customer has turned to us about this matter by `at`; links what was told before, and at
    `repeat.escalate_n` calls raises the urgency and tells the next level above, once for a level of a run. Safe to hear twice.
    """
    case = enter(case_id=case_id, by=by)
    if case.state != State.VOID:
        link_earlier(case=case, by=by, at=at)
    run = selectors.run_of(case, at)
    if run.calls > case.calls_count:
        case.calls_count = run.calls
        case.save(update_fields=["calls_count"])
    level = level_of(run.calls, limits_at(case.unit_id, at))
    if level and case.state not in DONE:
        for one in range(1, level + 1):
            _oversee(case, run, one, by=by, at=at)
    return run


def _oversee(case: Case, run: Repeat, level: int, *, by: Actor, at: datetime) -> None:
    """Tell one level above; the constraint keeps it to once, whoever counts."""
    told_unit = _overseer(case.unit_id, level, at)
    row, fresh = Oversight.objects.get_or_create(
        first_case_id=run.first_case_id or case.pk,
        level=level,
        defaults={"case": case, "calls": run.calls, "unit_id": told_unit, "at": at},
    )
    if not fresh:
        return
    if raise_urgency(case=case, reason=f"重复致电 {run.calls} 次", by=by, at=at):
        case.save(update_fields=["urgency"])
    heads = org.head_of(told_unit, civil_day(at)) if told_unit else []
    data = {"level": level, "calls": row.calls, "unit": told_unit, "staff": heads, "urgency": int(case.urgency)}
    note(case=case, verb="oversee", said=Said(data), by=by, at=at)


def _overseer(unit_id: int, level: int, at: datetime) -> int | None:
    day = civil_day(at)
    chain = org.chain(unit_id, day)
    kinds = {node.id: node.kind.value for node in org.tree(day, only=set(chain))} if chain else {}
    return overseer(level, [(unit, kinds[unit]) for unit in chain if unit in kinds])
