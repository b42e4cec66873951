"""Power that is off: cases and calls are signals of trouble-call analysis, and follow the outage that explains them."""

from datetime import datetime

from django.db import transaction

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.machine import LIVE
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.services.moving import note
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.restorations import services as restorations
from longzhong.sensing.troubles import selectors as troubles
from longzhong.sensing.troubles import services as signals
from longzhong.sensing.troubles.rules import NewSignal, NoPower, SignalKind


@transaction.atomic
def push_no_power(*, report: NoPower, by: Actor, at: datetime) -> int | None:
    """A case was opened: if no power is its matter it is a signal, and follows at once the outage that explains it already."""
    case_id = selectors.case_id_of(report.source)
    if not signals.hear_no_power(report=report, by=by, at=at) or case_id is None:
        return None
    outage_id = troubles.outage_explaining(report.source)
    if outage_id is not None:
        Case.objects.filter(pk=case_id, outage_id=None, state__in=LIVE).update(outage_id=outage_id)
        restorations.tie(causes=[report.source], outage_id=outage_id, by=by, at=at)
        note_outage(outage_id=outage_id, by=by, at=at)
    return outage_id


@transaction.atomic
def push_told_call(*, call_id: int, by: Actor, at: datetime) -> int | None:
    """A caller was told of an outage, known or probable, and needed no case: the call attaches itself to it as a signal."""
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.outcome != CallOutcome.OUTAGE or call.case_id is not None or call.area_id is None:
        return None
    source = f"{selectors.CALL_NOUN}:{call.pk}"
    signal = NewSignal(kind=SignalKind.CALL, at=call.at, source=source, area_id=call.area_id)
    signals.hear_signals(signals=[signal], by=by, at=at)
    if call.outage_id is None:
        call.outage_id = troubles.outage_explaining(source)
        call.save(update_fields=["outage_id"])
    return call.outage_id


@transaction.atomic
def note_outage(*, outage_id: int, by: Actor, at: datetime) -> int:
    """Write down, on the open cases that an outage explains, until when it lasts, or since when it is over; unchanged is untold."""
    outage = outages.standing(outage_id)
    until = outage.restored_at or outage.expected_end_at
    rows = Case.objects.select_for_update().filter(outage_id=outage_id, state__in=LIVE).exclude(expected_at=until)
    changed = list(rows.order_by("id")) if until is not None else []
    for case in changed:
        case.expected_at = until
        case.save(update_fields=["expected_at"])
        data = {"outage": outage_id, "expected_at": until, "restored": outage.restored_at is not None}
        note(case=case, verb="outage", said=Said(data), by=by, at=at)
    return len(changed)


@transaction.atomic
def explain_cases(*, trouble_id: int, by: Actor, at: datetime) -> int:
    """The no-power cases and calls behind a trouble follow the outage that it became; how many cases do since."""
    outage_id, labels = troubles.explained(trouble_id)
    ids = [number for number in map(selectors.case_id_of, labels) if number is not None]
    changed = 0
    if outage_id is not None:
        changed = Case.objects.filter(pk__in=ids, outage_id=None, state__in=LIVE).update(outage_id=outage_id)
        calls = [number for number in map(selectors.call_id_of, labels) if number is not None]
        Call.objects.filter(pk__in=calls, outage_id=None).update(outage_id=outage_id)
        restorations.tie(causes=list(map(selectors.label, ids)), outage_id=outage_id, by=by, at=at)
        note_outage(outage_id=outage_id, by=by, at=at)
    return changed
