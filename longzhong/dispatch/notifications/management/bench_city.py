"""What the bench sends to: accounts with sealed phones by COPY, a template, and providers on loopback."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db import connection

from longzhong.dispatch.notifications import services
from longzhong.dispatch.notifications.rules import Channel, Kind, Purpose, Text, Variable, VarType
from longzhong.kit import vault
from longzhong.kit.actor import Actor
from longzhong.register.org import selectors as org
from longzhong.register.org.services import UnitRow, keep_units
from longzhong.register.policies.services import load_packs

BY = Actor.machine("notifications.bench")
CLOSED_EVERY, SHARED_EVERY = 50, 20  # closed accounts; accounts whose phone is that of the one before
DOMAIN = "xy.example.cn"
VARIABLES = (
    Variable("area", "台区", longest=20),
    Variable("start", "时间", VarType.MOMENT, 16),
    Variable("account", "户号", VarType.CODE, 40, joined=True),
)
COMMON = {"area": "檀溪1号台区", "start": "2026-03-09 09:00"}
TEXT = Text("尊敬的客户，{area}将于{start}计划停电，涉及户号{account}，请提前安排。", "{area}计划停电")


def build(accounts: int, at: datetime) -> int:
    """Policies, a unit, a template and so many accounts; returns the unit's id."""
    load_packs(by=BY, at=at)
    keep_units(rows=[UnitRow("CI", "襄阳供电公司", "city")], by=BY, at=at)
    unit_id = org.unit_ids(["CI"])["CI"]
    services.keep_template(
        template=services.NewTemplate(
            code="bench", title="计划停电", purpose=Purpose.SERVICE, signature="襄阳供电", variables=VARIABLES,
            texts={Channel.SMS: TEXT, Channel.EMAIL: TEXT},
        ),
        by=BY, at=at,
    )  # fmt: skip
    columns = (
        "id, code, kind, state, unit_id, town, village, estate, building, place, grams, tokens, name_sealed, room_sealed,"
        " row_digest"
    )
    numbers = range(1, accounts + 1)
    _copy(f"customers_account ({columns})", (_account(n, unit_id) for n in numbers))
    contact = "account_id, relation, phone_sealed, phone_index, preference, preferred, imported"
    _copy(f"customers_contact ({contact})", (_contact(n) for n in numbers))
    with connection.cursor() as cursor:
        cursor.execute("analyze customers_account, customers_contact")
    return unit_id


def expected(accounts: int) -> tuple[int, int]:
    """(messages, skipped) that these accounts make: one a phone of living accounts."""
    living = [n for n in range(1, accounts + 1) if n % CLOSED_EVERY]
    return len({phone(n) for n in living}), accounts - len(living)


def phone(number: int) -> str:
    """The mobile of an account; some share that of the account before."""
    return f"139{number - (number % SHARED_EVERY == 0):08d}"


def http_provider(url: str, rate: float, lease_s: int) -> int:
    """A bulk interface that knows our number and can be asked by it."""
    fields = json.dumps({"mobile": "{address}", "content": "{text}", "sid": "{our_id}"})
    told = {
        "url": f"{url}/send", "fields": fields, "list_key": "list", "results_key": "results", "query_url": f"{url}/query",
        "found_values": "accepted", "missing_values": "unknown",
    }  # fmt: skip
    return _provider("bench-http", Kind.SMS_HTTP, told, {}, rate, lease_s)


def smpp_provider(port: int, rate: float, lease_s: int) -> int:
    told = {"host": "127.0.0.1", "port": str(port), "system_id": "lz", "source": "10690000", "window": "50"}
    return _provider("bench-smpp", Kind.SMS_SMPP, told, {"password": "smpp-pw1"}, rate, lease_s)


def mail_provider(port: int, rate: float, lease_s: int) -> int:
    told = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": f"tz@{DOMAIN}"}
    return _provider("bench-smtp", Kind.EMAIL_SMTP, told, {}, rate, lease_s)


def switch(code: str, enabled: bool, at: datetime) -> None:
    services.switch_provider(code=code, enabled=enabled, by=BY, at=at)


def _provider(
    code: str, kind: Kind, told: dict[str, str], secrets: dict[str, str], rate: float, lease_s: int
) -> int:  # fmt: skip
    row = services.NewProvider(
        code=code, name=code, kind=kind, settings=told, secrets=secrets, rate_per_s=rate, lease_s=lease_s
    )
    return services.keep_provider(provider=row, by=BY, at=datetime.fromisoformat("2026-03-02T12:00:00+08:00")).pk


def _account(number: int, unit_id: int) -> tuple[Any, ...]:
    state = "active" if number % CLOSED_EVERY else "closed"
    return (
        number, f"42{number:011d}", "resident", state, unit_id, "檀溪街道", "", "", "", "", "{}", "{}", "", "", ""
    )  # fmt: skip


def _contact(number: int) -> tuple[Any, ...]:
    plain = phone(number)
    return number, "owner", vault.seal(plain), vault.index(plain, "phone"), "phone", True, True


def _copy(table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cast("Any", cursor).copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
