"""Crews as the station keeps them: who, with what, from where, when; and how places are reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.crews import selectors
from longzhong.dispatch.crews.models import Access, Crew, CrewMember, CrewShift
from longzhong.dispatch.crews.rules import KEEPERS, PLANNERS, Road, Skill
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org

_REACH = ["road", "walk_min", "relay_name", "relay_phone"]
REVEALERS = ("crew", "desk", "station", "grid")


@dataclass(frozen=True)
class NewCrew:
    """A crew as it is kept."""

    number: str
    name: str
    unit_id: int
    skills: tuple[str, ...]
    road: str
    lat: float
    lon: float
    vehicle: str = ""


@dataclass(frozen=True)
class Reach:
    """How an area is reached; the group leader's name and phone where there is no road ("" keeps what is known)."""

    road: str
    walk_min: int = 0
    relay_name: str = ""
    relay_phone: str = ""


@transaction.atomic
def keep_crew(*, crew: NewCrew, crew_id: int | None = None, by: Actor, at: datetime) -> int:
    """A new crew, or a known one changed. Returns its id."""
    _check(crew, by)
    row = _locked(crew_id, by) if crew_id else Crew()
    if Crew.objects.filter(number=crew.number).exclude(pk=row.pk).exists():
        raise Refused("crew_number_taken", _("已有这个编号的班组；什么都没有改动。"), number=crew.number)
    for name, value in vars(crew).items():
        setattr(row, name, list(value) if name == "skills" else value)
    if row.pk:
        row.save(update_fields=list(vars(crew)))
    else:
        Crew.objects.bulk_create([row])
    journal.record(by, "crew.keep", f"crews.crew:{row.pk}", at=at, unit=crew.unit_id)
    return int(row.pk)


@transaction.atomic
def end_crew(*, crew_id: int, by: Actor, at: datetime) -> None:
    """A crew that is no more; its past stays."""
    row = _locked(crew_id, by)
    row.ended = True
    row.save(update_fields=["ended"])
    CrewMember.objects.filter(crew=row, to_on=None).update(to_on=civil_day(at))
    journal.record(by, "crew.end", f"crews.crew:{row.pk}", at=at)


@transaction.atomic
def set_standby(*, crew_id: int, standby: bool, by: Actor, at: datetime) -> Crew:
    """Call a crew off or on again, whatever its shifts say."""
    row = selectors.crew_of(by, crew_id)
    if not selectors.may_plan(by, PLANNERS, row.unit_id):
        raise Refused("not_allowed", _("您的岗位不能调整班组状态；什么都没有改动。"))
    row.standby = standby
    row.save(update_fields=["standby"])
    journal.record(by, "crew.standby", f"crews.crew:{row.pk}", at=at, on=standby)
    return row


@transaction.atomic
def set_members(*, crew_id: int, staff_ids: Sequence[int], by: Actor, at: datetime) -> None:
    """Who belongs to the crew from today on, the leader first; who left stays in the past."""
    row, day = _locked(crew_id, by), civil_day(at)
    wanted = list(dict.fromkeys(staff_ids))
    if not wanted or set(org.staff_names(wanted)) != set(wanted):
        raise Refused("no_such_staff", _("请至少选一位本单位员工，第一位是班组长；什么都没有改动。"), staff=wanted)
    others = CrewMember.objects.on(day).filter(staff__in=wanted).exclude(crew=row).values_list("staff_id", flat=True)
    if taken := sorted(others):
        raise Refused("in_other_crew", _("有人今天在另一个班组，请先在那边调整；什么都没有改动。"), staff=taken)
    rows = CrewMember.objects.filter(crew=row)
    rows.filter(from_on__gte=day).delete()
    rows.filter(to_on=None).update(to_on=day)
    CrewMember.objects.bulk_create(
        [CrewMember(crew=row, staff_id=one, leads=not place, from_on=day) for place, one in enumerate(wanted)]
    )
    journal.record(by, "crew.members", f"crews.crew:{row.pk}", at=at, staff=wanted)


@transaction.atomic
def add_shift(*, crew_id: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> CrewShift:  # noqa: ARG001  every service says when
    """A stretch of work of at most a day, not over another one."""
    row = _locked(crew_id, by)
    if not 0 < (ends_at - starts_at).total_seconds() <= 86_400:
        raise Refused("shift_length", _("班次要在 24 小时以内，结束晚于开始；什么都没有改动。"))
    if CrewShift.objects.filter(crew=row, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused("shift_overlaps", _("与已有班次重叠；什么都没有改动。"))
    shift = CrewShift(crew=row, starts_at=starts_at, ends_at=ends_at)
    CrewShift.objects.bulk_create([shift])
    return shift


@transaction.atomic
def remove_shift(*, shift_id: int, by: Actor, at: datetime) -> None:
    """Take back a shift that hasn't begun."""
    shift = CrewShift.objects.filter(pk=shift_id).first()
    if shift is None:
        raise Refused("not_found", _("没有这个班次；什么都没有改动。"), shift=shift_id)
    _locked(shift.crew_id, by)
    if shift.starts_at <= at:
        raise Refused("shift_begun", _("班次已经开始，不能删除；可以把班组改为待命外。什么都没有改动。"))
    shift.delete()


@transaction.atomic
def set_access(*, area_id: int, reach: Reach, by: Actor, at: datetime) -> Access:
    """How an area is reached (特殊边远, S3-16); where one walks, a group leader who relays (S3-15)."""
    need(by, *KEEPERS)
    if not network.visible_to(by).filter(pk=area_id).exists():
        raise Refused("not_found", _("没有这个台区，或不在您的管辖范围内。"), area=area_id)
    if reach.road not in set(Road):
        raise Refused("road_unknown", _("请从清单里选择道路条件；什么都没有改动。"), road=reach.road)
    row = Access.objects.filter(area=area_id).first() or Access(area_id=area_id)
    row.road, row.walk_min = reach.road, reach.walk_min
    row.relay_name = vault.seal(reach.relay_name) if reach.relay_name else row.relay_name
    row.relay_phone = vault.seal(reach.relay_phone) if reach.relay_phone else row.relay_phone
    if row.road == Road.FOOT and not row.relay_phone:
        raise Refused("relay_missing", _("无公路的村要有转告的村小组长和电话；什么都没有改动。"))
    Access.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["area"], update_fields=_REACH
    ) if row.pk is None else row.save(update_fields=_REACH)
    journal.record(by, "access.set", f"network.area:{area_id}", at=at, road=row.road, walk=row.walk_min)
    return row


@transaction.atomic
def reveal_relay(*, area_id: int, reason: str, by: Actor, at: datetime) -> str:
    """The group leader's name and phone in plain, with a reason, logged."""
    need(by, *REVEALERS)
    row = selectors.visible_access(by).filter(area=area_id).first()
    if row is None or not row.relay_phone:
        raise Refused("not_found", _("这个台区没有登记村小组长。"), area=area_id)
    if not reason.strip():
        raise Refused("reveal_needs_reason", _("查看电话要写明用途；没有显示。"))
    journal.record(by, "access.reveal", f"network.area:{area_id}", at=at, reason=reason.strip())
    name = vault.unseal(row.relay_name) if row.relay_name else ""
    return f"{name} {vault.unseal(row.relay_phone)}".strip()


def _check(crew: NewCrew, by: Actor) -> None:
    if not selectors.may_plan(by, KEEPERS, crew.unit_id):
        raise Refused("not_allowed", _("您不能维护这个单位的班组；什么都没有改动。"), unit=crew.unit_id)
    if not crew.number.strip() or not crew.name.strip():
        raise Refused("crew_incomplete", _("请填写班组编号和名称；什么都没有改动。"))
    if not crew.skills or not set(crew.skills) <= set(Skill):
        raise Refused("skill_unknown", _("请从清单里选择至少一项技能；什么都没有改动。"), skills=crew.skills)
    if crew.road not in set(Road):
        raise Refused("road_unknown", _("请从清单里选择道路条件；什么都没有改动。"), road=crew.road)
    if not (abs(crew.lat) <= 90 and abs(crew.lon) <= 180):
        raise Refused("position_invalid", _("驻地坐标无效；什么都没有改动。"))


def _locked(crew_id: int, by: Actor) -> Crew:
    row: Crew = Crew.objects.select_for_update().get(pk=selectors.crew_of(by, crew_id).pk)
    if not selectors.may_plan(by, KEEPERS, row.unit_id):
        raise Refused("not_allowed", _("您不能维护这个单位的班组；什么都没有改动。"), unit=row.unit_id)
    return row
