"""Like with like: the same days of the year before, the same units, verdicts as frozen, and lists as long as their numbers."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from longzhong.cases.campaigns import selectors, services
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import Basis, Doubt, Reached
from longzhong.cases.complaints.models import Complaint
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.org import services as org_services
from tests.assessment.ledgers.make import OFTEN, a_row
from tests.cases.campaigns.make import DAY, TODAY, a_campaign, office, on
from tests.cases.hotline.make import MORNING, SYSTEM, Hotline

pytestmark = pytest.mark.django_db
LAST_YEAR = MORNING.replace(year=2025)
HOUSE = Actor.machine("tests")


def a_year_before(hotline: Hotline, *days: int) -> list[Complaint]:
    """Complaints of last year, so many days after the campaign's first."""
    return [a_row(hotline, LAST_YEAR + day * DAY) for day in days]


def lists(hotline: Hotline, row: Campaign, at: Any) -> dict[str, int]:
    """How many matters each number of the page opens to somebody who sees everything."""
    return {
        name: selectors.behind(HOUSE, row.pk, base=base, upheld=upheld, at=at)[1].count()
        for name, base, upheld in (("total", False, False), ("upheld", False, True), ("base_total", True, False),
                                   ("base_upheld", True, True))
    }  # fmt: skip


def numbers(row: Campaign, at: Any) -> dict[str, int]:
    found = selectors.counting_for(row, at)
    assert found is not None
    return {name: getattr(found, name) for name in ("total", "upheld", "base_total", "base_upheld")}


def test_half_a_campaign_is_held_against_the_same_half_of_last_year(hotline: Hotline) -> None:
    a_year_before(hotline, 1, 3, 4, 20, 21, 22, 23, 24, 25, 26)
    row = a_campaign(hotline, basis=Basis.YEAR)
    a_row(hotline, MORNING + DAY)
    a_row(hotline, MORNING + 2 * DAY)
    at = MORNING + 4 * DAY
    found = selectors.counting_for(row, at)
    assert found is not None
    assert (found.days, found.total) == (5, 2)
    assert (found.base_to, found.base_days, found.base_total) == (date(2025, 3, 6), 5, 3)
    assert found.elapsed == pytest.approx(4 + 9 / 24)  # today's morning is no whole day
    assert found.rate is not None and found.rate.value == pytest.approx((2 / 4.375) / (3 / 5))
    assert row.base_total == 10  # what was frozen stays
    whole = selectors.counting_for(row, MORNING + 40 * DAY)
    assert whole is not None and (whole.base_total, whole.base_days, whole.elapsed) == (10, 30, 30.0)


def test_the_baseline_of_last_year_ends_and_goes_on_with_the_campaign(hotline: Hotline) -> None:
    old = a_year_before(hotline, 1, 3, 20, 35)
    row, who = a_campaign(hotline, basis=Basis.YEAR), office(hotline)
    assert (row.base_total, row.base_to) == (3, date(2025, 3, 31))
    Complaint.objects.filter(pk=old[0].pk).update(  # an appeal that came after the start
        corrected_by="appeals.appeal:1", final_verdict="dismissed", final_at=MORNING + DAY
    )
    services.end(campaign_id=row.pk, by=who, at=MORNING + 9 * DAY)
    row.refresh_from_db()
    assert (row.base_to, row.base_total, row.base_upheld) == (date(2025, 3, 11), 2, 2)
    services.extend(campaign_id=row.pk, ends_on=on(39), reason="巩固成果", by=who, at=MORNING + 10 * DAY)
    row.refresh_from_db()
    assert (row.base_to, row.base_total, row.base_upheld) == (date(2025, 4, 10), 4, 4)


def test_the_form_offers_the_year_before(hotline: Hotline) -> None:
    with clock.frozen(MORNING):
        page = hotline.client("office", "quality").get("/campaigns/new/").content.decode()
    assert re.search(r'value="year"[^>]*selected', page) and "自己回落" in page


def test_a_baseline_of_the_days_before_stays_as_it_is(hotline: Hotline) -> None:
    a_row(hotline, MORNING - 3 * DAY)
    row, who = a_campaign(hotline), office(hotline)
    services.end(campaign_id=row.pk, by=who, at=MORNING + 9 * DAY)
    services.extend(campaign_id=row.pk, ends_on=on(59), reason="巩固成果", by=who, at=MORNING + 10 * DAY)
    row.refresh_from_db()
    assert (row.base_from, row.base_to, row.base_total) == (on(-30), on(-1), 1)


@pytest.mark.parametrize("basis", list(Basis))
def test_every_number_opens_its_list_before_and_after_what_was_frozen_changed(hotline: Hotline, basis: Basis) -> None:
    old = [*a_year_before(hotline, 1, 2), a_row(hotline, MORNING - 9 * DAY), a_row(hotline, MORNING - 8 * DAY)]
    row, who = a_campaign(hotline, basis=basis), office(hotline)
    new = [a_row(hotline, MORNING + day * DAY) for day in (1, 2, 3)]
    moments = {"running": MORNING + 5 * DAY, "corrected": MORNING + 12 * DAY, "judged": MORNING + 45 * DAY}
    assert lists(hotline, row, moments["running"]) == numbers(row, moments["running"])
    Complaint.objects.filter(pk__in=[old[0].pk, old[2].pk, new[0].pk]).update(
        corrected_by="appeals.appeal:1", final_verdict="dismissed", final_at=MORNING + 10 * DAY
    )
    assert lists(hotline, row, moments["corrected"]) == numbers(row, moments["corrected"])
    services.end_due(by=HOUSE, at=MORNING + 31 * DAY)
    services.judge(campaign_id=row.pk, conclusion="窗口投诉减少", by=who, at=MORNING + 32 * DAY)
    row.refresh_from_db()
    Complaint.objects.filter(pk=new[1].pk).update(
        corrected_by="appeals.appeal:2", final_verdict="dismissed", final_at=MORNING + 40 * DAY
    )
    found = numbers(row, moments["judged"])
    assert found == {"total": 3, "upheld": 2, "base_total": 2, "base_upheld": 2}
    assert lists(hotline, row, moments["judged"]) == found


def test_a_station_that_moves_away_is_no_success(hotline: Hotline) -> None:
    other = hotline.county.other_station
    a_row(hotline, MORNING - 3 * DAY, unit=other)
    row = a_campaign(hotline)
    a_row(hotline, MORNING + DAY, unit=other)
    org_services.move_unit(
        unit_id=other, parent_id=hotline.county.city, from_on=on(5), reason="机构调整", by=SYSTEM, at=MORNING + 2 * DAY
    )
    assert numbers(row, MORNING + 8 * DAY) == {"total": 1, "upheld": 1, "base_total": 1, "base_upheld": 1}


def test_what_all_others_did_over_the_same_days_stands_beside_it(hotline: Hotline) -> None:
    for hour in range(12):
        a_row(hotline, MORNING - timedelta(days=3, hours=hour))
        a_row(hotline, MORNING - timedelta(days=4, hours=hour), code=OFTEN)
    row = a_campaign(hotline)
    at = MORNING + 29 * DAY
    card = selectors.campaign_card(office(hotline), row.pk, at)
    assert card.counted is not None and card.compared is not None
    assert card.reached is Reached.YES and card.counted.rate == card.compared.other
    assert set(card.compared.doubts) == {Doubt.YOUNG, Doubt.PEAK, Doubt.SEASON, Doubt.COMMON, Doubt.SMALL}
    with clock.frozen(at):
        page = hotline.client("office", "quality").get(f"/campaigns/{row.pk}/").content.decode()
    for words in ("看成效之前", "均值回归", "同一季节", "同期其他投诉", "件数很少"):
        assert words in page, words


def test_a_campaign_of_the_first_day_counts_the_hours_that_are_over(hotline: Hotline) -> None:
    row = a_campaign(hotline, starts_on=TODAY, ends_on=TODAY + 9 * DAY)
    found = selectors.counting_for(row, MORNING)
    assert found is not None and found.elapsed == pytest.approx(9 / 24)
    ahead = a_campaign(hotline, starts_on=TODAY + DAY, ends_on=TODAY + 9 * DAY)
    nothing = selectors.counting_for(ahead, MORNING)
    assert nothing is not None and (nothing.days, nothing.total, nothing.rate) == (0, 0, None)
    assert selectors.campaign_card(office(hotline), ahead.pk, MORNING).compared is None
