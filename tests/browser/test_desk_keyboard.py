"""来电受理 by keyboard alone: who it is, the words, a category, a promise, one key; under a minute, and no mouse (S2-01)."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from longzhong.cases.hotline.models import Call, Case, Promise
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from longzhong.sensing.texts.selectors import Guess, Suggestion
from tests.browser.looks import fits, touchable
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline, category, hotline_county

KEY_S = 0.4  # a key pressed
CHARACTER_S = 1.0  # a Chinese character through an input method: sixty a minute
WORDS = "家里没电了，楼道灯亮着，邻居家有电"
MICE = "addEventListener('pointerdown', () => sessionStorage.setItem('mice', 'used'), true)"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hotline() -> Iterator[Hotline]:
    with clock.frozen(MORNING):
        yield hotline_county()


@pytest.fixture(autouse=True)
def guessing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A classifier that thinks first of a whole area, second of one house; and knows nothing about bills."""

    def suggest(text: str, _at: object = None) -> Suggestion:
        codes = {"repair.lv.area_out": 0.41, "repair.lv.single_out": 0.38} if "没电" in text else {}
        top = tuple(Guess(category(code), code, code, confidence) for code, confidence in codes.items())
        return Suggestion(top, False, "tests")

    monkeypatch.setattr("longzhong.sensing.texts.selectors.suggest", suggest)


@dataclass
class Hands:
    """Ten fingers: what they pressed, and how long an ordinary typist takes for it."""

    page: Page
    keys: int = 0
    typed_s: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.typed_s += KEY_S

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.typed_s += sum(KEY_S if letter.isascii() else CHARACTER_S for letter in text)

    def took_s(self) -> float:
        """The typing, and what the machine itself took."""
        return self.typed_s + time.monotonic() - self.began

    def touched_no_mouse(self) -> bool:
        return self.page.evaluate("sessionStorage.getItem('mice')") is None


def at_the_desk(page: Page, base: str, hotline: Hotline, code: str = "wang", role: str = "desk") -> Hands:
    """A signed-in person before the desk, the cursor in its one box."""
    session = hotline.client(code, role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    page.add_init_script(MICE)
    page.goto(f"{base}/calls/desk/")
    expect(page.locator("#desk-q")).to_be_focused()
    return Hands(page)


def find(hands: Hands, phone: str) -> None:
    """The caller by phone, the first of the list, the cursor in the words."""
    hands.write(phone)
    expect(hands.page.locator("#desk-found [data-pick]").first).to_be_visible()
    hands.press("ArrowDown")
    expect(hands.page.locator("#desk-found [data-pick]").first).to_be_focused()
    hands.press("Enter")
    expect(hands.page.locator("[data-desk-text]")).to_be_focused()


def test_a_case_by_keyboard_in_under_a_minute(live_server: Any, desk: Page, hotline: Hotline) -> None:
    hands = at_the_desk(desk, live_server.url, hotline)
    find(hands, "13800138001")
    expect(desk.locator("main")).to_contain_text("名仕家天下")
    hands.write(WORDS)
    expect(desk.locator("[data-guess='2']")).to_be_visible()
    expect(desk.locator("#desk-hints")).to_contain_text("没有把握")
    hands.press("Alt+2")
    expect(desk.locator("[data-guess='2']")).to_be_checked()
    hands.press("Alt+P", "ArrowDown")
    expect(desk.get_by_label("向客户承诺")).to_have_value("2h")
    hands.press("Control+Enter")
    expect(desk.locator(".lz-messages")).to_contain_text("并派单")
    expect(desk.locator("#desk-q")).to_be_focused()  # ready for the next caller
    case = Case.objects.get()
    assert (case.category_id, case.chosen, case.state) == (category("repair.lv.single_out"), True, "dispatched")
    assert case.account_id == hotline.accounts[1]
    assert case.first_asked_id == case.owner_id == hotline.county.staff["wang"]
    assert case.due_at is not None
    assert case.due_at > MORNING
    assert WorkOrder.objects.get(pk=case.order_id).owner_id == hotline.county.staff["zhang"]
    assert Promise.objects.get().due_at == MORNING + timedelta(hours=2)
    assert hands.touched_no_mouse()
    assert hands.keys <= 40, hands.keys
    assert hands.took_s() < 60, hands.took_s()


def test_a_known_outage_answers_the_call_without_a_case(live_server: Any, desk: Page, hotline: Hotline) -> None:
    devices = Devices(areas=(hotline.areas["A1"],))
    report = NewReport(devices=devices, started_at=MORNING - timedelta(minutes=30), confirmed=True)
    outage = outages.report_outage(report=report, by=SYSTEM, at=MORNING)
    hands = at_the_desk(desk, live_server.url, hotline)
    find(hands, "13800138001")
    expect(desk.locator("main .lz-note").first).to_contain_text("停电")  # told before a word was typed
    hands.write("没电")
    hands.press("Alt+O")
    expect(desk.locator(".lz-messages")).to_contain_text("已当场答复办结")
    call = Call.objects.get()
    assert (call.outcome, call.outage_id, Case.objects.count()) == (CallOutcome.OUTAGE, outage, 0)
    assert hands.touched_no_mouse()
    assert hands.took_s() < 30, hands.took_s()


def test_a_refusal_loses_nothing_typed(live_server: Any, desk: Page, hotline: Hotline) -> None:
    hands = at_the_desk(desk, live_server.url, hotline)
    find(hands, "13800138001")
    hands.write("电费突然多了一倍，说不清")
    hands.press("Alt+P", "ArrowDown")
    hands.press("Control+Enter")
    expect(desk.locator("#desk-form .lz-refusal")).to_contain_text("请先选定诉求分类")
    assert not Call.objects.exists()
    expect(desk.locator("[data-desk-text]")).to_have_value("电费突然多了一倍，说不清")
    expect(desk.get_by_label("向客户承诺")).to_have_value("2h")
    expect(desk.locator("main")).to_contain_text("名仕家天下")
    hands.press("Alt+C")
    hands.write("咨询 电费")
    expect(desk.get_by_label("诉求分类")).not_to_have_value("")
    hands.press("Control+Enter")
    expect(desk.locator(".lz-messages")).to_contain_text("并派单")
    assert Case.objects.get().category.code.startswith("enquiry.")
    assert hands.touched_no_mouse()


def test_a_words_limit_is_said_and_the_words_stay(live_server: Any, desk: Page, hotline: Hotline) -> None:
    """What the form itself refuses comes back in the same form, with the suggestions."""
    hands = at_the_desk(desk, live_server.url, hotline)
    hands.press("Alt+T")
    hands.write("没电")
    expect(desk.locator("[data-guess='1']")).to_be_visible()
    hands.press("Alt+1")
    desk.evaluate("document.querySelector('#id_phone').removeAttribute('maxlength')")
    desk.evaluate("document.querySelector('#id_phone').value = '1'.repeat(60)")
    hands.press("Control+Enter")
    expect(desk.locator("#desk-form .lz-error").first).to_be_visible()
    expect(desk.locator("[data-desk-text]")).to_have_value("没电")
    expect(desk.locator("[data-guess='1']")).to_be_checked()
    assert not Call.objects.exists()


def test_three_taps_log_a_call_on_the_phone(live_server: Any, phone: Page, hotline: Hotline) -> None:
    session = hotline.client("zhang", "grid").cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    phone.goto(f"{live_server.url}/calls/quick/")
    fits(phone)
    touchable(phone)
    done = phone.get_by_role("button", name="已答复，记下")
    for choice in ("咨询", "满意"):  # all three under the thumb without scrolling
        target = phone.locator("#quick label").filter(has_text=choice).filter(has_not_text="不满意").first
        expect(target).to_be_in_viewport()
        target.tap()
    expect(done).to_be_in_viewport()
    done.tap()
    expect(phone.get_by_text("今天已记 1 个")).to_be_visible()
    call = Call.objects.get()
    assert (call.channel, call.outcome, call.taken_by_id) == ("grid", "answered", hotline.county.staff["zhang"])
