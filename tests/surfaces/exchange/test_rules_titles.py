"""Roles read from titles of posts, as personnel systems write them."""

import pytest

from longzhong.surfaces.exchange.rules.titles import role_of_title


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("所长", "station"),
        ("隆中供电所副所长（主持工作）", "station"),
        ("台区经理", "grid"),
        ("网格员", "grid"),
        ("客户经理", "grid"),
        ("配电抢修班班长", "crew"),
        ("运维人员", "crew"),
        ("营业厅值班员", "desk"),
        ("95598 坐席", "desk"),
        ("优质服务专责", "quality"),
        ("营销专责", "dept"),
        ("线损专责", "dept"),
        ("副总经理", "leader"),
        ("所长兼台区经理", ""),
        ("抢修网格员", ""),
        ("驾驶员", ""),
        ("系统管理员", ""),
        ("", ""),
    ],
)
def test_a_title_gives_one_role_or_none(title: str, role: str) -> None:
    assert role_of_title(title) == role
