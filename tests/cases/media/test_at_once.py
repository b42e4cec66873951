"""Two people at the same moment, in transactions of their own."""

import pytest

from longzhong.cases.media import services
from longzhong.cases.media.models import Item
from longzhong.cases.media.rules import State
from tests.cases.hotline.make import MORNING, hotline_county
from tests.cases.hotline.test_services_at_once import at_once
from tests.cases.media.make import MINUTE, in_state, leader, new

pytestmark = pytest.mark.django_db(transaction=True)


def test_found_twice_and_approved_or_returned() -> None:
    hotline = hotline_county()
    given = {"new": new(url="https://a.cn/same"), "unit_id": hotline.county.county, "at": MORNING}
    got = at_once(
        lambda: services.find(by=hotline.quality, **given).number,
        lambda: services.find(by=hotline.desk, **given).number,
    )
    assert "media_known" in got
    assert Item.objects.count() == 1

    row = in_state(hotline, State.DRAFTED)
    who = {"item_id": row.pk, "by": leader(hotline), "at": MORNING + 20 * MINUTE}
    done = at_once(
        lambda: services.approve(**who).state, lambda: services.give_back(reason="语气生硬", **who).state
    )  # an approved text may still be returned; a returned one can't be approved
    row.refresh_from_db()
    assert row.state == State.HANDLING
    assert set(done) <= {"approved", "handling", "wrong_state"}
