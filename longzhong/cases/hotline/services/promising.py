"""Promises to customers (承诺, S3-04): a text, a time, a clock of their own; kept, broken, moved, or released with the case."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Case, Promise
from longzhong.cases.hotline.rules.machine import DONE, LIVE
from longzhong.cases.hotline.rules.redact import redact
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType, Outcome, PromiseState
from longzhong.cases.hotline.services.moving import enter, note, refresh_due
from longzhong.dispatch.matters import selectors as matter_reads
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.rules import Limit, Measure, NewClock
from longzhong.dispatch.matters.services import Said
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written

PROMISERS = ("grid", "crew", "desk", "station", "quality")
BATCH = 200


@transaction.atomic
def promise(*, case_id: int, text: str, due_at: datetime, by: Actor, at: datetime) -> Promise:
    """Give the customer a word with a time; it is watched to the minute. Words are kept without personal data."""
    case = _live(case_id, by)
    words = redact(written(text, _("承诺的内容"), most=200))
    _check_due(due_at, at)
    row = Promise.objects.create(case=case, text=words, made_by_id=by.staff_id, made_at=at, due_at=due_at)
    matters.start_clocks(clocks=[_clock(case, row, at)], by=by, at=at)
    _tell(case, "promise", {"promise": row.pk, "due_at": due_at}, {"text": words}, by, at)
    return row


@transaction.atomic
def keep_promise(*, promise_id: int, words: str = "", by: Actor, at: datetime) -> Promise:
    """What was promised is done. In time it is kept; after its time it stays broken, with the moment at which it was made good."""
    case, row = _open(promise_id, by)
    in_time = row.state == PromiseState.OPEN and at <= row.due_at
    row.state, row.ended_at = PromiseState.KEPT if in_time else PromiseState.BROKEN, at
    row.save(update_fields=["state", "ended_at"])
    stopped = matters.stop_clocks(matter=selectors.label(case.pk), names=(clock_name(promise_id=row.pk),), by=by, at=at)
    data = {"promise": row.pk, "state": row.state, "clocks": {name: str(verdict) for name, verdict in stopped.items()}}
    _tell(case, "promise_kept", data, {"text": redact(words.strip())}, by, at)
    return row


@transaction.atomic
def move_promise(*, promise_id: int, due_at: datetime, reason: str, by: Actor, at: datetime) -> Promise:
    """Agree another time with the customer, with a reason: a new promise takes the old one's place, whose verdict stays."""
    case, old = _open(promise_id, by)
    why = written(reason, _("理由"))
    _check_due(due_at, at)
    late = old.state == PromiseState.BROKEN or at > old.due_at
    old.state, old.ended_at = PromiseState.BROKEN if late else PromiseState.MOVED, at
    old.save(update_fields=["state", "ended_at"])
    row = Promise.objects.create(
        case=case, text=old.text, made_by_id=by.staff_id, made_at=at, due_at=due_at, moved_from=old
    )
    first = matter_reads.started_at(selectors.label(case.pk), clock_name(promise_id=row.pk)) or at
    matters.supersede_clock(new=_clock(case, row, first), reason=redact(why), by=by, at=at)
    data = {"promise": row.pk, "moved_from": old.pk, "was": old.due_at, "due_at": due_at, "state": old.state}
    _tell(case, "promise_moved", data, {"reason": redact(why)}, by, at)
    return row


@transaction.atomic
def watch_promises(*, by: Actor, at: datetime, limit: int = BATCH) -> int:
    """Mark promises as broken whose time has passed; twice is once, and several workers share the work. Returns how many."""
    rows = Promise.objects.filter(state=PromiseState.OPEN, due_at__lt=at, ended_at=None).order_by("due_at", "id")
    cases = {row.case_id for row in rows[:limit]}
    held = Case.objects.select_for_update(skip_locked=True).filter(pk__in=cases).order_by("id")
    done = 0
    for case in list(held):
        for row in rows.filter(case=case):
            row.state = PromiseState.BROKEN
            row.save(update_fields=["state"])
            _tell(case, "promise_broken", {"promise": row.pk, "due_at": row.due_at}, {}, by, at)
            done += 1
    return done


@transaction.atomic
def settle_promises(*, case_id: int, by: Actor, at: datetime) -> int:  # noqa: ARG001  every service says who
    """A case ended: what the customer is content with was kept, other promises are released. Returns how many; safe twice."""
    case = Case.objects.select_for_update().filter(pk=case_id, state__in=DONE).first()
    if case is None:
        return 0
    ended = case.closed_at or at
    rows = list(case.promises.filter(ended_at=None).order_by("id"))
    for row in rows:
        if row.state == PromiseState.OPEN and ended > row.due_at:
            row.state = PromiseState.BROKEN
        elif row.state == PromiseState.OPEN:
            content = case.outcome in (Outcome.SATISFIED, Outcome.FAIR)
            row.state = PromiseState.KEPT if content else PromiseState.RELEASED
        row.ended_at = ended
        row.save(update_fields=["state", "ended_at"])
    return len(rows)


def clock_name(*, promise_id: int) -> str:
    """The name of a promise's clock: that of the first promise of its line, so that moving it supersedes the same clock."""
    row = Promise.objects.get(pk=promise_id)
    while row.moved_from is not None:
        row = row.moved_from
    return f"promise:{row.pk}"


def _clock(case: Case, row: Promise, started_at: datetime) -> NewClock:
    return NewClock(
        matter=selectors.label(case.pk), name=clock_name(promise_id=row.pk), label="承诺", unit_id=case.unit_id,
        owner_id=case.owner_id, promise=Limit((row.due_at - started_at) / timedelta(minutes=1), Measure.MINUTES),
        title=f"{TYPE_LABELS[CaseType(case.type)]} {case.number}",
    )  # fmt: skip


def _live(case_id: int, by: Actor) -> Case:
    case = enter(case_id=case_id, by=by)
    if case.state not in LIVE:
        raise Refused("case_closed", _("诉求已经办结；什么都没有改动。"), case=case_id)
    if not selectors.may(by, PROMISERS, case):
        raise Refused("not_allowed", _("您的岗位不能对这件诉求做这一步；什么都没有改动。"), roles=sorted(PROMISERS))
    return case


def _open(promise_id: int, by: Actor) -> tuple[Case, Promise]:
    case_id = Promise.objects.filter(pk=promise_id).values_list("case_id", flat=True).first()
    case = _live(case_id or 0, by)
    row = Promise.objects.filter(pk=promise_id, ended_at=None).first()
    if row is None:
        raise Refused("promise_ended", _("这条承诺已经兑现、改期或解除；什么都没有改动。"), promise=promise_id)
    return case, row


def _check_due(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise Refused("promise_past", _("承诺时间要晚于现在；什么都没有改动。"), due_at=due_at.isoformat())


def _tell(case: Case, verb: str, data: dict[str, object], words: dict[str, str], by: Actor, at: datetime) -> None:
    refresh_due(case=case)
    case.save(update_fields=["due_at", "due_clock"])
    note(case=case, verb=verb, said=Said(data, words), by=by, at=at)
