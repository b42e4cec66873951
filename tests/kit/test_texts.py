"""What may be kept of a text, and what has to be written."""

import pytest

from longzhong.kit.errors import Refused, needed
from longzhong.kit.texts import clean_text, written


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\0b", "text_has_nul"), ("\ud800", "text_not_unicode"), ("长" * 201, "text_too_long")],
)
def test_a_text_that_cannot_be_kept_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        clean_text(text)
    assert refusal.value.code == code


def test_blanks_around_a_text_are_taken_off_and_nothing_else() -> None:
    assert clean_text("  两个 字 \n") == "两个 字"


@pytest.mark.parametrize(
    ("text", "least", "good"),
    [("", 1, False), (" \n", 1, False), ("雨", 1, True), ("雨", 2, False), ("太短", 4, False)],
)
def test_words_that_a_step_needs_are_there(text: str, least: int, good: bool) -> None:
    if good:
        assert written(text, "原因", least=least) == text
        return
    with pytest.raises(Refused, match=r"^why_missing: 请写明原因") as refusal:
        written(text, "原因", code="why_missing", least=least)
    assert ("至少 4 个字" in refusal.value.message) is (least == 4)


def test_words_that_are_too_long_are_refused_and_not_cut() -> None:
    with pytest.raises(Refused, match=r"^text_too_long: "):
        written("长" * 11, "原因", most=10)


def test_a_field_that_a_step_needs_is_named() -> None:
    assert needed(0, "number") == 0
    with pytest.raises(Refused, match=r"^field_missing: ") as refusal:
        needed(None, "number")
    assert refusal.value.facts == {"field": "number"}
