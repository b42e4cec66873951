"""Notices in a small county: templates, providers, customers with phones; states are reached through services only."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from longzhong.dispatch.notifications import services
from longzhong.dispatch.notifications.gateways import Back, Config, GiveUp, Known, Outcome, Outgoing, Result, TryAgain
from longzhong.dispatch.notifications.models import Message, Notice
from longzhong.dispatch.notifications.rules import (
    Channel,
    Kind,
    NewNotice,
    Purpose,
    Recipient,
    Text,
    Variable,
    VarType,
)
from longzhong.dispatch.notifications.services import NewProvider, NewTemplate
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from tests.dispatch.make import SYSTEM, County, an_area, at

NOON = at("2026-03-02 12:00")
NIGHT = at("2026-03-02 22:30")
MORNING = at("2026-03-03 08:00")
SMS = Text("尊敬的客户，{area}将于{start}停电，涉及户号{account}。回执{ack}")
VARIABLES = (
    Variable("area", "台区", longest=20, sample="檀溪1号台区"),
    Variable("start", "开始时间", VarType.MOMENT, 16, sample="2026-03-03 09:00"),
    Variable("account", "户号", VarType.CODE, 40, joined=True, sample="****0001"),
)
COMMON = {"area": "檀溪1号台区", "start": "2026-03-03 09:00"}


def a_template(**changes: Any) -> None:
    values: dict[str, Any] = {
        "code": "planned", "title": "计划停电", "purpose": Purpose.SERVICE, "signature": "襄阳供电", "variables": VARIABLES,
        "texts": {
            Channel.SMS: SMS, Channel.EMAIL: Text("{area}将于{start}停电，户号{account}。", "{area}停电"),
            Channel.PORTAL: Text("{area}将于{start}停电，户号{account}。"), Channel.WECOM: Text("{area}将于{start}停电{account}"),
            Channel.WEBHOOK: Text("{area}{start}{account}"),
        },
    }  # fmt: skip
    services.keep_template(template=NewTemplate(**{**values, **changes}), by=SYSTEM, at=NOON)


FIELDS = '{"mobile": "{address}", "content": "{text}", "sid": "{our_id}"}'


def a_provider(code: str = "sms-a", kind: Kind = Kind.SMS_HTTP, **changes: Any) -> int:
    settings = {"url": "http://127.0.0.1:9", "fields": FIELDS} if kind is Kind.SMS_HTTP else {}
    values: dict[str, Any] = {"code": code, "name": code, "kind": kind, "settings": settings, "rate_per_s": 10_000.0}
    return services.keep_provider(provider=NewProvider(**{**values, **changes}), by=SYSTEM, at=NOON).pk


def accounts(county: County, number: int = 5, *, first: int = 1, **changes: Any) -> list[int]:
    """Accounts at one area, each with a mobile of its own."""
    an_area(county)
    rows = [
        AccountRow(**{
            "code": f"42000000{n:05}", "name": "张惠芳", "area_code": "A1", "town": "檀溪街道", "estate": "名仕家天下",
            "phone": f"1380013{n:04}", **changes,
        })
        for n in range(first, first + number)
    ]  # fmt: skip
    customer_services.keep_accounts(rows=rows, by=SYSTEM, at=NOON)
    found = customers.account_ids([row.code for row in rows])
    return [found[row.code] for row in rows]


def to_accounts(ids: Sequence[int]) -> list[Recipient]:
    return [Recipient(account_id=one, params={"account": f"****{n:04}"}) for n, one in enumerate(ids, start=1)]


def compose(
    county: County, recipients: Sequence[Recipient], when: datetime = NOON, by: Actor = SYSTEM, **changes: Any
) -> Notice:
    values: dict[str, Any] = {"template": "planned", "unit_id": county.station, "params": COMMON, **changes}
    return services.compose(notice=NewNotice(**values), recipients=recipients, by=by, at=when)


def queue(notice: Notice, when: datetime = NOON) -> Notice:
    services.queue_notice(notice_id=notice.pk, by=SYSTEM, at=when)
    notice.refresh_from_db()
    return notice


def states(notice: Notice) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Message.objects.filter(notice=notice).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def skips(notice: Notice) -> list[str]:
    return list(Message.objects.filter(notice=notice, state="skipped").order_by("id").values_list("reason", flat=True))


@dataclass
class Fake:
    """A provider in memory: `say(message)` is its answer; TryAgain and GiveUp fly as they come."""

    say: Callable[[Outgoing], Outcome | Exception] = lambda _one: Outcome.SENT
    known: Known = Known.CANT_SAY
    got: list[Outgoing] = field(default_factory=list)
    back: list[Back] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __call__(self, _config: Config) -> "Fake":
        return self

    def send(self, batch: Sequence[Outgoing], _until: float) -> Iterator[Result]:
        for one in batch:
            said = self.say(one)
            if isinstance(said, Exception):
                raise said
            if said in (Outcome.SENT, Outcome.UNKNOWN):
                self.got.append(one)
            if said is not Outcome.NOT_BEGUN:
                ref = f"R{next(self.numbers)}" if said is Outcome.SENT else ""
                yield Result(one.id, said, ref=ref, code="" if ref else "x1")

    def query(self, our_id: str, _ref: str) -> Known:
        self.asked.append(our_id)
        return self.known

    def receipts(self) -> list[Back]:
        told, self.back = self.back, []
        return told

    def close(self) -> None:
        pass


def send(fake: Fake, when: datetime = NOON, rounds: int = 8) -> None:
    """Some rounds of one worker."""
    sender = services.Sender(fake)
    for _ in range(rounds):
        sender.round(by=SYSTEM, at=when)
    sender.close()


__all__ = [
    "COMMON", "MORNING", "NIGHT", "NOON", "VARIABLES", "Fake", "GiveUp", "TryAgain", "a_provider", "a_template",
    "accounts", "compose", "queue", "send", "skips", "states", "to_accounts",
]  # fmt: skip


def queued(county: County, number: int = 4, **changes: Any) -> Notice:
    direct = [Recipient(phone=f"1380013{n:04}", params={"account": f"****{n:04}"}) for n in range(number)]
    return queue(compose(county, direct, **changes))


def later() -> None:
    """The retry moments of waiting messages have come."""
    Message.objects.filter(state="queued").update(next_at=clock.real_now() - timedelta(seconds=1))
    Message.objects.filter(lease_until__isnull=False).update(lease_until=clock.real_now() - timedelta(seconds=1))
