"""Grants are given and taken by the security administrator (安全管理员), never to oneself."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.dated import on_day
from longzhong.kit.errors import Refused
from longzhong.register.access.models import Grant, GrantGrid, User
from longzhong.register.access.rules import Mandate, offices_clash
from longzhong.register.access.selectors import visible_grants, visible_users
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import THREE_ADMINISTRATORS, Role


@transaction.atomic
def grant(*, mandate: Mandate, reason: str, by: Actor, at: datetime) -> Grant:
    """Give a user a role over a unit and all below it (or some of its grid cells) from a day on."""
    need(by, Role.SECURITY)
    user = visible_users(by).select_for_update(of=("self",)).filter(pk=mandate.user_id).first()
    if user is None or not org.visible_units(by).filter(pk=mandate.unit_id).exists():
        raise Refused("not_found", _("没有这个用户或单位，或不在您的管辖范围内。"))
    _refuse_shape(mandate, reason, by, civil_day(at))
    _refuse_clash(mandate, _overlapping(user, mandate.from_on, mandate.to_on))
    row = Grant.objects.create(
        user=user,
        role=mandate.role,
        unit_id=mandate.unit_id,
        from_on=mandate.from_on,
        to_on=mandate.to_on,
        reason=reason,
    )
    GrantGrid.objects.bulk_create(GrantGrid(grant=row, grid_id=one) for one in mandate.grid_ids)
    journal.record(
        by,
        "access.grant",
        f"access.user:{user.pk}",
        at=at,
        reason=reason,
        grant=row.pk,
        role=row.role,
        unit=row.unit_id,
        grids=list(mandate.grid_ids),
    )
    return row


@transaction.atomic
def revoke(*, grant_id: int, reason: str, by: Actor, at: datetime) -> Grant:
    """Take a grant away, at once; the row stays with the day on which it ended."""
    need(by, Role.SECURITY)
    today = civil_day(at)
    row = visible_grants(by).select_for_update(of=("self",)).filter(pk=grant_id).first()
    if row is None:
        raise Refused("not_found", _("没有这条授权，或不在您的管辖范围内。"))
    if row.user_id == by.user_id:
        raise Refused("grant_self", _("不能给自己授权或收回自己的授权。"))
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因。"))
    if row.to_on is not None and row.to_on <= today:
        raise Refused("grant_ended", _("这条授权已经结束。"))
    if row.role == Role.SECURITY and _last_security(row, today):
        raise Refused("last_security", _("这是最后一位安全管理员，收回后无人能授权。"))
    row.to_on = max(today, row.from_on)
    row.save(update_fields=["to_on"])
    journal.record(by, "access.revoke", f"access.user:{row.user_id}", at=at, reason=reason, grant=row.pk, role=row.role)
    return row


def _refuse_shape(mandate: Mandate, reason: str, by: Actor, today: date) -> None:
    if mandate.user_id == by.user_id:
        raise Refused("grant_self", _("不能给自己授权或收回自己的授权。"))
    if mandate.role not in set(Role) or mandate.role == Role.PUBLIC:
        raise Refused("role_unknown", _("角色 %(role)s 不认识。") % {"role": mandate.role})
    if not reason.strip():
        raise Refused("reason_missing", _("请填写授权原因。"))
    if mandate.from_on < today and not by.system:
        raise Refused("day_past", _("授权不能从过去的日期开始。"))
    if mandate.to_on is not None and mandate.to_on <= mandate.from_on:
        raise Refused("mandate_days", _("授权结束日期必须晚于开始日期。"))
    below = org.descendants(mandate.unit_id, mandate.from_on)
    if not set(mandate.grid_ids) <= org.grids_of_units(below, mandate.from_on).keys():
        raise Refused("grid_elsewhere", _("所选网格不属于该单位。"))


def _refuse_clash(mandate: Mandate, held: QuerySet[Grant]) -> None:
    roles = list(held.values_list("role", flat=True))
    if offices_clash(mandate.role, roles):
        raise Refused(
            "three_offices",
            _("三权分立：系统管理员、安全管理员、审计员不能由同一人担任。"),
            held=sorted(set(roles) & set(THREE_ADMINISTRATORS)),
        )
    same = held.filter(role=mandate.role)
    if mandate.role not in THREE_ADMINISTRATORS:
        same = same.filter(unit=mandate.unit_id)
    if same.exists():
        raise Refused("granted_already", _("该用户在这段时间内已有这个角色。"))


def _overlapping(user: User, from_on: date, to_on: date | None) -> QuerySet[Grant]:
    rows = Grant.objects.filter(user=user).filter(Q(to_on=None) | Q(to_on__gt=from_on))
    rows = rows.exclude(to_on=F("from_on"))  # revoked before it began: never in force
    return rows if to_on is None else rows.filter(from_on__lt=to_on)


def _last_security(row: Grant, today: date) -> bool:
    others = Grant.objects.filter(on_day(today), role=Role.SECURITY, user__is_active=True).exclude(pk=row.pk)
    return not others.exists()
