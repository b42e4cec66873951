"""Users are made, stopped and started again by the system administrator (系统管理员)."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.access.models import User
from longzhong.register.access.rules import LOGIN
from longzhong.register.access.selectors import limits_on, visible_users
from longzhong.register.access.services.passwords import refuse_weak
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role


@transaction.atomic
def create_user(
    *,
    login: str,
    password: str,
    title: str = "",
    staff_id: int | None = None,
    must_change: bool = True,
    by: Actor,
    at: datetime,
) -> User:
    """A login without any grant yet; its first password is changed at the first sign-in (not in a demo county)."""
    need(by, Role.ADMIN)
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise Refused("login_malformed", _("用户名应为 3–40 个小写字母、数字、点、横线，以字母开头。"))
    if User.objects.filter(login=login).exists():
        raise Refused("login_taken", _("用户名 %(login)s 已被使用。") % {"login": login})
    if staff_id is not None:
        _refuse_staff(staff_id, by)
    refuse_weak(password=password, login=login, limits=limits_on(civil_day(at)))
    user = User.objects.create(
        login=login,
        title=title,
        staff_id=staff_id,
        password=make_password(password),
        must_change_password=must_change,
        password_set_at=at,
        created_at=at,
    )
    journal.record(by, "access.create_user", f"access.user:{user.pk}", at=at, staff=staff_id)
    return user


@transaction.atomic
def set_active(*, user_id: int, active: bool, reason: str, by: Actor, at: datetime) -> User:
    """Stop a login, or let it in again; a stopped one is out at its next click."""
    need(by, Role.ADMIN)
    user = visible_users(by).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise Refused("not_found", _("没有这个用户，或不在您的管辖范围内。"))
    if user.pk == by.user_id:
        raise Refused("user_self", _("不能停用自己。"))
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因。"))
    if user.is_active == active:
        raise Refused("nothing_to_change", _("该用户已是这个状态。"))
    user.is_active = active
    user.save(update_fields=["is_active"])
    journal.record(by, "access.set_active", f"access.user:{user.pk}", at=at, reason=reason, active=active)
    return user


def _refuse_staff(staff_id: int, by: Actor) -> None:
    if not org.visible_staff(by).filter(pk=staff_id).exists():
        raise Refused("not_found", _("没有这位员工，或不在您的管辖范围内。"))
    if User.objects.filter(staff=staff_id).exists():
        raise Refused("staff_has_user", _("这位员工已有账号。"))
