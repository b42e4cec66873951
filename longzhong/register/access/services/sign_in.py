"""Signing in: every attempt is kept, whether it succeeds or not."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import CST, civil_day
from longzhong.kit.errors import Refused
from longzhong.register.access.models import SignIn, User
from longzhong.register.access.rules import (
    COUNTED,
    Limits,
    SignInOutcome,
    password_expired,
)
from longzhong.register.access.selectors import limits_on, lock_of, visible_users
from longzhong.register.org.rules import Role

DOOR = Actor.machine("access.door")
ABSENT = make_password(None)


def sign_in(*, login: str, password: str, address: str | None, at: datetime) -> User:
    """The user behind a name and password. A refusal comes after the commit, since the attempt itself must be kept."""
    user, outcome, until = _attempt(login=login, password=password, address=address, at=at)
    if outcome == SignInOutcome.LOCKED and until is not None:
        text = _("连续输错次数过多，已锁定到 %(until)s。") % {"until": f"{until.astimezone(CST):%H:%M}"}
        raise Refused("login_locked", text, until=until.isoformat())
    if user is None or outcome != SignInOutcome.OK:
        raise Refused("login_wrong", _("用户名或密码不正确，或账号已停用。"))
    return user


def sign_out(*, by: Actor, at: datetime) -> None:
    """Write the leaving down; the session itself is the page's business."""
    journal.record(by, "access.sign_out", f"access.user:{by.user_id}", at=at)


@transaction.atomic
def unlock(*, user_id: int, reason: str, by: Actor, at: datetime) -> None:
    """Let a locked login try again at once."""
    need(by, Role.SECURITY)
    user = visible_users(by).filter(pk=user_id).first()
    if user is None:
        raise Refused("not_found", _("没有这个用户，或不在您的管辖范围内。"))
    if not reason.strip():
        raise Refused("reason_missing", _("请填写解锁原因。"))
    index = _index(user.login)
    _one_at_a_time(index)
    if lock_of(user.login, at) is None:
        raise Refused("not_locked", _("该用户现在没有锁定。"))
    SignIn.objects.create(login_index=index, user=user, outcome=SignInOutcome.UNLOCKED, at=at)
    journal.record(by, "access.unlock", f"access.user:{user.pk}", at=at, reason=reason)


@transaction.atomic
def _attempt(
    *, login: str, password: str, address: str | None, at: datetime
) -> tuple[User | None, SignInOutcome, datetime | None]:
    """One attempt under the lock of its name: who it is (None: nobody), how it went, and until when it is locked."""
    index = _index(login)
    _one_at_a_time(index)
    until = lock_of(login, at)
    user = User.objects.filter(login=login.strip().lower()).first()
    # Under a lock the password isn't looked at: a lock tells nothing about it.
    outcome = _outcome(user, password) if until is None else SignInOutcome.LOCKED
    SignIn.objects.create(login_index=index, user=user, outcome=outcome, at=at, address=address)
    label = f"access.user:{user.pk}" if user else ""
    journal.record(DOOR, "access.sign_in", label, at=at, outcome=outcome.value)
    if until is None and outcome in COUNTED:
        until = lock_of(login, at)
    if outcome == SignInOutcome.OK and user is not None:
        _expire(user, limits_on(civil_day(at)), at)
    return user, outcome, until


def _outcome(user: User | None, password: str) -> SignInOutcome:
    right = check_password(password, user.password if user else ABSENT)  # as slow for a name that doesn't exist
    if user is None or not right:
        return SignInOutcome.WRONG
    return SignInOutcome.OK if user.is_active else SignInOutcome.INACTIVE


def _expire(user: User, limits: Limits, at: datetime) -> None:
    if not user.must_change_password and password_expired(user.password_set_at, at, limits):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])


def _index(login: str) -> str:
    return vault.index(login, "login")


def _one_at_a_time(index: str) -> None:
    """Attempts on one name queue up, so that many at once can't slip past the count."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])
