"""Staff, their posts, who is on duty and who stands in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.kit.vault import unseal
from longzhong.register.org.models import Duty, Post, Staff, StandIn
from longzhong.register.org.rules.masking import masked_phone
from longzhong.register.org.rules.roles import HEADS, ROLE_NAMES, Role
from longzhong.register.org.rules.tree import acting


@dataclass(frozen=True)
class PostLine:
    unit_id: int
    unit: str
    title: str
    role: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class StaffCard:
    """A staff member with the phone masked."""

    id: int
    code: str
    name: str
    phone: str
    posts: tuple[PostLine, ...]


def visible_staff(actor: Actor) -> QuerySet[Staff]:
    """The door: staff who hold or held a post in the actor's units; the system administrator sees the others too."""
    rows = Staff.objects.all()
    if actor.system:
        return rows
    seen = Q(Exists(Post.objects.filter(staff=OuterRef("pk"), unit__in=actor.units())))
    if actor.has(Role.ADMIN):
        seen |= ~Q(Exists(Post.objects.filter(staff=OuterRef("pk"))))
    return rows.filter(seen)


def staff_card(actor: Actor, staff_id: int) -> StaffCard:
    """One staff member as the actor may see them; Refused not_found."""
    row = visible_staff(actor).filter(pk=staff_id).first()
    if row is None:
        raise Refused("not_found", "没有这位员工，或不在您的管辖范围内。")
    posts = Post.objects.filter(staff=row).select_related("unit").order_by("-from_on", "id")
    lines = tuple(
        PostLine(p.unit_id, str(p.unit), p.title, ROLE_NAMES[Role(p.role)], p.from_on, p.to_on) for p in posts
    )
    return StaffCard(row.id, row.code, row.name, masked_phone(unseal(row.phone)), lines)


def staff_cards(actor: Actor, *, limit: int, offset: int) -> list[StaffCard]:
    """Staff that the actor may see, by code, without posts."""
    rows = visible_staff(actor).order_by("code", "id")[offset : offset + limit]
    return [StaffCard(row.id, row.code, row.name, masked_phone(unseal(row.phone)), ()) for row in rows]


def staff_ids(codes: Collection[str]) -> dict[str, int]:
    """Staff ids by code; unknown codes are missing."""
    return dict(Staff.objects.filter(code__in=codes).values_list("code", "id"))


def staff_names(ids: Collection[int]) -> dict[int, str]:
    return dict(Staff.objects.filter(pk__in=ids).values_list("id", "name"))


def stand_ins(day: date) -> dict[int, int]:
    """Absent staff → who stands in for them on the day."""
    return dict(StandIn.objects.on(day).values_list("absent_id", "stand_in_id"))


def staff_with_role(unit_id: int, role: str, day: date) -> list[int]:
    """Who acts in this role of this very unit on a day, stand-ins applied, in order of staff code."""
    return _acting(Post.objects.filter(unit=unit_id, role=role), day)


def head_of(unit_id: int, day: date) -> list[int]:
    """Who leads this very unit on a day (供电所长, 分管领导), stand-ins applied."""
    return _acting(Post.objects.filter(unit=unit_id, role__in=[role.value for role in HEADS]), day)


def on_duty(unit_id: int, at: datetime) -> list[int]:
    """Staff on duty in this very unit at a moment, stand-ins applied."""
    rows = Duty.objects.filter(unit=unit_id, starts_at__lte=at, ends_at__gt=at).order_by("starts_at", "id")
    return _stood_in(list(rows.values_list("staff_id", flat=True)), civil_day(at))


def _acting(posts: QuerySet[Post], day: date) -> list[int]:
    rows = posts.filter(on_day(day)).order_by("staff__code", "id").values_list("staff_id", flat=True)
    return _stood_in(list(rows), day)


def _stood_in(staff: list[int], day: date) -> list[int]:
    pairs = stand_ins(day) if staff else {}
    found = (acting(one, pairs) for one in staff)
    return list(dict.fromkeys(one for one in found if one is not None))
