"""The component set in a real browser: nothing scrolls sideways, fingers can hit it, nothing typed is lost, the CSP stays quiet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from longzhong.kit import clock
from longzhong.register.org.rules import Role
from scripts.look import SMALL_TARGETS, WIDE
from tests.register.access.make import PASSWORD, give, user
from tests.register.network.make import network
from tests.register.org.make import NOW

ADDRESS = "/system/components/"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def site(live_server, transactional_db) -> str:
    made = network()
    somebody = user("liubei", title="系统管理员")
    give(somebody, Role.ADMIN, made.city.units["42"])
    return live_server.url


def enter(page: Page, site: str, address: str = ADDRESS) -> list[str]:
    """Sign in by hand and open a page; the list fills with what the console complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}/login/?next={address}")
    page.locator("input[name=login]").fill("liubei")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url(f"**{address}")
    page.wait_for_load_state("networkidle")
    return complaints


def test_on_the_narrowest_phone_nothing_scrolls_sideways_and_fingers_hit(site: str, phone: Page) -> None:
    phone.set_viewport_size({"width": 360, "height": 740})
    complaints = enter(phone, site)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth"), phone.evaluate(WIDE)
    assert phone.evaluate(SMALL_TARGETS) == []
    assert not complaints


def test_on_the_desk_charts_are_drawn_and_the_policy_is_quiet(site: str, desk: Page) -> None:
    complaints = enter(desk, site)
    expect(desk.locator("[data-chart] canvas").first).to_be_visible()
    assert desk.locator("[data-chart] canvas").count() >= 3
    assert not complaints


def test_filter_order_and_page_stand_in_the_address(site: str, desk: Page) -> None:
    enter(desk, site)
    desk.locator("select[name=state]").select_option("late")
    desk.wait_for_url("**state=late**")
    expect(desk.locator("#list .lz-list-bar strong")).to_have_text("12")
    desk.locator("#list th a", has_text="最低电压").click()
    desk.wait_for_url("**sort=volts**")
    assert "state=late" in desk.url
    desk.reload()
    expect(desk.locator("#list .lz-list-bar strong")).to_have_text("12")
    expect(desk.locator("select[name=state]")).to_have_value("late")


def test_a_refusal_stands_in_the_open_dialog_and_keeps_what_was_typed(site: str, desk: Page) -> None:
    enter(desk, site)
    desk.locator("[data-open=head-finish]").click()
    dialog = desk.locator("#head-finish")
    dialog.locator("select[name=cause]").select_option("line")
    dialog.locator("textarea").fill("已更换低压导线 120 米")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".lz-refusal")).to_contain_text("线路过长须先立项")
    expect(dialog.locator("textarea")).to_have_value("已更换低压导线 120 米")


def test_a_form_shows_errors_beside_the_field_and_keeps_the_rest(site: str, desk: Page) -> None:
    enter(desk, site)
    form = desk.locator("#sample")
    form.locator("textarea").fill("写了很多字")
    form.locator("button[type=submit]").click()
    expect(desk.locator("#sample .lz-error").first).to_be_visible()
    expect(desk.locator("#sample textarea")).to_have_value("写了很多字")


def test_the_slash_key_goes_to_the_search_box(site: str, desk: Page) -> None:
    enter(desk, site)
    desk.keyboard.press("/")
    desk.keyboard.type("隆中")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search/?q=*")
    expect(desk.locator("main")).to_contain_text("隆中一台区")


def test_the_scope_switch_opens_with_ones_units(site: str, desk: Page) -> None:
    enter(desk, site)
    desk.locator(".lz-scope").click()
    desk.locator("#lz-scope-dialog button", has_text="檀溪所").click()
    expect(desk.locator(".lz-scope")).to_contain_text("檀溪所")
