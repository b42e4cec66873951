"""What a campaign's page says: how measures stand, what was done when; and its card on a complaint's page."""

import pytest

from longzhong.cases.campaigns import selectors, services
from longzhong.cases.campaigns.pages.words import change_words
from longzhong.cases.complaints.rules.intervals import Interval
from longzhong.kit import clock
from tests.cases.campaigns.make import DAY, a_campaign, office, on
from tests.cases.complaints.make import a_complaint
from tests.cases.hotline.make import MORNING, Hotline

pytestmark = pytest.mark.django_db


def test_measures_say_how_they_stand_and_the_timeline_whose_they_are(hotline: Hotline) -> None:
    row, who = a_campaign(hotline), office(hotline)
    made = [
        services.add_measure(
            campaign_id=row.pk, text=text, owner_id=hotline.head.staff_id or 0, due_on=on(day), by=who, at=MORNING
        )
        for text, day in (("礼仪轮训", 1), ("抽查录像", 9))
    ]
    services.done_measure(campaign_id=row.pk, measure_id=made[1].pk, words="抽查 12 段", by=who, at=MORNING)
    with clock.frozen(MORNING + 3 * DAY):
        shown = hotline.client("office", "quality").get(f"/campaigns/{row.pk}/").content.decode()
    assert "已超期" in shown and "已完成" in shown
    assert "礼仪轮训；责任人：王所长；期限 2026-03-03" in shown and "抽查录像\n抽查 12 段" in shown.replace(
        "<br>", "\n"
    )
    assert "整治措施 · 礼仪轮训" in shown and "取消整治" in shown


def test_the_first_measure_is_called_for(hotline: Hotline) -> None:
    row = a_campaign(hotline)
    with clock.frozen(MORNING):
        shown = hotline.client("office", "quality").get(f"/campaigns/{row.pk}/").content.decode()
    assert 'class="btn btn-primary" data-open="campaign-add_measure"' in shown


def test_a_complaint_shows_campaigns_that_run_not_those_being_planned(hotline: Hotline) -> None:
    running, planned = a_campaign(hotline, title="窗口整治"), a_campaign(hotline, title="还没开始", started=False)
    complaint = a_complaint(hotline)
    card = selectors.panel(office(hotline), complaint.pk)
    assert card is not None and planned.pk != running.pk
    assert [(one.label, one.value) for one in card.lines] == [("整治中", "窗口整治")]
    assert card.lines[0].note == "2026-03-02 起已受理 1 件；基线 0 件，30 天"


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Interval(0.6, 0.419, 0.861), "日均 -40.0%（95% 区间 -58.1% 至 -13.9%）"),
        (Interval(68.57, 29.7, 184.07), "日均是基线的 68.6 倍（95% 区间 29.7 至 184.1 倍）"),
        (None, "没有可比的基线"),
    ],
)
def test_a_change_that_one_can_grasp(rate: Interval | None, words: str) -> None:
    assert change_words(rate) == words
