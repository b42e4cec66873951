"""A list's filter by unit takes what people know: the code, a part of the name, the short name."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from tests.house import governed_rows as governed
from tests.house import hotline_rows as hotline
from tests.house.test_pages_queries import AT, alerts
from tests.register.access.make import person
from tests.register.network.make import Net, network
from tests.register.policies.make import browser, packs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(AT):
        yield


@pytest.mark.parametrize(
    ("name", "fill"),
    [("hotline:board", hotline.cases), ("alerts:board", alerts), ("complaints:board", governed.complaints)],
)
def test_a_unit_is_found_by_code_and_by_name(name: str, fill: Callable[[Net], object]) -> None:
    packs()
    net = network()
    fill(net)
    seen = browser(person(net.city, "somebody", Role.QUALITY, "42"))

    def found(asked: str) -> int:
        return len(seen.get(reverse(name), {"unit": asked}).context["page"].table.items)

    everything = found("42060201")
    assert everything > 0
    assert [found(asked) for asked in ("隆中供电", "隆中所", " 42060201 ")] == [everything] * 3
    assert [found(asked) for asked in ("檀溪", "4206020", "不存在")] == [0, 0, 0]
