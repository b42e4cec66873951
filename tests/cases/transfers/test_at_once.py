"""Two people at the same moment, in transactions of their own."""

import pytest

from longzhong.cases.transfers import services
from longzhong.cases.transfers.models import Transfer
from longzhong.cases.transfers.rules import State
from tests.cases.hotline.make import MORNING, hotline_county
from tests.cases.hotline.test_services_at_once import at_once
from tests.cases.transfers.make import HOUR, dept, in_state, new, paper

pytestmark = pytest.mark.django_db(transaction=True)


def test_opened_twice_and_handed_over_twice() -> None:
    hotline = hotline_county()
    given = {"new": new(), "unit_id": hotline.county.station, "at": MORNING}
    got = at_once(
        lambda: services.open_transfer(by=hotline.head, **given).pk,
        lambda: services.open_transfer(by=hotline.manager, **given).pk,
    )
    assert "transfer_standing" in got
    assert Transfer.objects.count() == 1

    row = in_state(hotline, State.CONTRACT, estate="御龙湾")
    who = {"transfer_id": row.pk, "uploads": [paper()], "by": dept(hotline), "at": MORNING + HOUR}
    done = at_once(*[lambda: services.hand_over(contract_no="YJ-9", **who).state] * 2)
    assert sorted(map(str, done)) == ["handed_over", "wrong_state"]
