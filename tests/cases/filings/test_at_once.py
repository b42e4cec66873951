"""Two people at the same moment, in transactions of their own."""

import pytest

from longzhong.cases.filings import services
from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import Given, State
from tests.cases.filings.make import HOUR, dept, in_state, paper
from tests.cases.hotline.make import MORNING, hotline_county
from tests.cases.hotline.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_accepted_by_one_and_returned_by_the_other() -> None:
    hotline = hotline_county()
    row = in_state(hotline, State.SUBMITTED)
    who = {"filing_id": row.pk, "at": MORNING + HOUR}
    got = at_once(
        lambda: services.accept(by=hotline.quality, **who).state,
        lambda: services.give_back(reason="范围太大", by=dept(hotline), **who).state,
    )
    assert "wrong_state" in got
    row.refresh_from_db()
    assert row.state in got

    attach = {
        "verb": "attach",
        "given": Given(reason="照片"),
        "uploads": [paper()],
        "key": "twice-key-1",
        "by": hotline.head,
    }
    before = Filing.objects.filter(state=State.RETURNED).exists()
    pressed = at_once(*[lambda: services.take_step(**attach, **who)] * 2)
    assert pressed == (["wrong_state"] * 2 if before else ["attach"] * 2)
