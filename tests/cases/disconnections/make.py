"""Accounts that owe, and disconnections in any state, reached through services only."""

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from longzhong.cases.disconnections import services
from longzhong.cases.disconnections.models import Disconnection
from longzhong.cases.disconnections.rules import ArrearsRow, Given
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.sensing.outages import selectors as outages
from tests.cases.hotline.make import LONG_AGO, SYSTEM, Hotline, hotline_county
from tests.dispatch.make import at
from tests.dispatch.workorders.make import photo

START = at("2026-03-02 09:00")  # a Monday
DUE = date(2026, 2, 5)  # overdue 25 days on START, 31 on 8 March
ACT = at("2026-03-11 09:30")  # a Wednesday
HOUR = timedelta(hours=1)
CODE = "420000000000{}"
_keys = itertools.count()


def key() -> str:
    return f"disconnect-{next(_keys):06}"


def town() -> Hotline:
    """The hotline's county with a marketing department that approves."""
    made = hotline_county()
    rows = [StaffRow("dept", "刘主任", "13800000021", "CO", "营销部主任", "dept")]
    org_services.keep_staff(rows=rows, by=SYSTEM, at=LONG_AGO)
    return made


def crew(here: Hotline) -> Actor:
    return here.county.actor("crew", "crew")


def leader(here: Hotline) -> Actor:
    return here.county.actor("boss", "leader", units=(here.county.county, here.county.station))


def bill(
    account: int, month: str = "2026-01", *, fen: int = 18650, due: date = DUE, paid: datetime | None = None
) -> Any:
    return ArrearsRow(CODE.format(account), month, fen, due, paid)


def owes(account: int, *bills: ArrearsRow, when: datetime = START) -> None:
    services.keep_arrears(rows=list(bills) or [bill(account)], by=SYSTEM, at=when)


def proposed(here: Hotline, account: int = 1, *, when: datetime = START) -> Disconnection:
    owes(account, when=when)
    made = services.propose(account_id=here.accounts[account], by=SYSTEM, at=when)
    return Disconnection.objects.get(pk=made)


def contact(here: Hotline, row: Disconnection, *, when: datetime = START + timedelta(hours=2)) -> None:
    given = Given(way="visit", note="外出务工忘缴，答应月底前缴")
    services.contact(disconnection_id=row.pk, given=given, photos=[photo()], by=here.head, at=when)


def notice(here: Hotline, row: Disconnection, *, when: datetime = START + timedelta(hours=3)) -> None:
    given = Given(receipt="signed")
    services.notice(disconnection_id=row.pk, given=given, photos=[photo()], by=here.head, at=when)


def submit(here: Hotline, row: Disconnection, *, when: datetime = ACT - timedelta(hours=1)) -> None:
    services.submit(disconnection_id=row.pk, given=Given(reason="多次联系仍不缴"), by=here.head, at=when)


def approve(here: Hotline, row: Disconnection, *, when: datetime = ACT - timedelta(minutes=50)) -> None:
    services.approve(disconnection_id=row.pk, given=Given(), by=leader(here), at=when)


def warn(here: Hotline, row: Disconnection, *, when: datetime = ACT - timedelta(minutes=40)) -> None:
    given = Given(way="call", note="电话告知本人，上午停电")
    services.warn(disconnection_id=row.pk, given=given, by=crew(here), at=when)


def execute(here: Hotline, row: Disconnection, *, when: datetime = ACT, photos: Any = None) -> None:
    shots = [photo()] if photos is None else photos
    services.execute(disconnection_id=row.pk, given=Given(), photos=shots, by=crew(here), at=when)


STEPS: tuple[Callable[..., None], ...] = (contact, notice, submit, approve, warn, execute)


def until(here: Hotline, last: Callable[..., None] | None, account: int = 1) -> Disconnection:
    """A disconnection after this step, by the shortest way."""
    row = proposed(here, account)
    for step in STEPS if last else ():
        step(here, row)
        if step is last:
            break
    row.refresh_from_db()
    return row


def refused(code: str, act: Callable[..., Any], *args: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as error:
        act(*args, **given)
    assert error.value.code == code, error.value
    return error.value


def stopped(account_id: int) -> bool:
    """Whether the pool holds a stop of this account that lasts."""
    return outages.visible_stops(SYSTEM).filter(account=account_id, restored_at=None).exists()


def given(row: Disconnection, **more: object) -> dict[str, object]:
    return {"disconnection_id": row.pk, "given": Given(**more), "at": START + 5 * HOUR}  # type: ignore[arg-type]


def security(here: Hotline) -> Actor:
    return here.county.actor("chief", "security", units=(here.county.station, here.county.county, here.county.city))


def pay(here: Hotline, account: int = 1, *, when: object = None) -> int:
    moment = when or ACT + HOUR
    return services.record_payment(account_id=here.accounts[account], paid_at=moment, by=SYSTEM, at=moment)  # type: ignore[arg-type]
