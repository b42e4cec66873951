"""The small town of tests/sensing/outages with the shipped texts and a fake way out; tellings reached through services."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from longzhong.dispatch.notifications import services as notices
from longzhong.dispatch.notifications.gateways import Outgoing
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.kit import clock
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.sensing.announcements import services
from longzhong.sensing.announcements.models import Errand, Proposal, Round
from longzhong.sensing.announcements.rules import Audience, Given, NewTelling, Tale
from longzhong.sensing.outages.models import Outage
from tests.dispatch.matters.pictures import jpeg
from tests.dispatch.notifications.make import Fake, a_provider, send
from tests.sensing.outages.make import MACHINE, NOW, Place, a_place, at

EVERYBODY = tuple(Audience)
BY_MESSAGE = (Audience.ACCOUNTS, Audience.LEADERS, Audience.PARTNERS)
ADDED = (
    AccountRow(code="4200000000006", name="凤凰村委会", area_code="A2", town="尹集乡", village="凤凰村", phone="13800138006",
               contact="郝东生", relation="committee"),
    AccountRow(code="4200000000007", name="名仕物业公司", kind="business", area_code="A1", town="檀溪街道", estate="名仕家天下",
               phone="13800138007", contact="徐元直", relation="estate"),
)  # fmt: skip
_keys = itertools.count()


def key() -> str:
    return f"announce-{next(_keys):06}"


@dataclass(frozen=True)
class Here:
    """The place with a fake provider of short messages, by whom everything that goes out is seen."""

    place: Place
    sms: Fake

    def actor(self, role: str, unit: str = "42060201", staff: str = "S3", *, grid: str = "") -> Actor:
        """Somebody of the staff with one role over a unit (or one cell of it)."""
        city = self.place.net.city
        scope = Scope(role, frozenset({self.place.unit(unit)}), frozenset({city.grids[grid]}) if grid else None)
        return Actor(800 + int(staff[1:]), city.staff[staff], f"{role} {staff}", (scope,))

    @property
    def quality(self) -> Actor:
        units = frozenset(self.place.unit(code) for code in ("420602", "42060201", "42060202"))
        return Actor(811, None, "优服办", (Scope("quality", units),))

    @property
    def out(self) -> list[Outgoing]:
        """The short messages that went out."""
        return [one for one in self.sms.got if one.address.isdigit()]

    def send(self, when: datetime = NOW) -> None:
        send(self.sms, when)


def a_here() -> Here:
    place = a_place()
    customers.keep_accounts(rows=ADDED, by=MACHINE, at=NOW)
    assert services.keep_templates(by=MACHINE, at=NOW) == 8
    services.keep_demo_provider(by=MACHINE, at=NOW)
    a_provider("sms-a")
    return Here(place, Fake())


def temporary(here: Here, starts: str = "03-04 09:00", ends: str = "03-04 18:00", **more: Any) -> Outage:
    """A temporary outage of the whole feeder, with an important customer behind it; announced 48 hours ahead."""
    return here.place.plan(starts, ends, feeders="F1", kind="temporary", exemption="", **more)


def planned(here: Here, starts: str = "03-12 08:00", ends: str = "03-12 18:00", **more: Any) -> Outage:
    return here.place.plan(starts, ends, feeders="F1", exemption="", **more)


def tell(
    here: Here, outage: Outage, tale: Tale = Tale.PLAN, audiences: tuple[Audience, ...] = EVERYBODY, *,
    by: Actor | None = None, when: datetime = NOW, fill: bool = True, **more: Any,
) -> Round:  # fmt: skip
    """A telling, with its recipients resolved; not sent yet."""
    channels = more.pop("channels", ("sms", "portal", "wecom"))
    telling = NewTelling(outage_id=outage.pk, tale=tale, audiences=audiences, channels=channels, **more)
    made = services.tell_outage(telling=telling, key=key(), by=by or here.quality, at=when)
    if fill:
        services.fill_rounds(by=MACHINE, at=when)
    return Round.objects.get(pk=made)


def release(here: Here, row: Round, when: datetime = NOW) -> Notice:
    """The person presses 发送; the workers send."""
    assert row.notice_id is not None
    notices.queue_notice(notice_id=row.notice_id, by=here.quality, at=when)
    here.send(when)
    return Notice.objects.get(pk=row.notice_id)


def heard() -> None:
    deliver_all(twice=True)


def at_once(when: datetime) -> Any:
    return clock.frozen(when)


def texts(here: Here) -> list[str]:
    return [one.text for one in here.out]


def skipped(row: Round) -> list[str]:
    rows = Message.objects.filter(notice=row.notice_id, state="skipped").order_by("id")
    return list(rows.values_list("reason", flat=True))


def paper(outage: Outage, state: str = "open") -> Errand:
    return Errand.objects.get(outage=outage, kind="written", state=state)


def postings(outage: Outage, state: str = "open") -> list[Errand]:
    return list(Errand.objects.filter(outage=outage, kind="posting", state=state).order_by("place"))


def proposal(outage: Outage) -> str:
    row = Proposal.objects.filter(outage=outage, closed_at=None).first()
    return row.tale if row else ""


def photo(placed: bool = True) -> services.Upload:
    return services.Upload("photo", "照片.jpg", jpeg(lat=32.01, lon=112.12) if placed else jpeg())


def do(
    errand: Errand, verb: str, by: Actor, *, when: datetime = NOW, photos: tuple[Any, ...] | None = None, **given: Any
) -> Errand:
    shots = (photo(),) if photos is None and verb in ("serve", "post") else photos or ()
    services.take_step(errand_id=errand.pk, verb=verb, given=Given(**given), photos=shots, key=key(), by=by, at=when)
    errand.refresh_from_db()
    return errand


def refused(code: str, act: Any, *args: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as error:
        act(*args, **given)
    assert error.value.code == code, error.value
    return error.value


HOUR = timedelta(hours=1)
__all__ = [
    "BY_MESSAGE", "EVERYBODY", "HOUR", "MACHINE", "NOW", "Here", "a_here", "at", "at_once", "do", "heard", "key", "paper",
    "photo", "planned", "postings", "proposal", "refused", "release", "skipped", "tell", "temporary", "texts",
]  # fmt: skip
