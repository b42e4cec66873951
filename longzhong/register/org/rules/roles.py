"""Who looks (角色): the role codes of INTERFACE.md, and the three administrators (三员, 三权分立).

The system administrator (系统管理员) makes users, the security administrator (安全管理员) gives grants and changes
policies, the auditor (审计员) only reads what was done. One person may not be two of the three at a time.
REFERENCE §8.3, F2 (GB/T 22239-2019, 访问控制).
"""

from enum import StrEnum


class Role(StrEnum):
    """Code of a role; the value is stored in grants and posts."""

    GRID = "grid"
    DESK = "desk"
    CREW = "crew"
    STATION = "station"
    QUALITY = "quality"
    DEPT = "dept"
    LEADER = "leader"
    PARTNER = "partner"
    PUBLIC = "public"
    ADMIN = "admin"
    SECURITY = "security"
    AUDITOR = "auditor"


ROLE_NAMES: dict[Role, str] = {
    Role.GRID: "台区经理",
    Role.DESK: "值班坐席",
    Role.CREW: "抢修运维",
    Role.STATION: "供电所长",
    Role.QUALITY: "优服办",
    Role.DEPT: "专业部门",
    Role.LEADER: "分管领导",
    Role.PARTNER: "物业与村组",
    Role.PUBLIC: "客户",
    Role.ADMIN: "系统管理员",
    Role.SECURITY: "安全管理员",
    Role.AUDITOR: "审计员",
}

THREE_ADMINISTRATORS: frozenset[Role] = frozenset({Role.ADMIN, Role.SECURITY, Role.AUDITOR})
HEADS: frozenset[Role] = frozenset({Role.STATION, Role.LEADER})
"""Roles that lead a unit: escalations go to them (供电所长 of a station, 分管领导 of a county and above)."""
