"""The voltage loop as people see it: the quality office at a desk, the grid manager with a phone, curves in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from longzhong.dispatch.matters.models import Attachment, Step
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import State
from longzhong.kit import clock
from longzhong.kit.outbox import deliver_all
from tests.browser.looks import fits, fits_the_thumb
from tests.dispatch.matters.pictures import jpeg
from tests.register.access.make import PASSWORD
from tests.stories.make import GOOD, LOW, Village, a_village

HERE = {"latitude": 32.0011, "longitude": 112.0012, "accuracy": 9}
AREA = "隆中一台区"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick_and_apart(tmp_path: Path, settings: Any) -> None:
    """Files and the lake in a folder of the test; passwords hashed fast."""
    settings.VAR = tmp_path


@pytest.fixture
def village() -> Village:
    """Three evenings of low voltage have passed: an alert stands, its order waits for the grid manager."""
    made = a_village()
    made.days(3, LOW)
    return made


@contextmanager
def hour(village: Village, of_day: int) -> Iterator[None]:
    with clock.frozen(clock.day_start(village.day) + timedelta(hours=of_day)):
        yield


def sign_in(page: Page, base: str, login: str) -> None:
    page.goto(base)
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(f"{base}/login/")


def step(page: Page, button: str) -> None:
    """Press the one next step and be back at one's orders."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/field/")


def open_order(page: Page) -> None:
    page.get_by_role("link", name="办理").click()
    page.wait_for_url("**/field/orders/*/")


def fill_in_finish(page: Page) -> None:
    page.get_by_label("查明原因").select_option("long_line")
    page.get_by_label("处理情况").fill("更换末端 120 米导线为 70 平方，三相重新接线")
    photo = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": jpeg(lat=32.0011, lon=112.0012, size=(640, 480))}
    page.get_by_label("现场照片").set_input_files(files=[photo])  # type: ignore[list-item]


def test_an_alert_at_the_desk_a_repair_on_the_phone_and_the_curves_that_prove_it(
    village: Village, live_server: Any, desk: Page, phone: Page
) -> None:
    with hour(village, 8):
        sign_in(desk, live_server.url, "youfu")
        desk.get_by_role("navigation").locator(f'a[href="{reverse("alerts:board")}"]').click()
        row = desk.get_by_role("row").filter(has_text=AREA)
        expect(row).to_contain_text("低电压")
        row.get_by_role("link").first.click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text(AREA)
        alert_page = desk.url
        desk.get_by_role("link", name="查看工单").click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text(AREA)
        expect(desk.locator("main")).to_contain_text("张惠芳")
        fits(desk)
    with hour(village, 9):
        take_the_order(phone, live_server.url)
    order = WorkOrder.objects.get()
    assert (order.state, order.cause_found) == (State.FINISHED, "long_line")
    with hour(village, 14):
        deliver_all(twice=True)
        desk.reload()
        expect(desk.locator("main")).to_contain_text("更换末端 120 米导线")
        picture = desk.locator(".lz-pictures img").first
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("img => img.naturalWidth") > 0
        desk.goto(alert_page)
        expect(desk.get_by_text("待验证").or_(desk.get_by_text("验证中")).first).to_be_visible()
    village.day += timedelta(days=1)
    village.days(2, GOOD)
    with hour(village, 8):
        desk.reload()
        expect(desk.locator(".lz-head")).to_contain_text("已验证")
        expect(desk.locator("main")).to_contain_text("验证通过")
        expect(desk.locator("main")).to_contain_text("占发现日")
        desk.get_by_role("link", name="查看工单").click()
        expect(desk.locator("main")).to_contain_text("验证依据")
        expect(desk.get_by_label("进度")).to_contain_text("验证")
        phone.goto(f"{live_server.url}/field/")
        expect(phone.locator("main")).to_contain_text("手上没有要办的工单")


def take_the_order(phone: Page, base: str) -> None:
    """Sign in, accept, arrive with a position, finish with cause, words and a photo."""
    phone.context.set_geolocation(HERE)  # type: ignore[arg-type]
    phone.goto(f"{base}/field/")
    fits_the_thumb(phone)
    sign_in(phone, f"{base}/field/", "zhang")
    expect(phone.locator("main")).to_contain_text(AREA)
    fits_the_thumb(phone)
    open_order(phone)
    fits_the_thumb(phone)
    step(phone, "接单")
    open_order(phone)
    expect(phone.locator("[data-place-state]")).to_contain_text("已定位")
    step(phone, "到场")
    open_order(phone)
    fits_the_thumb(phone)
    fill_in_finish(phone)
    step(phone, "完成")
    expect(phone.locator("main")).to_contain_text("已办完，等验证或客户确认")


def test_a_finish_without_signal_waits_in_the_phone_and_is_sent_once(
    village: Village, live_server: Any, phone: Page
) -> None:
    with hour(village, 9):
        phone.context.set_geolocation(HERE)  # type: ignore[arg-type]
        sign_in(phone, f"{live_server.url}/field/", "zhang")
        for button in ("接单", "到场"):
            open_order(phone)
            if button == "到场":
                expect(phone.locator("[data-place-state]")).to_contain_text("已定位")
            step(phone, button)
        open_order(phone)
        phone.wait_for_function("navigator.serviceWorker.controller !== null")
        phone.reload()
        phone.context.set_offline(True)
        fill_in_finish(phone)
        phone.get_by_role("button", name="完成", exact=True).click()
        expect(phone.locator("form .lz-refusal")).to_contain_text("已存在手机里")
        assert WorkOrder.objects.get().state == State.ARRIVED
        phone.goto(f"{live_server.url}/field/")
        expect(phone.locator("#field-queue")).to_contain_text("等待信号")
        lost: list[str] = []
        phone.route("**/steps/finish/", lambda route: lose_the_answer(route, lost), times=1)
        with phone.expect_event("requestfailed", lambda request: "/finish/" in request.url):
            phone.context.set_offline(False)
        expect(phone.locator("#field-queue")).to_contain_text("等待信号")
        with phone.expect_response("**/steps/finish/") as again:
            phone.reload()
        assert again.value.ok
        expect(phone.locator("#field-queue")).to_be_hidden()
        phone.reload()
        expect(phone.locator("main")).to_contain_text("已办完，等验证或客户确认")
    assert lost == ["200"]
    order = WorkOrder.objects.get()
    assert order.state == State.FINISHED
    assert Step.objects.filter(head__matter=f"workorders.order:{order.pk}", verb="finish").count() == 1
    assert Attachment.objects.count() == 1


def lose_the_answer(route: Route, lost: list[str]) -> None:
    """The step arrives at the server, its answer never comes back."""
    lost.append(str(route.fetch().status))
    route.abort()
