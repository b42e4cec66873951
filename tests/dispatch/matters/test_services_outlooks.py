"""Expected ends as plain data: the newest word holds, an interval never goes without its middle, the end of the matter ends it."""

from datetime import timedelta

import pytest

from longzhong.dispatch.matters import selectors, services
from longzhong.dispatch.matters.models import Outlook
from longzhong.dispatch.matters.rules import NewOutlook, between_words, expected_words
from longzhong.kit.errors import Refused
from tests.dispatch.make import MORNING, SYSTEM, County, a_county, at

LABEL = "tests.matter:1"


def said(stage: str, middle: float, wide: float = 60) -> NewOutlook:
    end = MORNING + timedelta(minutes=middle)
    return NewOutlook(
        stage, end - timedelta(minutes=wide), end, end + timedelta(minutes=wide), ("天气 雷暴：比平常长 40 %",)
    )


@pytest.mark.parametrize(
    ("low", "middle", "high", "words"),
    [
        ("2026-03-02 16:40", "2026-03-02 18:10", "2026-03-02 19:30", "18:10 前后，多数在 16:40–19:30 之间"),
        (
            "2026-03-02 23:10",
            "2026-03-03 00:30",
            "2026-03-03 02:00",
            "3月3日 00:30 前后，多数在 23:10–3月3日 02:00 之间",
        ),
        (
            "2026-03-03 01:00",
            "2026-03-03 02:00",
            "2026-03-03 03:00",
            "3月3日 02:00 前后，多数在 3月3日 01:00–03:00 之间",
        ),
    ],
)
def test_words_name_another_day_and_never_the_middle_alone(low: str, middle: str, high: str, words: str) -> None:
    assert expected_words(at(low), at(middle), at(high), MORNING) == words
    assert between_words(at(low), at(high), MORNING) in words


@pytest.mark.django_db
def test_the_newest_word_holds_and_a_late_one_changes_nothing() -> None:
    assert services.note_outlook(matter=LABEL, outlook=said("已派单", 300), by=SYSTEM, at=MORNING)
    later = MORNING + timedelta(minutes=40)
    assert services.note_outlook(matter=LABEL, outlook=said("已到场", 180), by=SYSTEM, at=later)
    assert not services.note_outlook(
        matter=LABEL, outlook=said("已接单", 250), by=SYSTEM, at=MORNING + timedelta(minutes=9)
    )
    card = selectors.outlooks([LABEL, "tests.matter:2"], later)[LABEL]
    assert (card.stage, card.said_at, Outlook.objects.count()) == ("已到场", later, 1)
    assert card.why == "按“已到场”于 09:40 估计；天气 雷暴：比平常长 40 %"
    services.end_outlook(matter=LABEL, by=SYSTEM, at=later)
    assert selectors.outlooks([LABEL], later) == {}
    services.note_outlook(matter=LABEL, outlook=said("已派单", 400), by=SYSTEM, at=later + timedelta(minutes=5))
    assert LABEL in selectors.outlooks([LABEL], later), "sent back: it is expected again"


@pytest.mark.django_db
def test_persons_say_it_on_the_matter_itself() -> None:
    county: County = a_county()
    for act in (
        lambda: services.note_outlook(matter=LABEL, outlook=said("已派单", 300), by=county.head, at=MORNING),
        lambda: services.end_outlook(matter=LABEL, by=county.head, at=MORNING),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_allowed"
