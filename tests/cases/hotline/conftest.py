"""Browsers of the hotline's people, and what the classifier says."""

import pytest
from django.test import Client

from longzhong.cases.hotline.selectors.guessing import Guess, Guesses
from longzhong.sensing.texts.selectors import Suggestion
from tests.cases.hotline.make import Hotline, category


@pytest.fixture
def desk(hotline: Hotline) -> Client:
    return hotline.client()


@pytest.fixture
def head(hotline: Hotline) -> Client:
    return hotline.client("head", "station")


@pytest.fixture
def zhang(hotline: Hotline) -> Client:
    return hotline.client("zhang", "grid")


@pytest.fixture
def guessing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A classifier that knows what 没电 means, half knows 电费, and nothing else."""

    def known(text: str, _at: object) -> Guesses:
        if "没电" in text:
            return Guesses((guess("repair.lv.single_out", 0.93), guess("repair.lv.area_out", 0.04)), sure=True)
        return (
            Guesses((guess("enquiry.bill", 0.5), guess("query.balance", 0.4)), sure=False)
            if "电费" in text
            else Guesses()
        )

    def guess(code: str, confidence: float) -> Guess:
        return Guess(category(code), code, code, confidence)

    monkeypatch.setattr("longzhong.sensing.texts.selectors.suggest", known)


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The classifier knows nothing, so that what the order says is all there is."""
    nothing = Suggestion((), sure=False, model="")
    monkeypatch.setattr("longzhong.sensing.texts.selectors.suggest", lambda _text, _at: nothing)
