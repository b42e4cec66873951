"""客户侧供电质量每日监测: a scanned day is seen on the area's page."""

import pytest

from longzhong.kit import clock
from tests.sensing.curves.asking import chart, leader, page
from tests.surfaces.cockpit.make import MORNING, county


@pytest.mark.proves("S4-30", page="curves:area", service="longzhong.sensing.curves.services.scan_day")
def test_the_newest_day_shows_limits_gaps_and_the_customer_who_suffers(db, settings, tmp_path):
    settings.VAR = tmp_path
    here = county()
    with clock.frozen(MORNING):
        html = page(leader(here), here)
    voltage = chart(html, "voltage")
    a_phase = next(line for line in voltage["series"] if line["name"] == "A 相")
    assert a_phase["data"][8:11] == [None, None, None]
    assert a_phase["connectNulls"] is False
    assert [mark["yAxis"] for mark in voltage["series"][0]["markLine"]["data"]] == [198.0, 235.4]
    assert any("户表" in line["name"] for line in voltage["series"])
    assert "低于下限 198 V" in html
    assert "缺 3 点" in html
    assert "异常 5 天" in html
