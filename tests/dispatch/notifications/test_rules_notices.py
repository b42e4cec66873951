"""Quiet hours, buckets, texts, numbers, reasons: each rule as a table."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.dispatch.notifications.rules import (
    Channel,
    Counts,
    NoticeLimits,
    Purpose,
    Recipient,
    Skip,
    Text,
    Variable,
    VarType,
    is_quiet,
    message_of,
    next_open,
    our_id,
)
from longzhong.dispatch.notifications.rules.bucket import allowed, backoff_s, pause_s, refilled
from longzhong.dispatch.notifications.rules.recipients import (
    address_fault,
    contact_fault,
    direct_address,
    state_fault,
)
from longzhong.dispatch.notifications.rules.texts import apart, joined, merged, params_fault, places, render, text_fault
from longzhong.register.customers.selectors import ReachContact
from tests.dispatch.make import at


@pytest.mark.parametrize(
    ("hour", "first", "last", "quiet"),
    [
        (20, 21, 8, False), (21, 21, 8, True), (0, 21, 8, True), (7, 21, 8, True), (8, 21, 8, False), (12, 21, 8, False),
        (12, 12, 14, True), (14, 12, 14, False), (11, 12, 14, False), (3, 0, 0, False), (23, 22, 24, True), (1, 24, 6, True),
    ],
)  # fmt: skip
def test_quiet_hours(hour: int, first: int, last: int, quiet: bool) -> None:
    limits = NoticeLimits(quiet_from_h=first, quiet_to_h=last)
    assert is_quiet(at(f"2026-03-02 {hour:02}:00"), limits) is quiet


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-02 12:00", "2026-03-02 12:00"), ("2026-03-02 22:30", "2026-03-03 08:00"),
        ("2026-03-03 01:00", "2026-03-03 08:00"), ("2026-12-31 21:00", "2027-01-01 08:00"),
    ],
)  # fmt: skip
def test_next_open(now: str, then: str) -> None:
    assert next_open(at(now), NoticeLimits()) == at(then)


@given(st.integers(0, 525_000), st.integers(0, 24), st.integers(0, 24))
def test_what_opens_is_not_quiet(minutes: int, first: int, last: int) -> None:
    limits = NoticeLimits(quiet_from_h=first, quiet_to_h=last)
    when = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    assert not is_quiet(next_open(when, limits), limits)
    assert next_open(when, limits) >= when


@pytest.mark.parametrize(
    ("tokens", "passed", "rate", "then"),
    [
        (0, 1, 50, 50),
        (0, 10, 50, 50),
        (40, 0.5, 50, 50),
        (0, 0.1, 50, 5),
        (0, -1, 50, 0),
        (0, 1, 0.3, 0.3),
        (1, 9, 0.3, 1),
    ],
)
def test_bucket(tokens: float, passed: float, rate: float, then: float) -> None:
    assert refilled(tokens, passed, rate) == pytest.approx(then)


@pytest.mark.parametrize(
    ("tokens", "rate", "batch", "taken"),
    [(50, 50, 100, 50), (24.9, 50, 100, 0), (25, 50, 100, 25), (500, 1000, 100, 100), (99, 1000, 100, 0), (0.9, 0.3, 20, 0),
     (1, 0.3, 20, 1)],
)  # fmt: skip
def test_allowed(tokens: float, rate: float, batch: int, taken: int) -> None:
    assert allowed(tokens, rate, batch) == taken


def test_pauses_grow_and_end() -> None:
    assert [pause_s(n) for n in (0, 2, 3, 4, 30)] == [0, 0, 15, 30, 600]
    assert [backoff_s(n) for n in (1, 2, 3, 9)] == [2, 6, 18, 300]


ACCOUNT = Variable("account", "户号", VarType.CODE, 12, joined=True)
AREA = Variable("area", "台区", longest=5)
START = Variable("start", "时间", VarType.MOMENT, 16)


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"account": "1", "area": "檀溪", "start": "2026-03-01 09:00"}, None),
        ({"account": "1", "area": "檀溪"}, "start"),
        ({"account": "1", "area": "檀溪檀溪檀溪", "start": "2026-03-01 09:00"}, "area"),
        ({"account": "户", "area": "檀溪", "start": "2026-03-01 09:00"}, "account"),
        ({"account": "1", "area": "檀溪", "start": "明天"}, "start"),
    ],
)
def test_params(params: dict[str, str], fault: str | None) -> None:
    assert params_fault(params, (ACCOUNT, AREA, START)) == fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{area}停电{ack}", None), (" ", "text_missing"), ("{area停电", "text_brackets"), ("{区}停电", "text_brackets"),
        ("【襄阳】停电", "text_signed_twice"), ("{town}停电", "text_place_unknown"),
    ],
)  # fmt: skip
def test_texts(text: str, fault: str | None) -> None:
    assert text_fault(Text(text), (AREA,)) == fault


def test_three_meters_become_one_message() -> None:
    rows = [
        {"account": "1001", "area": "檀溪"},
        {"account": "1002", "area": "檀溪"},
        {"account": "1001", "area": "檀溪"},
    ]
    assert merged(rows, (ACCOUNT, AREA)) == {"account": "1001、1002", "area": "檀溪"}
    assert apart(rows[0], (ACCOUNT, AREA)) == (("area", "檀溪"),)
    assert joined(["10000001", "10000002", "10000003"], 12) == "10000001等3户"
    assert joined(["12345678901234567890", "2"], 8) == "12345等2户"
    assert places("{area}与{area}和{start}") == ("area", "start")
    assert render("{area}停电", {"area": "{area}"}) == "{area}停电"
    with pytest.raises(KeyError):
        render("{area}", {})


@given(st.lists(st.text("0123456789", min_size=1, max_size=30), min_size=1, max_size=50), st.integers(8, 60))
def test_joined_values_are_never_too_long(values: list[str], longest: int) -> None:
    assert len(joined(values, longest)) <= longest


def test_our_number_is_read_back() -> None:
    assert message_of(our_id("0a1b2c3d", 987_654_321)) == ("0a1b2c3d", 987_654_321)
    assert [message_of(one) for one in ("", "0a1b2c3d", "0a1b2c3dxyz", "0" * 25)] == [None] * 4


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (None, Skip.ACCOUNT_UNKNOWN), ("active", None), ("closing", None), ("closed", Skip.ACCOUNT_CLOSED),
        ("demolished", Skip.ACCOUNT_DEMOLISHED),
    ],
)  # fmt: skip
def test_account_state(state: str | None, why: Skip | None) -> None:
    assert state_fault(state) is why


@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_account_being_closed_gets_nothing_of_the_silent_purposes(purpose: Purpose) -> None:
    silent = NoticeLimits().closing_silent
    wanted = Skip.ACCOUNT_CLOSING if purpose in (Purpose.BILLING, Purpose.MARKETING) else None
    assert state_fault("closing", purpose, silent) is wanted
    assert state_fault("closing", purpose, ()) is None
    assert state_fault("active", purpose, silent) is None
    assert state_fault("closed", purpose, ()) is Skip.ACCOUNT_CLOSED


@pytest.mark.parametrize(
    ("preference", "agreed", "purpose", "why"),
    [
        ("phone", False, Purpose.SERVICE, None), ("never", True, Purpose.SERVICE, Skip.PREFERENCE),
        ("never", False, Purpose.EMERGENCY, None), ("phone", False, Purpose.MARKETING, Skip.NO_CONSENT),
        ("phone", True, Purpose.MARKETING, None), ("never", True, Purpose.MARKETING, Skip.PREFERENCE),
        ("evening", False, Purpose.SERVICE, None), ("visit", False, Purpose.SERVICE, None),
    ],
)  # fmt: skip
def test_contact(preference: str, agreed: bool, purpose: Purpose, why: Skip | None) -> None:
    assert contact_fault(ReachContact(1, "owner", preference, "", "", agreed), purpose) is why


@pytest.mark.parametrize(
    ("channel", "address", "why"),
    [
        (Channel.SMS, "13800138001", None), (Channel.SMS, "07103512345", Skip.NOT_MOBILE), (Channel.SMS, "x", Skip.BAD_ADDRESS),
        (Channel.SMS, "", Skip.NO_ADDRESS), (Channel.EMAIL, "a@b.cn", None), (Channel.EMAIL, "a b@c", Skip.BAD_ADDRESS),
        (Channel.EMAIL, "a@b.cn\nBcc: c@d", Skip.BAD_ADDRESS), (Channel.WECOM, "693a91f6-7xxx", None),
        (Channel.WECOM, "a&b=c", Skip.BAD_ADDRESS),
    ],
)  # fmt: skip
def test_addresses(channel: Channel, address: str, why: Skip | None) -> None:
    assert address_fault(channel, address) is why


def test_a_recipient_brings_addresses() -> None:
    one = Recipient(phone=" 138 ", email="a@b.cn", robot="k", hook="h")
    assert [direct_address(channel, one) for channel in Channel] == ["138", "a@b.cn", "k", "h", ""]


def test_counts_add_up() -> None:
    told = Counts.of({"queued": 1, "claimed": 2, "sent": 3, "failed": 4, "uncertain": 5, "cancelled": 6, "skipped": 7})
    assert (told.queued, told.settled, told.total) == (15, 12, 28)
    assert Counts(**told.as_dict()) == told
