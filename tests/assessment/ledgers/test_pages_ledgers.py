"""The ledgers' pages by role; numbers on the page are those of the selectors, and open their lists."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from longzhong.kit import clock
from longzhong.kit.clock import CST
from tests.assessment.ledgers.make import OFTEN, a_row
from tests.cases.hotline.make import Hotline

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 20, 9, tzinfo=CST)


def on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=CST)


@pytest.fixture
def june(hotline: Hotline) -> Hotline:
    """June 2026: seven complaints, five upheld of which two corrected; a report; June 2025: ten upheld and four reports."""
    for day in range(1, 8):
        a_row(hotline, on(6, day), verdict="upheld" if day < 6 else "dismissed", final="dismissed" if day < 3 else "",
              code=OFTEN if day == 7 else "complaint.service.hall_attitude", about=hotline.county.staff["zhang"])  # fmt: skip
    a_row(hotline, on(6, 9), kind="report")
    for day in range(1, 11):
        a_row(hotline, on(6, day, 2025))
    for day in range(1, 5):
        a_row(hotline, on(6, day, 2025), kind="report")
    return hotline


@pytest.mark.proves("S4-40", page="ledgers:home", service="longzhong.assessment.ledgers.selectors.reading.ledger")
@pytest.mark.proves("S0-03", page="ledgers:home", service="longzhong.assessment.ledgers.selectors.reading.unit_lines")
def test_both_ledgers_stand_on_the_page(june: Hotline) -> None:
    with clock.frozen(NOW):
        office = june.client("office", "quality")
        text = office.get("/ledgers/?span=2026-06").content.decode()
        for words in (
            "2026年6月",
            "属实（申诉前）",
            "属实（申诉后）",
            "-30.00 %",
            "42.86",
            "申诉前 71.43 %",
            "每万户",
            "同级名次",
        ):
            assert words in text, words
        rows = set(
            re.findall(r"/complaints/\d+/", office.get("/ledgers/behind/?span=2026-06&side=final").content.decode())
        )
        assert len(rows) == 3
        before = office.get("/ledgers/?span=2026-06&asof=2026-06-15").content.decode()
        assert "台账截至 2026-06-15" in before
        assert len(set(re.findall(r"/complaints/\d+/", office.get(
            "/ledgers/behind/?span=2026-06&side=final&asof=2026-06-15").content.decode()))) == 5  # fmt: skip


@pytest.mark.proves("S4-41", page="ledgers:home", service="longzhong.assessment.ledgers.selectors.reading.ledger")
def test_reports_are_counted_apart(june: Hotline) -> None:
    with clock.frozen(NOW):
        text = june.client("office", "quality").get("/ledgers/?span=2026-06&kind=report").content.decode()
    assert "-75.00 %" in text  # one after four
    assert "小样本" in text


@pytest.mark.proves("S0-15", page="ledgers:analysis", service="longzhong.assessment.ledgers.selectors.parts.breakdown")
@pytest.mark.proves("S2-05", page="ledgers:analysis", service="longzhong.assessment.ledgers.selectors.parts.breakdown")
def test_the_vital_few_are_named_in_a_sentence(june: Hotline) -> None:
    with clock.frozen(NOW):
        office = june.client("office", "quality")
        text = office.get("/ledgers/analysis/?span=2026-06&by=class").content.decode()
        assert "7 件里，投诉 / 服务占 85.7%" in text
        for by in ("category", "cause", "unit", "department", "area", "channel", "hour", "weekday", "weather", "grade"):
            assert office.get(f"/ledgers/analysis/?span=2026-06&by={by}").status_code == 200


@pytest.mark.proves("S2-03", page="ledgers:analysis", service="longzhong.assessment.ledgers.selectors.parts.breakdown")
def test_the_share_of_manner_is_said(june: Hotline) -> None:
    with clock.frozen(NOW):
        text = june.client("office", "quality").get("/ledgers/analysis/?span=2026-06&by=attitude").content.decode()
    assert "态度类 6 件，占 85.7%" in text


@pytest.mark.proves("S2-04", page="ledgers:analysis", service="longzhong.assessment.ledgers.selectors.parts.breakdown")
def test_causes_are_the_five(june: Hotline) -> None:
    with clock.frozen(NOW):
        text = june.client("office", "quality").get("/ledgers/analysis/?span=2026-06&by=cause").content.decode()
    assert "服务态度" in text
    assert "未定主因" in text  # what wasn't upheld has no cause


def test_whom_complaints_are_about_is_for_the_office_and_leaders(june: Hotline) -> None:
    with clock.frozen(NOW):
        office, head = june.client("office", "quality"), june.client("head", "station")
        assert "张惠芳" in office.get("/ledgers/analysis/?span=2026-06&by=staff").content.decode()
        asked = head.get("/ledgers/analysis/?span=2026-06&by=staff").content.decode()
        assert "张惠芳" not in asked
        assert "被投诉人" not in asked


@pytest.mark.parametrize(("role", "status"), [("leader", 200), ("auditor", 200), ("desk", 403), ("admin", 403)])
def test_who_reads_the_ledger(hotline: Hotline, role: str, status: int) -> None:
    with clock.frozen(NOW):
        client = hotline.client("boss", role)
        for url in ("/ledgers/", "/ledgers/analysis/", "/ledgers/behind/"):
            assert client.get(url).status_code == status


def test_empty_and_nonsense_addresses_are_answered(hotline: Hotline) -> None:
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        for url in (
            "/ledgers/?span=x&kind=y&asof=z",
            "/ledgers/analysis/?by=nothing",
            "/ledgers/behind/?by=unit&key=abc&side=q",
        ):
            assert office.get(url).status_code == 200
        assert "还没有纳入治理的投诉" in office.get("/ledgers/").content.decode()


def test_the_pages_cost_few_queries(june: Hotline) -> None:
    with clock.frozen(NOW):
        office = june.client("office", "quality")
        for url, most in (
            ("/ledgers/?span=2026-06", 16),
            ("/ledgers/analysis/?span=2026-06", 12),
            ("/ledgers/behind/?span=2026-06", 12),
        ):
            office.get(url)
            with CaptureQueriesContext(connection) as asked:
                office.get(url)
            assert len(asked) <= most, (url, len(asked))
