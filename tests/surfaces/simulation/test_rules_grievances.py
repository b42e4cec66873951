"""What the demo county complains of: shares, seasons, outcomes; the same seed gives the same years."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from longzhong.cases.complaints.rules.deciding import Finding, flaw
from longzhong.surfaces.simulation.rules.grievances import KINDS, REPORT, Grievance, drawn, grievances, heard
from longzhong.surfaces.simulation.rules.laments import TEXTS

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = grievances(206, 20_000, SINCE, 365, 240)
COMPLAINTS = [one for one in YEAR if one.category != REPORT]


def share(part: list[Grievance], whole: list[Grievance]) -> float:
    return len(part) / len(whole)


def test_the_shares_are_those_that_counties_tell() -> None:
    assert sum(width for _category, width in KINDS) == pytest.approx(1.0)
    assert share([one for one in COMPLAINTS if one.topic == "quality"], COMPLAINTS) == pytest.approx(0.31, abs=0.02)
    assert Counter(one.category for one in COMPLAINTS).most_common(1)[0][0] == "complaint.quality.frequent"
    service = [one for one in COMPLAINTS if one.topic == "service"]
    assert share([one for one in service if one.category.endswith("_attitude")], service) > 0.5


def test_summer_is_heavier_than_spring() -> None:
    months = Counter(one.at.month for one in YEAR)
    assert months[7] + months[8] > 1.6 * (months[4] + months[5])


def test_all_lie_in_the_year_and_in_order() -> None:
    assert [one.at for one in YEAR] == sorted(one.at for one in YEAR)
    assert YEAR[0].at >= SINCE and YEAR[-1].at < SINCE + timedelta(days=365)


def test_the_same_seed_tells_the_same_and_another_one_doesnt() -> None:
    assert grievances(206, 20_000, SINCE, 365, 240) == YEAR
    assert grievances(207, 20_000, SINCE, 365, 240) != YEAR


@pytest.mark.parametrize("one", YEAR[:60], ids=lambda one: f"{one.category} {one.verdict}")
def test_every_outcome_is_one_that_may_be_decided(one: Grievance) -> None:
    assert flaw(Finding(one.verdict, one.responsibility, one.cause)) is None
    assert bool(one.cause) == (one.verdict != "dismissed")
    assert not one.appeals or one.verdict != "dismissed"
    assert TEXTS[one.category]


@pytest.mark.parametrize("category", [*sorted(TEXTS), "opinion.other"])
def test_what_is_told_on_the_telephone_may_be_decided_too(category: str) -> None:
    words = {"at": SINCE, "category": category, "channel": "95598", "secrecy": "open", "accused": False}
    told = [heard(206, number, **words) for number in range(40)]
    assert {flaw(Finding(one.verdict, one.responsibility, one.cause)) for one in told} == {None}
    assert {one.verdict for one in told} == {"dismissed", "upheld", "partly"}
    assert heard(206, 7, **words) == told[7]


def test_appeals_turn_some_and_storms_are_of_the_warm_months() -> None:
    appealed = [one for one in YEAR if one.appeals]
    assert 0 < len([one for one in appealed if one.appeals[-1] == "allowed"]) < len(appealed)
    assert all(5 <= one.at.month <= 9 for one in YEAR if one.thunder) and any(one.thunder for one in YEAR)


def test_the_last_word_stands_where_shares_fall_short_of_one() -> None:
    assert drawn((("a", 0.4), ("b", 0.5)), 0.95) == "b"
