"""Same matter or not: the truth table, cell by cell, with the reasons in words."""

import pytest

from longzhong.cases.hotline.rules.same import Decision, Ending, Offer, Pair, SameLimits, same_matter, topic

LIMITS = SameLimits()
OUT, ONE, LOW, HALL = (
    "repair.lv.area_out",
    "repair.lv.single_out",
    "repair.quality.low",
    "complaint.service.hall_attitude",
)
DAY = 24.0

TABLE = (
    # id, pair, decision, offer
    ("account_open_same", Pair(account=True, code=OUT, earlier_code=OUT), Decision.MERGE, Offer.URGE),
    ("account_closed_same", Pair(account=True, code=LOW, earlier_code=LOW, hours=5 * DAY, ending=Ending.CLOSED),
     Decision.LINK, Offer.REPEAT),
    ("account_closed_on_the_last_day", Pair(account=True, code=LOW, earlier_code=LOW, hours=30 * DAY, ending=Ending.CLOSED),
     Decision.LINK, Offer.REPEAT),
    ("account_closed_too_long_ago", Pair(account=True, code=LOW, earlier_code=LOW, hours=30 * DAY + 1, ending=Ending.CLOSED),
     Decision.NONE, Offer.NONE),
    ("account_open_for_months", Pair(account=True, code=LOW, earlier_code=LOW, hours=90 * DAY), Decision.MERGE, Offer.URGE),
    ("account_other_category_same_words", Pair(account=True, code=HALL, earlier_code=LOW, alike=0.9), Decision.MERGE, Offer.URGE),
    ("account_other_category_other_words", Pair(account=True, code=HALL, earlier_code=LOW, alike=0.02), Decision.NONE, Offer.NONE),
    ("account_other_category_no_words", Pair(account=True, code=HALL, earlier_code=LOW), Decision.NONE, Offer.NONE),
    ("account_same_category_other_words", Pair(account=True, code=LOW, earlier_code=LOW, alike=0.0), Decision.MERGE, Offer.URGE),
    ("meter_only", Pair(meter=True, code=LOW, earlier_code=LOW), Decision.MERGE, Offer.URGE),
    ("moved_house", Pair(account=False, phone=True, code=LOW, earlier_code=LOW, alike=0.6, hours=DAY, ending=Ending.CLOSED),
     Decision.LINK, Offer.REPEAT),
    ("phone_same_item", Pair(phone=True, code=LOW, earlier_code=LOW), Decision.MERGE, Offer.URGE),
    ("phone_other_matter", Pair(phone=True, code=HALL, earlier_code=LOW, alike=0.1), Decision.NONE, Offer.NONE),
    ("neighbour_one_fault", Pair(account=False, area=True, code=OUT, earlier_code="repair.hv.feeder_trip", hours=2),
     Decision.MERGE, Offer.JOIN),
    ("neighbour_complains_of_it", Pair(account=False, area=True, code="enquiry.outage", earlier_code=OUT, hours=24),
     Decision.MERGE, Offer.JOIN),
    ("neighbour_too_late", Pair(account=False, area=True, code=OUT, earlier_code=OUT, hours=24.1), Decision.NONE, Offer.NONE),
    ("neighbour_closed", Pair(account=False, area=True, code=OUT, earlier_code=OUT, hours=2, ending=Ending.CLOSED),
     Decision.NONE, Offer.NONE),
    ("neighbour_outage_and_voltage", Pair(account=False, area=True, code=OUT, earlier_code=LOW, hours=1),
     Decision.NONE, Offer.NONE),
    ("two_single_houses", Pair(account=False, area=True, code=ONE, earlier_code=ONE, hours=1), Decision.NONE, Offer.NONE),
    ("single_house_in_a_dark_area", Pair(account=False, area=True, code=ONE, earlier_code=OUT, hours=1),
     Decision.MERGE, Offer.JOIN),
    ("neighbour_same_attitude_complaint", Pair(area=True, code=HALL, earlier_code=HALL, alike=0.95), Decision.NONE, Offer.NONE),
    ("stranger", Pair(account=False, code=OUT, earlier_code=OUT, alike=1.0), Decision.NONE, Offer.NONE),
    ("nothing_known", Pair(code=OUT, earlier_code=OUT, alike=1.0), Decision.NONE, Offer.NONE),
    ("final_same", Pair(account=True, code=LOW, earlier_code=LOW, ending=Ending.FINAL), Decision.LINK, Offer.LISTEN),
    ("final_years_ago", Pair(account=True, code=LOW, earlier_code=LOW, hours=700 * DAY, ending=Ending.FINAL),
     Decision.LINK, Offer.LISTEN),
    ("final_but_a_new_matter", Pair(account=True, code=HALL, earlier_code=LOW, alike=0.1, ending=Ending.FINAL),
     Decision.NONE, Offer.NONE),
    ("final_of_a_neighbour", Pair(account=False, area=True, code=OUT, earlier_code=OUT, hours=1, ending=Ending.FINAL),
     Decision.NONE, Offer.NONE),
)  # fmt: skip


@pytest.mark.parametrize(("pair", "decision", "offer"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(pair: Pair, decision: Decision, offer: Offer) -> None:
    verdict = same_matter(pair, LIMITS)
    assert (verdict.decision, verdict.offer) == (decision, offer), verdict
    assert 0 <= verdict.score <= 1
    assert (verdict.score >= LIMITS.offer_at) == (decision is not Decision.NONE)
    assert verdict.reasons


def test_reasons_say_why_in_words() -> None:
    moved = Pair(account=False, phone=True, code=LOW, earlier_code=LOW, alike=0.62, hours=72, ending=Ending.CLOSED)
    assert same_matter(moved, LIMITS).reasons == (
        "同一来电号码，户号不同（可能已搬家）", "业务分类相同", "描述相近（62%）", "上一件已归档，距今 3 天"
    )  # fmt: skip
    fault = Pair(account=False, area=True, code=OUT, earlier_code=ONE, hours=3, alike=0.05)
    assert same_matter(fault, LIMITS).reasons == (
        "同一台区，24 小时内报同类问题", "都是停电问题", "描述不同（5%），得分降低", "上一件尚未办结"
    )  # fmt: skip
    assert same_matter(Pair(), LIMITS).reasons == ("户号、电话、电表都不同",)
    assert same_matter(Pair(area=True), LIMITS).reasons[0].startswith("同一台区，但不是")


def test_another_category_lowers_but_does_not_exclude() -> None:
    same, other = (Pair(account=True, code=code, earlier_code=LOW, alike=0.8) for code in (LOW, HALL))
    high, low = same_matter(same, LIMITS), same_matter(other, LIMITS)
    assert high.score > low.score
    assert low.decision is Decision.MERGE
    assert "业务分类不同，得分降低" in low.reasons


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("repair.hv.feeder_trip", "outage"), ("enquiry.outage", "outage"), ("complaint.outage.off_plan", "outage"),
        ("complaint.quality.frequent", "outage"), ("repair.quality.low", "voltage"), ("complaint.quality.voltage", "voltage"),
        ("enquiry.bill", ""), ("repair.hvac", ""), ("", ""),
    ],
)  # fmt: skip
def test_topic(code: str, what: str) -> None:
    assert topic(code) == what


def test_limits_are_the_policies() -> None:
    pair = Pair(account=True, code=LOW, earlier_code=LOW, hours=8 * DAY, ending=Ending.CLOSED)
    assert same_matter(pair, SameLimits(window_d=7)).decision is Decision.NONE
    near = Pair(account=False, area=True, code=OUT, earlier_code=OUT, hours=5)
    assert same_matter(near, SameLimits(merge_h=4)).decision is Decision.NONE
    assert same_matter(near, SameLimits(offer_at=0.95)).decision is Decision.NONE
