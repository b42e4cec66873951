"""A caller's order on the phone without signal: what a thumb chose waits and is sent once; a span counts from when it was said."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from longzhong.dispatch.matters.models import Step
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import State
from longzhong.kit import clock
from tests.browser.test_field_offline import enter
from tests.dispatch.make import County, a_county, at, sign_in
from tests.dispatch.workorders.make import in_state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> Iterator[County]:
    with clock.frozen(at("2026-03-02 11:00")):
        county = a_county()
        sign_in(county, "zhang", "grid", grids=(county.grid,))
        yield county


def fits(page: Page) -> bool:
    """Nothing to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_diagnosis_waits_for_signal(live_server: object, phone: Page, county: County) -> None:
    order = in_state(county, State.ARRIVED, kind="repair")
    enter(phone, live_server.url)  # type: ignore[attr-defined]
    assert fits(phone)
    phone.context.set_offline(True)
    phone.get_by_role("link", name="办理").click()
    assert fits(phone)
    phone.get_by_text("2 小时", exact=True).click()
    phone.get_by_label("故障位置").fill("10kV 檀溪线 23 号杆")
    phone.get_by_text("供电企业产权", exact=True).click()
    phone.get_by_role("button", name="研判", exact=True).click()
    expect(phone.locator("#field-queue")).to_contain_text("等待信号")
    phone.context.set_offline(False)
    expect(phone.locator("#field-queue")).to_be_hidden(timeout=40_000)
    stands = selectors.standing(order.pk)
    assert (stands.state, stands.side, stands.fault_place) == (State.DIAGNOSED, "utility", "10kV 檀溪线 23 号杆")
    assert stands.expected_at is not None
    assert f"{stands.expected_at.astimezone(clock.CST):%H:%M}"[:4] == "13:0"


def test_the_way_of_an_answer_is_the_button_that_was_pressed(live_server: object, phone: Page, county: County) -> None:
    order = in_state(county, State.CONTACTED, kind="service")
    enter(phone, live_server.url)  # type: ignore[attr-defined]
    phone.context.set_offline(True)
    phone.get_by_role("link", name="办理").click()
    assert fits(phone)
    phone.get_by_label("给客户的答复").fill("阶梯电价按年计算，客户认可")
    phone.get_by_role("button", name="能解释即解释", exact=True).click()
    expect(phone.locator("#field-queue")).to_contain_text("等待信号")
    phone.context.set_offline(False)
    expect(phone.locator("#field-queue")).to_be_hidden(timeout=40_000)
    assert (selectors.standing(order.pk).triage, Step.objects.filter(verb="finish").count()) == ("explain", 1)
