"""Public opinion about an estate's transfer, a complaint or an outage is seen from both sides, whichever side tied it."""

import pytest

from longzhong.cases.media import services
from longzhong.cases.transfers import services as transfers
from longzhong.kit import clock
from tests.cases.hotline.make import MORNING, Hotline
from tests.cases.media.make import HOUR, found
from tests.cases.transfers.make import opened

pytestmark = pytest.mark.django_db
NOW = MORNING + HOUR


@pytest.mark.proves("S1-34", page="transfers:detail", service="longzhong.cases.media.services.tie")
def test_a_transfer_shows_what_is_said_of_it_and_the_post_shows_the_transfer(hotline: Hotline) -> None:
    item, row = found(hotline, title="名仕家天下又停电了"), opened(hotline)
    services.tie(item_id=item.pk, address=f"/transfers/{row.pk}/", by=hotline.quality, at=NOW)
    with clock.frozen(NOW):
        office = hotline.client("office", "quality")
        page = office.get(f"/transfers/{row.pk}/").content.decode()
        assert "相关舆情" in page and f"/media/{item.pk}/" in page
        assert f"/transfers/{row.pk}/" in office.get(f"/media/{item.pk}/").content.decode()


def test_a_post_shows_the_transfer_that_tied_it(hotline: Hotline) -> None:
    item, row = found(hotline), opened(hotline)
    transfers.tie(transfer_id=row.pk, address=f"media.item:{item.pk}", by=hotline.head, at=NOW)
    with clock.frozen(NOW):
        page = hotline.client("office", "quality").get(f"/media/{item.pk}/").content.decode()
    assert "小区电力移交" in page and f"/transfers/{row.pk}/" in page and "相关舆情" not in page
