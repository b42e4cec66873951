"""Posts, duty and stand-ins of single people."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, outbox
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.events import PostsMoved
from longzhong.register.org.models import Duty, Post, StandIn
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.rules.tree import makes_circle
from longzhong.register.org.services.dated_rows import Series
from longzhong.register.org.services.doors import locked_staff, not_past, nothing_to_change, unit_of

LEADERS = (Role.ADMIN, Role.LEADER, Role.STATION)


@transaction.atomic
def appoint(*, staff_id: int, unit_id: int, title: str, role: str, from_on: date, by: Actor, at: datetime) -> Post:
    """Give somebody a post from a day on; they move: posts in other units end on that day."""
    need(by, *LEADERS)
    not_past(day=from_on, at=at)
    staff, unit = locked_staff(by=by, staff_id=staff_id), unit_of(by=by, unit_id=unit_id)
    if role not in set(Role):
        raise Refused("role_unknown", _("岗位角色 %(role)s 不认识。") % {"role": role})
    series = Series(Post.objects.filter(staff=staff), from_on, "staff_id", "unit_id")
    present = series.now(staff_id, unit_id)
    if present is not None and (present.title, present.role) == (title, role):
        raise nothing_to_change()
    for post in series.present():
        series.end(staff_id, post.unit_id)
    post = Post(staff=staff, unit=unit, title=title, role=role)
    series.begin(post)
    series.write(Post)
    journal.record(by, "org.appoint", f"org.staff:{staff_id}", at=at, unit=unit_id, role=role, from_on=str(from_on))
    outbox.tell(PostsMoved(staff_ids=(staff_id,), from_on=from_on, at=at))
    return post


@transaction.atomic
def set_duty(*, staff_id: int, unit_id: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Duty:
    """Put somebody on duty in a unit for a span of time."""
    need(by, *LEADERS)
    staff, unit = locked_staff(by=by, staff_id=staff_id), unit_of(by=by, unit_id=unit_id)
    if ends_at <= starts_at:
        raise Refused("duty_times", _("值班结束时间必须晚于开始时间。"))
    if ends_at <= at:
        raise Refused("day_past", _("这段值班时间已过去，不能再登记。"))
    if Duty.objects.filter(staff=staff, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused("duty_overlap", _("此人在这段时间内已有值班。"))
    return Duty.objects.create(staff=staff, unit=unit, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def stand_in(*, absent_id: int, stand_in_id: int, from_on: date, to_on: date, by: Actor, at: datetime) -> StandIn:
    """Let somebody act for an absent colleague on the days [from_on, to_on)."""
    need(by, *LEADERS)
    not_past(day=from_on, at=at)
    if absent_id == stand_in_id:
        raise Refused("stand_in_self", _("不能自己代自己的岗。"))
    if to_on <= from_on:
        raise Refused("stand_in_days", _("代岗结束日期必须晚于开始日期。"))
    first, second = sorted(
        (absent_id, stand_in_id)
    )  # locked in one order, so that two writers never wait for each other
    rows = {one: locked_staff(by=by, staff_id=one) for one in (first, second)}
    others = list(StandIn.objects.filter(from_on__lt=to_on, to_on__gt=from_on).order_by("id"))
    if any(row.absent_id == absent_id for row in others):
        raise Refused("stand_in_overlap", _("此人在这段时间内已有代岗人。"))
    for day in {from_on, *(row.from_on for row in others if row.from_on > from_on)}:
        pairs = [
            (row.absent_id, row.stand_in_id)
            for row in others
            if row.from_on <= day and (row.to_on is None or row.to_on > day)
        ]
        if makes_circle(absent_id, stand_in_id, pairs):
            raise Refused("stand_in_circle", _("代岗人当时也由此人代岗，会无人在岗。"))
    made = StandIn.objects.create(absent=rows[absent_id], stand_in=rows[stand_in_id], from_on=from_on, to_on=to_on)
    journal.record(by, "org.stand_in", f"org.staff:{absent_id}", at=at, stand_in=stand_in_id, from_on=str(from_on))
    outbox.tell(PostsMoved(staff_ids=(absent_id, stand_in_id), from_on=from_on, at=at))
    return made
