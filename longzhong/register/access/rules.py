"""Sign-in rules (身份鉴别): how a password must look, how long it serves, and when a login is locked.

REFERENCE §8.3, F2: at least 10 characters of 3 classes, changed within 90 days, none of the last 5; after 5 failures
in a row locked for 10 minutes; after 15 idle minutes signed out (U). The values in force come from policies
(security.*); these defaults are App. B.

三权分立: the system administrator (admin) makes users, the security administrator (security) gives grants and changes
policies, the auditor (auditor) reads the journal. Nobody is two of them at a time, and nobody grants to himself.
"""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from longzhong.register.org.rules import THREE_ADMINISTRATORS

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


class SignInOutcome(StrEnum):
    OK = "ok"
    WRONG = "wrong"
    LOCKED = "locked"
    INACTIVE = "inactive"
    UNLOCKED = "unlocked"


COUNTED = (SignInOutcome.WRONG, SignInOutcome.INACTIVE)
"""Attempts that count towards a lock."""


@dataclass(frozen=True)
class Limits:
    """Security limits; each field is the policy key security.<field>."""

    pw_min_len: int = 10
    pw_classes: int = 3
    pw_max_age_d: int = 90
    pw_history: int = 5
    fail_lock: int = 5
    lock_min: int = 10
    idle_min: int = 15


@dataclass(frozen=True)
class Mandate:
    """A role over a unit and all below it, on [from_on, to_on); with `grid_ids` over these cells only."""

    user_id: int
    role: str
    unit_id: int
    from_on: date
    to_on: date | None = None
    grid_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """A past attempt as the lock rule sees it."""

    outcome: str
    at: datetime


ACTS: dict[str, str] = {
    "access.change_password": "修改密码",
    "access.create_user": "新建用户",
    "access.grant": "授权",
    "access.reset_password": "重置密码",
    "access.revoke": "收回授权",
    "access.set_active": "启用或停用用户",
    "access.sign_in": "登录",
    "access.sign_out": "退出",
    "access.unlock": "解锁",
    "accounts.import": "导入客户档案",
    "accounts.settle": "核对客户所属台区",
    "customers.consent": "登记同意",
    "customers.consent_withdrawn": "撤回同意",
    "customers.contact": "登记联系方式",
    "customers.contact_end": "停用联系方式",
    "customers.priority": "列入重点客户",
    "customers.priority_end": "移出重点客户",
    "customers.reveal": "查看敏感信息",
    "customers.tag": "加标签",
    "customers.untag": "去标签",
    "exchange.refused_rows": "下载拒收明细",
    "export": "导出表格",
    "journal.prove": "核验日志链",
    "network.assign_area_grid": "台区划归网格",
    "network.move_meter": "电能表改挂台区",
    "org.appoint": "任职",
    "org.assign_grid_manager": "更换台区经理",
    "org.keep_grids": "导入网格",
    "org.keep_staff": "导入员工",
    "org.keep_units": "导入单位",
    "org.move_unit": "调整上级单位",
    "org.pair_grid": "网格对应",
    "org.publish_year": "登记放假安排",
    "org.set_calendar_day": "设定工作日",
    "org.set_profile": "登记营业区画像",
    "org.set_responsibility": "设定 1+1+1 责任",
    "org.stand_in": "安排代岗",
    "policy.change": "修改制度参数",
    "policy.pack": "载入规则包",
}
"""Acts of the journal in words; one that isn't named here is shown by its code."""


def classes_of(password: str) -> int:
    """How many of the four classes lower case, upper case, digits and anything else a password has."""
    groups = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    known = sum(any(char in group for char in password) for group in groups)
    return known + any(char not in string.ascii_letters + string.digits for char in password)


def password_fault(password: str, login: str, limits: Limits) -> str | None:
    """The code of what is wrong with a new password, or None."""
    if len(password) < limits.pw_min_len:
        return "password_short"
    if classes_of(password) < limits.pw_classes:
        return "password_simple"
    if login.lower() in password.lower():
        return "password_has_login"
    return None


def password_expired(set_at: datetime, at: datetime, limits: Limits) -> bool:
    return at - set_at >= timedelta(days=limits.pw_max_age_d)


def locked_until(attempts: Iterable[Attempt], at: datetime, limits: Limits) -> datetime | None:
    """When the lock that holds at `at` ends, or None; `attempts` of one login, oldest first.

    `fail_lock` wrong passwords in a row lock for `lock_min` minutes; a success, an unlocking or the end of a lock
    starts the count anew. Attempts while locked neither count nor prolong it.
    """
    wrong = 0
    until: datetime | None = None
    for attempt in attempts:
        if until is not None and attempt.at >= until:
            wrong, until = 0, None
        if attempt.outcome in (SignInOutcome.OK, SignInOutcome.UNLOCKED):
            wrong, until = 0, None
        elif attempt.outcome == SignInOutcome.WRONG and until is None:
            wrong += 1
            if wrong >= limits.fail_lock:
                until = attempt.at + timedelta(minutes=limits.lock_min)
    return until if until is not None and at < until else None


def offices_clash(role: str, held: Iterable[str]) -> bool:
    """Whether somebody who holds these roles may not be given `role` as well (三权分立)."""
    return role in THREE_ADMINISTRATORS and any(other in THREE_ADMINISTRATORS and other != role for other in held)
