"""Passwords: their shape, their age, and that none comes back soon (REFERENCE §8.3)."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.access.models import PastPassword, User
from longzhong.register.access.rules import Limits, password_fault
from longzhong.register.access.selectors import limits_on, visible_users
from longzhong.register.org.rules import Role


@transaction.atomic
def change_password(*, old: str, new: str, by: Actor, at: datetime) -> User:
    """One's own password."""
    user = User.objects.select_for_update(of=("self",)).filter(pk=by.user_id or 0).first()
    if user is None:
        raise Refused("not_found", _("请先登录。"))
    if not check_password(old, user.password):
        raise Refused("password_wrong", _("现在的密码不正确；密码没有改。"))
    _put(user, new, must_change=False, at=at)
    journal.record(by, "access.change_password", f"access.user:{user.pk}", at=at)
    return user


@transaction.atomic
def reset_password(*, user_id: int, password: str, by: Actor, at: datetime) -> User:
    """A new first password from the system administrator; its owner changes it at the next sign-in."""
    need(by, Role.ADMIN)
    user = visible_users(by).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise Refused("not_found", _("没有这个用户，或不在您的管辖范围内。"))
    if user.pk == by.user_id:
        raise Refused("user_self", _("自己的密码请在“修改密码”里改。"))
    _put(user, password, must_change=True, at=at)
    journal.record(by, "access.reset_password", f"access.user:{user.pk}", at=at)
    return user


def refuse_weak(*, password: str, login: str, limits: Limits) -> None:
    """Refuse a new password that is short, simple or contains the login."""
    messages = {
        "password_short": _("密码至少 %(n)s 位。") % {"n": limits.pw_min_len},
        "password_simple": _("密码须含大写、小写、数字、符号中的 %(n)s 类。") % {"n": limits.pw_classes},
        "password_has_login": _("密码不能包含用户名。"),
    }
    fault = password_fault(password, login, limits)
    if fault is not None:
        raise Refused(fault, messages[fault])


def _put(user: User, password: str, *, must_change: bool, at: datetime) -> None:
    limits = limits_on(civil_day(at))
    refuse_weak(password=password, login=user.login, limits=limits)
    past = user.past_passwords.order_by("-id").values_list("password", flat=True)[: max(limits.pw_history - 1, 0)]
    if any(check_password(password, used) for used in (user.password, *past)):
        raise Refused("password_used", _("不能再用最近 %(n)s 次用过的密码。") % {"n": limits.pw_history})
    PastPassword.objects.create(user=user, password=user.password, set_at=user.password_set_at)
    user.password = make_password(password)
    user.password_set_at = at
    user.must_change_password = must_change
    user.save(update_fields=["password", "password_set_at", "must_change_password"])
