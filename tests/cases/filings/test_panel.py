"""The card “报备” on the page of a case and of a complaint: which filings cover it, never where it would tell who complained."""

import pytest

from longzhong.cases.complaints import selectors as complaints
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import State
from longzhong.kit import clock
from tests.cases.complaints.make import a_complaint, people, someone
from tests.cases.complaints.make import client as browser
from tests.cases.filings.make import HOUR, in_state
from tests.cases.hotline.make import MORNING, Hotline

pytestmark = pytest.mark.django_db
WHEN = MORNING + 3 * HOUR
CARD = "照常办理，统计时标注，不剔除"


def covered_by(hotline: Hotline) -> Filing:
    """A storm over area A1, in force."""
    return in_state(hotline, State.ACCEPTED)


def page(hotline: Hotline, code: str, role: str, url: str) -> str:
    with clock.frozen(WHEN + HOUR):
        return browser(hotline, code, role).get(url).content.decode()


def test_a_covered_complaint_says_so_to_office_and_department(hotline: Hotline) -> None:
    filing, row = covered_by(hotline), a_complaint(hotline, when=WHEN)
    for code, role in (("office", "quality"), ("head", "station")):
        shown = page(hotline, code, role, f"/complaints/{row.pk}/")
        assert CARD in shown and f"/filings/{filing.pk}/" in shown and "2026-03-02 11:00 至 2026-03-03 11:00" in shown
    other = a_complaint(hotline, account=3, when=WHEN)
    assert complaints.filed(people(hotline).office, other.pk) is None


def test_who_may_not_open_a_filing_gets_no_way_to_it(hotline: Hotline) -> None:
    """A grid manager reads the case, and filings are not theirs."""
    filing, row = covered_by(hotline), a_complaint(hotline, when=WHEN)
    shown = page(hotline, "zhang", "grid", f"/complaints/{row.pk}/")
    assert CARD in shown and filing.number in shown and f"/filings/{filing.pk}/" not in shown


def test_the_unit_of_a_secret_complaint_sees_no_filing(hotline: Hotline) -> None:
    """It would tell the customer's area, or the customer."""
    covered_by(hotline)
    row = a_complaint(hotline, when=WHEN, secrecy="confidential")
    unit = (hotline.county.station,)
    assert complaints.filed(people(hotline).office, row.pk) is not None
    for reader in (hotline.head, someone("crew", "crew", unit), people(hotline).leader):
        assert complaints.filed(reader, row.pk) is None
    assert CARD not in page(hotline, "head", "station", f"/complaints/{row.pk}/")
