"""The marker `proves` believes only what it saw: a service that ran, under whatever name, with what it was given."""

import pytest

from longzhong.kit import texts
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written as held_by_another_name
from tests.plugins.proves import Seen, _listened

WRITTEN = "longzhong.kit.texts.written"


def test_a_service_that_ran_is_seen_and_does_what_it_does() -> None:
    code, seen = texts.written.__code__, Seen()
    with _listened(WRITTEN, seen):
        assert seen.services == set()
        assert held_by_another_name("  客户来电 ", "原因") == "客户来电"
        assert seen.services == {WRITTEN}
        with pytest.raises(Refused, match=r"^words_missing: "):
            texts.written("", "原因", code="words_missing")
    assert texts.written.__code__ is code and held_by_another_name("客户来电", "原因") == "客户来电"


def test_one_that_didnt_run_isnt() -> None:
    seen = Seen()
    with _listened(WRITTEN, seen):
        assert texts.clean_text(" 好 ") == "好"
    assert not seen.services
