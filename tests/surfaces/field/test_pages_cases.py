"""A caller's case on the phone of whoever works on its order: what was said, masked who and where, what was promised."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from longzhong.cases.hotline import services as hotline_services
from longzhong.dispatch.workorders import services as orders
from longzhong.kit import clock
from longzhong.kit.outbox import deliver_all
from tests.cases.hotline.make import MORNING, PLAIN, Hotline, a_case, hotline_county

LATER = MORNING + timedelta(minutes=10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_past_nine() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def hotline(db: None) -> Hotline:
    return hotline_county()


def test_the_crew_sees_the_case_behind_its_order_and_nobodys_name(hotline: Hotline) -> None:
    case = a_case(hotline, text="家里没电了，我叫张惠芳，电话13800138001")
    hotline_services.dispatch(case_id=case.pk, by=hotline.desk, at=LATER)
    deliver_all(twice=True)
    case.refresh_from_db()
    phone = hotline.client("zhang", "grid")
    home = phone.get("/field/").context["page"]
    assert len(home.called) == 1
    answer = phone.get(home.called[0].href)
    page, text = answer.context["page"], answer.content.decode()
    assert page.case is not None
    assert (page.case.case_id, page.step.verb) == (case.pk, "accept")
    assert page.case.caller_mask in text
    assert "家里没电了" in text
    assert f"/calls/cases/{case.pk}/" in text
    for plain in PLAIN[3:]:  # the phone's own user is a namesake of the caller
        assert plain not in text


def test_an_order_that_no_caller_caused_shows_no_case(hotline: Hotline) -> None:
    place = orders.Place(hotline.county.station, hotline.county.grid)
    order_id = orders.open_order(
        kind="area_fault", cause="tests.cause:1", place=place, priority=3, by=hotline.desk, at=MORNING
    )
    assert hotline.client("zhang", "grid").get(f"/field/orders/{order_id}/").context["page"].case is None
