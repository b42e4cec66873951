"""What role a post's title means (岗位 → 角色), for personnel exports that have no column of roles.

A title that names exactly one role gives it (`隆中供电所副所长` → station). One that names none, or two (`所长兼台区经理`),
gives nothing: the row is refused with `role_missing` and somebody decides. The three administrators are never read from a
title. The words are ours, after the posts of a power-supply station; another company's may differ.
"""

from longzhong.register.org.rules.roles import Role
from longzhong.surfaces.exchange.rules.columns import plain

TITLES: dict[Role, tuple[str, ...]] = {
    Role.STATION: ("所长", "站长"),
    Role.GRID: ("台区经理", "客户经理", "网格经理", "网格员"),
    Role.CREW: ("抢修", "运维", "检修"),
    Role.DESK: ("坐席", "座席", "营业", "值班员"),
    Role.QUALITY: ("优服", "优质服务"),
    Role.LEADER: ("总经理", "副经理", "分管领导"),
}
EXPERTS = "专责"  # of a professional department, unless the title says which role besides


def role_of_title(title: str) -> str:
    """The role's code, "" where the title doesn't say it beyond doubt."""
    flat = plain(title)
    found = {role for role, words in TITLES.items() if any(word in flat for word in words)}
    if not found and EXPERTS in flat:
        return Role.DEPT.value
    return found.pop().value if len(found) == 1 else ""
