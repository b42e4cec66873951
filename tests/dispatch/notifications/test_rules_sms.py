"""Lengths and parts of short messages, cell by cell (3GPP TS 23.038)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longzhong.dispatch.notifications.rules.sms import Coding, measure, signature_fault, signed, split


@pytest.mark.parametrize(
    ("text", "units", "parts", "coding"),
    [
        ("a" * 160, 160, 1, Coding.GSM7),
        ("a" * 161, 161, 2, Coding.GSM7),
        ("a" * 306, 306, 2, Coding.GSM7),
        ("a" * 307, 307, 3, Coding.GSM7),
        ("€" * 80, 160, 1, Coding.GSM7),
        ("€" * 81, 162, 2, Coding.GSM7),
        ("电" * 70, 70, 1, Coding.UCS2),
        ("电" * 71, 71, 2, Coding.UCS2),
        ("电" * 134, 134, 2, Coding.UCS2),
        ("电" * 135, 135, 3, Coding.UCS2),
        ("⚡" * 70, 70, 1, Coding.UCS2),
        ("😀" * 35, 70, 1, Coding.UCS2),
        ("😀" * 36, 72, 2, Coding.UCS2),
        ("a" * 69 + "电", 70, 1, Coding.UCS2),
        ("", 0, 1, Coding.GSM7),
    ],
)
def test_length(text: str, units: int, parts: int, coding: Coding) -> None:
    told = measure(text)
    assert (told.units, told.parts, told.coding) == (units, parts, coding)


@given(st.text(max_size=400))
def test_parts_are_the_text_and_none_is_too_long(text: str) -> None:
    for coding, most in ((None, 160), (Coding.UCS2, 140)):
        parts = split(text, coding)
        assert "".join(parts) == text
        if len(parts) > 1:
            assert all(len(one.encode("utf-16-be", "surrogatepass")) <= 134 for one in parts) or coding is None
            assert all(measure(one).units <= most for one in parts)


def test_a_pair_of_surrogates_stays_together() -> None:
    assert [len(one) for one in split("电" * 66 + "😀" + "电" * 10)] == [66, 11]


def test_the_signature_is_counted() -> None:
    assert signed("襄阳供电", "停电", "拒收请回复R") == "【襄阳供电】停电，拒收请回复R"
    assert measure(signed("襄阳供电", "电" * 64)).parts == 1
    assert measure(signed("襄阳供电", "电" * 65)).parts == 2


@pytest.mark.parametrize(
    ("signature", "wrong"),
    [
        ("襄阳供电", False),
        ("电", True),
        ("", True),
        ("襄" * 20, False),
        ("襄" * 21, True),
        ("【襄阳】", True),
        ("襄 阳", True),
    ],
)
def test_signature(signature: str, wrong: bool) -> None:
    assert signature_fault(signature) is wrong
