"""Points of sensitivity, cell by cell, and words of reasons."""

import pytest

from longzhong.sensing.restorations.rules import Limits, Sensitive, reason_words, sensitivity


@pytest.mark.parametrize(
    ("known", "points", "first"),
    [
        (Sensitive(), 0, ""),
        (Sensitive(supreme=1), 40, "特级、一级重要用户 1 户 +40"),
        (Sensitive(important=1), 25, "重要用户 1 户 +25"),
        (Sensitive(important=9), 30, "重要用户 9 户 +30"),
        (Sensitive(medical=1), 35, "家用医疗设备 1 户 +35"),
        (Sensitive(special=1), 12, "特殊群体 1 户 +12"),
        (Sensitive(special=30), 20, "特殊群体 30 户 +20"),
        (Sensitive(sensitive=2), 10, "敏感客户 2 户 +10"),
        (Sensitive(outages=1), 0, ""),
        (Sensitive(outages=2), 10, "近期第 2 次停电 +10"),
        (Sensitive(outages=3), 20, "近期第 3 次停电 +20"),
        (Sensitive(reports=2), 6, "近期报修 2 次 +6"),
        (Sensitive(reports=50), 12, "近期报修 50 次 +12"),
        (Sensitive(customers=49), 0, ""),
        (Sensitive(customers=130), 2, "停电 130 户 +2"),
        (Sensitive(businesses=3), 6, "商业用户 3 户 +6"),
        (Sensitive(hour=19), 6, "晚高峰 +6"),
        (Sensitive(hour=17), 0, ""),
        (Sensitive(hour=2), 3, "夜间 +3"),
        (Sensitive(supreme=3, important=5, medical=1, special=9, outages=4), 100, "特级、一级重要用户 3 户 +40"),
    ],
)
def test_points_and_the_heaviest_reason(known: Sensitive, points: int, first: str) -> None:
    said, reasons = sensitivity(known)
    assert said == points
    assert (reasons[0] if reasons else "") == first


@pytest.mark.parametrize(
    ("name", "value", "times", "words"),
    [
        ("weather", "thunder", 1.48, "天气 雷暴：比平常长 48 %"),
        ("road", "foot", 2.0, "道路条件 无公路：比平常长 100 %"),
        ("customers", 320.0, 0.9, "停电户数 320 户：比平常短 10 %"),
        ("weather", None, 1.1, "天气 未知：比平常长 10 %"),
        ("cause", "tree", 0.8, "故障原因 tree：比平常短 20 %"),
    ],
)
def test_reasons_in_words(name: str, value: object, times: float, words: str) -> None:
    assert reason_words(name, value, times) == words


def test_the_table_by_site() -> None:
    limits = Limits()
    assert [limits.middle(site) for site in ("urban", "rural", "remote", "")] == [225, 330, 480, 225]
