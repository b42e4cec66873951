"""Without signal: pages open from the phone, a step waits in it with its photo, and is sent once when there is signal again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from longzhong.dispatch.matters.models import Attachment, Step
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import State
from longzhong.kit import clock
from tests.dispatch.make import PASSWORD, County, a_county, an_area, at, sign_in
from tests.dispatch.matters.pictures import jpeg
from tests.dispatch.workorders.make import in_state

pytestmark = pytest.mark.django_db(transaction=True)
READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def county() -> Iterator[County]:
    with clock.frozen(at("2026-03-02 11:00")):
        county = a_county()
        sign_in(county, "zhang", "grid", grids=(county.grid,))
        yield county


def enter(page: Page, base: str) -> None:
    page.goto(f"{base}/login/?next=/field/")
    page.get_by_label("用户名").fill("zhang.grid")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/field/")
    page.wait_for_function(READY)
    page.reload()
    page.wait_for_load_state("networkidle")


def test_a_step_waits_in_the_phone_for_signal(live_server: object, phone: Page, county: County, tmp_path: Path) -> None:
    order = in_state(county, State.ARRIVED)
    WorkOrder.objects.filter(pk=order.pk).update(area_id=an_area(county))
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(jpeg(size=(640, 480)))
    enter(phone, live_server.url)  # type: ignore[attr-defined]
    phone.context.set_offline(True)
    phone.get_by_role("link", name="办理").click()  # seen before only by the service worker
    phone.get_by_label("查明原因").select_option("tap")
    phone.get_by_label("处理情况").fill("分接开关由 2 档调到 3 档")
    phone.get_by_label("现场照片").set_input_files(photo)
    phone.get_by_role("button", name="完成", exact=True).click()
    expect(phone.locator("form .lz-refusal")).to_contain_text("已存在手机里")
    expect(phone.locator("#field-queue")).to_contain_text("等待信号")
    phone.goto(f"{live_server.url}/field/")  # type: ignore[attr-defined]
    expect(phone.locator("#field-queue")).to_contain_text("完成")  # a restart of the page loses nothing
    order.refresh_from_db()
    assert order.state == State.ARRIVED
    phone.context.set_offline(False)
    expect(phone.locator("#field-queue")).to_be_hidden(timeout=40_000)
    order.refresh_from_db()
    assert order.state == State.FINISHED
    assert Step.objects.filter(verb="finish").get().data["claimed_at"].startswith("2026-03-02T03:0")
    assert Attachment.objects.count() == 1


def test_a_step_that_was_refused_meanwhile_says_why_and_is_kept(
    live_server: object, phone: Page, county: County
) -> None:
    order = in_state(county, State.DISPATCHED)
    enter(phone, live_server.url)  # type: ignore[attr-defined]
    phone.context.set_offline(True)
    phone.goto(f"{live_server.url}/field/orders/{order.pk}/")  # type: ignore[attr-defined]
    phone.get_by_role("button", name="接单", exact=True).click()
    expect(phone.locator("#field-queue")).to_contain_text("等待信号")
    WorkOrder.objects.filter(pk=order.pk).update(state=State.FINISHED)
    phone.context.set_offline(False)
    expect(phone.locator("#field-queue")).to_contain_text("什么都没有改动", timeout=40_000)
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="放弃这一条").click()
    expect(phone.locator("#field-queue")).to_be_hidden()
