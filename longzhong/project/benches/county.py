"""What the benchmark of cases stands on: a county, its desk, the cases it makes, their copies, and the pages asked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from longzhong.cases.hotline import services as hotline
from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.words import Channel
from longzhong.dispatch.matters.models import ChainHead, Clock, Step, StepWords
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from longzhong.kit.actor import Actor, Scope
from longzhong.project import serving
from longzhong.project.benches.multiply import STRIDE, multiply
from longzhong.register.access.models import User
from longzhong.register.categories import selectors as categories
from longzhong.register.customers.models import Account
from longzhong.register.org import selectors as org
from longzhong.sensing.texts.selectors import make_texts
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.services import Order, build_county

FIRST_DAY = date(2026, 8, 6)
TEXTS = 2_000
DISPATCH_EVERY = 4
_PAST = "case when k % 20 = 0 then {c} else 'closed' end"
_LABEL = f"split_part({{c}}, ':', 1) || ':' || (split_part({{c}}, ':', 2)::bigint + k::bigint * {STRIDE})"
_NUMBER = "{c} || '-' || k"
_SHIFTED = f"{{c}} + k::bigint * {STRIDE}"
_ENDED = "case when k % 20 = 0 then {c} else {base} - k * interval '3 days' + interval '1 day' end"
TABLES: Mapping[Any, Mapping[str, str]] = {
    Case: {
        "number": _NUMBER, "state": _PAST, "order_id": _SHIFTED, "external_no": "{c}",
        "closed_at": _ENDED.replace("{base}", '"opened_at"'),
    },
    Call: {"number": _NUMBER},
    CaseParty: {},
    ChainHead: {"matter": _LABEL},
    Step: {},
    StepWords: {},
    Clock: {
        "matter": _LABEL, "lineage": _SHIFTED,
        "state": "case when k % 20 = 0 then {c} else 'stopped' end",
        "ended_at": _ENDED.replace("{base}", '"started_at"'),
        "next_at": "case when k % 20 = 0 then {c} - k * interval '3 days' else null end",
    },
    WorkOrder: {
        "number": _NUMBER, "cause": _LABEL, "state": "case when k % 20 = 0 then {c} else 'verified' end",
        "closed_at": _ENDED.replace("{base}", '"opened_at"'),
    },
}  # fmt: skip


def build() -> datetime:
    """A county of 20,000 customers in the scratch database; returns the moment at which its cases are made."""
    serving.migrate([])
    build_county(
        order=Order(customers=20_000, areas=250, days=1, first_day=FIRST_DAY), say=lambda _stage, _seconds: None
    )
    at = clock.day_start(FIRST_DAY) + timedelta(days=30, hours=10)
    clock.set_county_time(at, speed=0.0)
    return at


class Maker:
    """Somebody at the desk who makes case number n: always the same customer, words and category for the same n."""

    def __init__(self) -> None:
        centre = org.unit_ids({register.CENTRE, register.COUNTY})
        seat = org.staff_with_role(centre[register.CENTRE], "desk", FIRST_DAY)[0]
        units = frozenset(org.descendants(centre[register.COUNTY], FIRST_DAY))
        self.desk = Actor(None, seat, "坐席", (Scope("desk", units),))
        self.texts = make_texts(7, TEXTS)
        self.accounts = list(Account.objects.order_by("id").values_list("id", flat=True))
        self.categories = {code: categories.category(code).id for code in {code for _text, code in self.texts}}

    def open(self, number: int, at: datetime) -> Case:
        """A call that becomes a case."""
        text, code = self.texts[number * 7919 % TEXTS]
        caller = hotline.Caller(account_id=self.accounts[number * 104_729 % len(self.accounts)])
        call = hotline.take_call(call=hotline.NewCall(Channel.PHONE_95598, text, caller), by=self.desk, at=at)
        new = hotline.NewCase(category_id=self.categories[code])
        return hotline.open_case(call_id=call.pk, case=new, by=self.desk, at=at)

    def make(self, number: int, at: datetime) -> None:
        """A case, every fourth handed on."""
        case = self.open(number, at)
        if number % DISPATCH_EVERY == 0:
            hotline.dispatch(case_id=case.pk, by=self.desk, at=at + timedelta(minutes=1))


def multiply_cases(*, copies: int) -> int:
    """Copies of every case with its call, caller, timeline, clocks and order; returns how many cases there are now."""
    settings = connection.settings_dict
    connection.close()
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    multiply(url=url, tables=TABLES, copies=copies)
    return Case.objects.count()


def requests() -> Mapping[str, Callable[[], None]]:
    """The pages, as the quality office asks for them."""
    client = signed_in("quality")
    case = Case.objects.filter(order_id__isnull=False).order_by("id")[17]
    board, detail = reverse("hotline:board"), reverse("hotline:case", args=[case.pk])
    asks: dict[str, tuple[str, dict[str, str]]] = {
        "list50": (board, {}),
        "filter": (board, {"state": "all", "type": "complaint"}),
        "late": (board, {"state": "late"}),
        "detail": (detail, {}),
        "history": (reverse("customers:account", args=[case.account_id]), {}),
    }
    return {name: partial(get, client, path, query) for name, (path, query) in asks.items()}


def get(client: Client, path: str, query: Mapping[str, str]) -> None:
    answer = client.get(path, query)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def signed_in(login: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(login=login))
    session = client.session
    session["seen_at"], session["idle_s"] = clock.real_now().timestamp(), 3600
    session.save()
    return client
