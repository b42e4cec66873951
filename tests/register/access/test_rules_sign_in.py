"""Passwords, locks and the three administrators, cell by cell."""

from datetime import datetime, timedelta

import pytest

from longzhong.register.access.rules import (
    Attempt,
    Limits,
    classes_of,
    locked_until,
    offices_clash,
    password_expired,
    password_fault,
)
from longzhong.register.org.rules import CST, Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CST)
LIMITS = Limits(fail_lock=3, lock_min=10)


def tries(text: str, *, apart_min: float = 0.1) -> list[Attempt]:
    """w wrong, k ok, u unlocked, i inactive, l while locked; . a pause of eleven minutes."""
    names = {"w": "wrong", "k": "ok", "u": "unlocked", "l": "locked"}
    at, found = NOW, []
    for char in text:
        if char == ".":
            at += timedelta(minutes=11)
        else:
            found.append(Attempt(names[char], at))
            at += timedelta(minutes=apart_min)
    return found


@pytest.mark.parametrize(
    ("history", "locked"),
    [
        ("", False),
        ("ww", False),
        ("www", True),
        ("wwlllll", False),
        ("wwkw", False),
        ("wwkwww", True),
        ("wwwu", False),
        ("wwwuww", False),
        ("wwwuwww", True),
        ("w.w.w", True),
        ("www.w", False),
        ("www.ww", False),
        ("www.www", True),
        ("wwwllll", True),
    ],
)
def test_when_a_login_is_locked(history: str, locked: bool) -> None:
    attempts = tries(history)
    at = attempts[-1].at + timedelta(seconds=1) if attempts else NOW
    assert (locked_until(attempts, at, LIMITS) is not None) is locked


def test_a_lock_ends_by_itself_and_is_not_prolonged() -> None:
    attempts = tries("wwwlll", apart_min=1)
    until = NOW + timedelta(minutes=12)
    assert locked_until(attempts, NOW + timedelta(minutes=6), LIMITS) == until
    assert locked_until(attempts, until - timedelta(seconds=1), LIMITS) == until
    assert locked_until(attempts, until, LIMITS) is None


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Wolong-Gang-207", None),
        ("Wolong207", "password_short"),
        ("wolonggang207", "password_simple"),
        ("wolong-gang-207", None),
        ("WOLONGGANGG", "password_simple"),
        ("襄阳古城wolong1", None),
        ("Kongming-207x", "password_has_login"),
    ],
)
def test_what_is_wrong_with_a_password(password: str, fault: str | None) -> None:
    assert password_fault(password, "kongming", Limits()) == fault


def test_classes() -> None:
    assert [classes_of(text) for text in ("", "a", "aA", "aA1", "aA1-", "隆")] == [0, 1, 2, 3, 4, 1]


def test_a_password_serves_ninety_days() -> None:
    assert not password_expired(NOW, NOW + timedelta(days=89, hours=23), Limits())
    assert password_expired(NOW, NOW + timedelta(days=90), Limits())


@pytest.mark.parametrize(
    ("role", "held", "clash"),
    [
        (Role.ADMIN, [], False),
        (Role.ADMIN, ["security"], True),
        (Role.SECURITY, ["auditor", "grid"], True),
        (Role.AUDITOR, ["admin"], True),
        (Role.ADMIN, ["admin"], False),
        (Role.GRID, ["admin"], False),
        (Role.ADMIN, ["grid", "station"], False),
    ],
)
def test_nobody_is_two_of_the_three_administrators(role: Role, held: list[str], clash: bool) -> None:
    assert offices_clash(role, held) is clash
