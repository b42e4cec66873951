"""Panels: a higher app speaks on a lower noun's page; None says nothing; the order holds."""

from collections.abc import Iterator

import pytest

from longzhong.dispatch.matters.rules import Line, Panel, panels, panels_of, register_panel


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(panels, "PANELS", {})
    yield


def _first(_actor: object, number: int) -> Panel | None:
    return Panel("甲", (Line("编号", number),), order=90)


def _second(_actor: object, number: int) -> Panel | None:
    return Panel("乙", order=10) if number > 1 else None


def test_panels_stand_in_their_order_and_none_is_left_out() -> None:
    register_panel("some.noun", _first)
    register_panel("some.noun", _second)
    assert [panel.title for panel in panels_of("some.noun", 2, None)] == ["乙", "甲"]
    assert [panel.title for panel in panels_of("some.noun", 1, None)] == ["甲"]


def test_registering_twice_changes_nothing() -> None:
    register_panel("some.noun", _first)
    register_panel("some.noun", _first)
    assert len(panels_of("some.noun", 5, None)) == 1


def test_a_noun_without_panels_has_none() -> None:
    assert panels_of("other.noun", 1, None) == []
