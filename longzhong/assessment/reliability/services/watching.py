"""Frequent outage: raise once, have prevention done, believe it only when the days of observation pass without another outage."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.assessment.reliability import selectors
from longzhong.assessment.reliability.models import Watch
from longzhong.assessment.reliability.rules import KIND, LIVE, MACHINE, PERSONS, Level, State, WatchLimits, level_of
from longzhong.assessment.reliability.selectors import Often
from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.workorders import selectors as orders
from longzhong.dispatch.workorders import services as workorders
from longzhong.dispatch.workorders.rules import CLOSED, Place, Priority
from longzhong.dispatch.workorders.rules import State as OrderState
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.register.policies import selectors as policies

SEEN = ["level", "times", "accounts", "last_at"]
MOVED = ["state", "closed_at", "order_id", "handled_at", "times_sent_back", "quiet_until_on"]
URGENCY = {Level.RED: Priority.HIGH, Level.AMBER: Priority.NORMAL}


def watch_areas(*, by: Actor, at: datetime) -> int:
    """Look at every area's window: renew live watches, raise new ones. Returns how many were raised; safe twice and late."""
    return sum(_look(often, by=by, at=at) for often in selectors.often_off(at))


@transaction.atomic
def _look(often: Often, *, by: Actor, at: datetime) -> bool:
    network.lock_area(often.area_id)
    rows = Watch.objects.select_for_update().filter(area=often.area_id)
    live = rows.filter(state__in=LIVE).first()
    if live is not None:
        _renew(live, often, by=by, at=at)
        return False
    last = rows.order_by("-id").first()
    felt = [one for one in often.felt if not (last and last.handled_at and one.start <= last.handled_at)]
    level = level_of(len(felt), often.limits)
    if level is None or _is_quiet(last, len(felt), at):
        return False
    _raise(often.area_id, level, felt[-1].accounts, len(felt), felt[-1].start, by=by, at=at)
    return True


def _is_quiet(last: Watch | None, times: int, at: datetime) -> bool:
    """After a dismissal: quiet for its days, unless it got worse."""
    until = last.quiet_until_on if last else None
    return bool(last and until and civil_day(at) < until and times <= last.times)


def _raise(
    area_id: int, level: Level, accounts: int, times: int, last_at: datetime, *, by: Actor, at: datetime
) -> None:
    unit_id, grid_id = network.visible_to(by).values_list("unit_id", "grid_id").get(pk=area_id)
    behind = customers.priority_of_areas([area_id], civil_day(at)).get(area_id)
    row = Watch(
        area_id=area_id, unit_id=unit_id, grid_id=grid_id, level=level, times=times, accounts=accounts,
        important=behind.important if behind else 0, last_at=last_at, raised_at=at,
    )  # fmt: skip
    Watch.objects.bulk_create([row])
    _step(row, "raise", {"times": times, "level": int(level)}, by, at)
    if unit_id is None:
        return  # nobody serves it: it stays on the list, red, until the area is placed
    row.order_id = workorders.open_order(
        kind="area_fault", cause=selectors.label(row.pk), place=Place(unit_id, grid_id, area_id),
        priority=URGENCY[level], fault=KIND, by=by, at=at,
    )  # fmt: skip
    _move(row, "dispatch", {"order": row.order_id}, by, at)


def _renew(row: Watch, often: Often, *, by: Actor, at: datetime) -> None:
    level = level_of(often.times, often.limits)
    if row.state == State.OBSERVING or level is None or often.felt[-1].start <= row.last_at:
        return
    before, row.level, row.times = row.level, level, often.times
    row.accounts, row.last_at = often.felt[-1].accounts, often.felt[-1].start
    row.save(update_fields=SEEN)
    if level < before:
        _step(row, "worsen", {"times": row.times, "level": int(level)}, by, at)
        if row.order_id:
            workorders.change_priority(order_id=row.order_id, priority=URGENCY[level], by=by, at=at)


@transaction.atomic
def follow_order(*, order_id: int, by: Actor, at: datetime) -> bool:
    """Let the watch behind an order take the step that the order's present state means; False when it means none."""
    row = Watch.objects.select_for_update().filter(order_id=order_id).first()
    if row is None:
        return False
    order = orders.standing(order_id)
    if order.state == OrderState.FINISHED and row.state == State.DISPATCHED:
        row.handled_at = order.finished_at or at
        _move(row, "observe", {"order": order_id}, by, at)
        return True
    if order.state == OrderState.CANCELLED and row.state == State.DISPATCHED:
        row.quiet_until_on = civil_day(at) + timedelta(days=_limits(row, at).quiet_d)
        _move(row, "dismiss", {"order": order_id}, by, at)
        return True
    return False


def prove_watches(*, by: Actor, at: datetime) -> int:
    """Take the days since the work as evidence for every observed area; returns how many moved. Safe twice and late."""
    waiting = Watch.objects.filter(state=State.OBSERVING).order_by("id").values_list("id", flat=True)
    return sum(_prove(watch_id, by=by, at=at) for watch_id in list(waiting))


@transaction.atomic
def _prove(watch_id: int, *, by: Actor, at: datetime) -> bool:
    row = Watch.objects.select_for_update().get(pk=watch_id)
    if row.state != State.OBSERVING or row.handled_at is None or row.order_id is None:
        return False
    again = selectors.felt_since(row.area_id, row.handled_at, at)
    is_open = orders.standing(row.order_id).state == OrderState.FINISHED
    evidence = {"outages": [one.outages[0] for one in again], "since": row.handled_at}
    if again:
        if is_open:
            workorders.send_back(order_id=row.order_id, evidence=evidence, by=by, at=at)
        row.times_sent_back += 1
        _move(row, "send_back", evidence, by, at)
        return True
    if at < row.handled_at + timedelta(days=_limits(row, at).observe_d):
        return False
    if is_open:
        workorders.verify(order_id=row.order_id, evidence=evidence, by=by, at=at)
    _move(row, "settle", evidence, by, at)
    return True


@transaction.atomic
def dismiss(*, watch_id: int, reason: str, key: str, by: Actor, at: datetime) -> str:
    """Take a watch back by name and with a reason; its order is cancelled, and the area is quiet unless it gets worse."""
    need(by, *PERSONS)

    def act() -> str:
        row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=watch_id).first()
        if row is None:
            raise Refused("not_found", _("没有这条频繁停电预警，或不在您的管辖范围内。"), watch=watch_id)
        if not reason.strip():
            raise Refused("dismissal_needs_reason", _("撤销预警要写明理由；预警没有改动。"))
        row.quiet_until_on = civil_day(at) + timedelta(days=_limits(row, at).quiet_d)
        _move(row, "dismiss", {}, by, at, text=reason)
        if row.order_id and orders.standing(row.order_id).state not in CLOSED:
            workorders.cancel(order_id=row.order_id, reason=reason, by=by, at=at)
        return "dismissed"

    return matters.once(key=key, what=f"{selectors.label(watch_id)} dismiss", act=act, by=by, at=at)


def _limits(row: Watch, at: datetime) -> WatchLimits:
    return policies.limits(WatchLimits, "reliability", unit_id=row.unit_id, day=civil_day(at))


def _move(row: Watch, verb: str, data: Mapping[str, object], by: Actor, at: datetime, text: str = "") -> None:
    move = MACHINE.move(verb, row.state)
    row.state = move.target.value
    if row.state not in LIVE:
        row.closed_at = at
    row.save(update_fields=MOVED)
    _step(row, verb, data, by, at, text)


def _step(row: Watch, verb: str, data: Mapping[str, object], by: Actor, at: datetime, text: str = "") -> None:
    step = matters.NewStep(verb, data, {"reason": text} if text else {})
    matters.add_step(matter=selectors.label(row.pk), step=step, by=by, at=at)
