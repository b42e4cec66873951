"""What the standing county's hotline has: calls, cases on every step, words given, answers for good, files, sheets, bulletins."""

from datetime import date, datetime, timedelta

from longzhong.assessment.bulletins import services as bulletins
from longzhong.cases.explanations import services as explanations
from longzhong.cases.explanations.rules import Use
from longzhong.cases.explanations.selectors import Span
from longzhong.cases.finals.rules import State as Final
from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.words import Channel
from longzhong.cases.hotline.services import Caller
from longzhong.dispatch.workorders import services as orders
from longzhong.kit.outbox import deliver_all
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.services import keep_categories
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from longzhong.sensing.texts import services as texts
from tests.assessment.bulletins.make import key, many_cases
from tests.cases.finals.make import in_state as final_in
from tests.cases.hotline.acts import do_work
from tests.cases.hotline.make import Hotline, a_call, a_case
from tests.cases.nearmisses.make import a_near_miss
from tests.cases.petitioners.make import a_file, an_incident, hall
from tests.cases.petitioners.make import calls as repeated_calls
from tests.dispatch.make import County
from tests.register.customers.make import ROWS as ACCOUNTS
from tests.register.network.make import Net
from tests.register.org.make import DAY, MACHINE, NOW, City
from tests.register.policies.make import change, security
from tests.warm import warm

SEATS = (
    StaffRow("S5", "王坐席", "", "420602", "值班坐席", "desk"),
    StaffRow("S6", "庞统", "", "420602", "优服专责", "quality"),
)
LONG_WORDS = (
    "我们小区从上个月开始三天两头停电，每次都是晚上六点到十点，家里老人靠制氧机，孩子要上网课，打过好几次电话都说在抢修，"
    "可是修好两天又停，请给一个明确说法：到底是什么原因、什么时候彻底解决、停电期间制氧机怎么办；再不解决我就打12345。"
) * 2


def seats(city: City) -> None:
    """People who answer telephones."""
    org_services.keep_staff(rows=SEATS, from_on=DAY, by=MACHINE, at=NOW)
    city.staff.update(org.staff_ids([row.code for row in SEATS]))


def hotline_of(net: Net) -> Hotline:
    """The standing city as the tests of the hotline know theirs. Call it once `seats` and the accounts are there."""
    units, staff, grids = net.city.units, net.city.staff, net.city.grids
    people = {
        "zhang": staff["S1"], "li": staff["S2"], "other": staff["S2"], "head": staff["S3"], "boss": staff["S4"],
        "wang": staff["S5"], "office": staff["S6"],
    }  # fmt: skip
    county = County(
        units["4206"], units["420602"], units["42060201"], units["42060202"], grids["G1"], grids["G2"], people
    )
    ids = customers.account_ids([row.code for row in ACCOUNTS])
    return Hotline(county, {int(code[-1]): one for code, one in ids.items()}, net.areas)


def call_in(net: Net, days: tuple[date, date], now: datetime) -> dict[str, int]:
    """Ids of what there is, by what the screens call it. `days` are days with curves of account 1."""
    warm("categories", lambda: keep_categories(by=MACHINE, at=NOW))
    here = hotline_of(net)
    many_cases(here, number=60)
    ids = _cases(here, now) | _outages(here, now) | _beside(here, days, now)
    deliver_all()
    ids["bulletin"] = _bulletin(here, now)
    ids["category"] = categories.category("complaint.quality.frequent").id
    ids["model"] = _model(now)
    deliver_all()
    return ids


def _cases(here: Hotline, now: datetime) -> dict[str, int]:
    """A repair under way with a promise, a complaint called back and closed, the same matter again, a call that was kept."""
    hour = timedelta(hours=1)
    done = a_case(here, "complaint.quality.frequent", LONG_WORDS, account=1, when=now - 26 * hour, over_level=True)
    services.dispatch(case_id=done.pk, by=here.desk, at=now - 26 * hour + timedelta(minutes=3))
    deliver_all()
    done.refresh_from_db()
    do_work(done, here.manager, now - 24 * hour)
    services.review(case_id=done.pk, passed=True, reason="", by=here.quality, at=now - 22 * hour)
    deliver_all()
    services.record_call(case_id=done.pk, purpose="review", result="satisfied", by=here.desk, at=now - 18 * hour)
    deliver_all()
    work = a_case(here, text=LONG_WORDS, account=1, when=now - 2 * hour)
    services.dispatch(case_id=work.pk, by=here.desk, at=now - 2 * hour + timedelta(minutes=3))
    deliver_all()
    work.refresh_from_db()
    orders.accept(order_id=work.order_id or 0, by=here.manager, at=now - hour)
    deliver_all()
    services.promise(
        case_id=work.pk, text="中午 12:00 前修好并回电", due_at=now + 3 * hour, by=here.manager, at=now - hour
    )
    again = a_case(here, text="又没电了，昨天才修好", account=2, when=now - hour)
    calling = a_case(here, "enquiry.bill", "这个月电费多了一百多", account=2, when=now - 6 * hour)
    services.dispatch(case_id=calling.pk, by=here.desk, at=now - 6 * hour + timedelta(minutes=3))
    deliver_all()
    calling.refresh_from_db()
    do_work(calling, here.manager, now - 5 * hour)
    kept = a_call(here, "喂，听不清，好像说没电", account=None, caller=Caller(phone="13800138009"), when=now - 2 * hour)
    repeated_calls(here, 3)
    return {"case": work.pk, "closed case": done.pk, "again": again.pk, "calling case": calling.pk, "call": kept.pk}


def _outages(here: Hotline, now: datetime) -> dict[str, int]:
    fault = NewReport(
        devices=Devices(areas=(here.areas["A2"],)), started_at=now - timedelta(minutes=40), confirmed=True
    )
    return {"outage": outages.report_outage(report=fault, by=MACHINE, at=now), "dark account": here.accounts[3]}


def _beside(here: Hotline, days: tuple[date, date], now: datetime) -> dict[str, int]:
    """A final answer, an averted complaint, a petitioner's file with somebody at the counter now, an explained bill."""
    again: Case = a_case(here, "enquiry.bill", "要求赔偿停电损失五千元", account=2, channel=Channel.HALL)
    sheet = explanations.explain(
        account_id=here.accounts[1], by=here.head, at=now,
        asked=explanations.Asked(
            span=Span(*days), uses=[Use("fridge", 1, 24), Use("ac_inv_15", 2, 6), Use("heater_tank", 1, 24)]
        ),
    )  # fmt: skip
    return {
        "final": final_in(here, Final.SUBMITTED, again).pk,
        "bill case": a_case(here, "enquiry.bill", "要求按自己的算法退电费", account=4).pk,
        "near miss": a_near_miss(here.head, when=now - timedelta(hours=3), staff_id=here.county.staff["zhang"]),
        "petitioner": a_file(here, reason=LONG_WORDS[:180]).pk,
        "incident": an_incident(here, by=hall(here, "head"), when=now - timedelta(minutes=6), text=LONG_WORDS).pk,
        "sheet": sheet.pk,
    }


def _bulletin(here: Hotline, now: datetime) -> int:
    made = bulletins.draft_week(week=DAY, unit_id=here.county.county, by=MACHINE, at=now)
    bulletins.issue(bulletin_id=made.pk, comment="盯紧承诺，周三前办结超期件", key=key(), by=here.quality, at=now)
    return int(made.pk)


def _model(now: datetime) -> int:
    """A small classifier, trained in a second."""
    change("texts.made_lessons", 300, by=security())
    change("texts.made_until", 200, by=security())
    return int(texts.train(by=MACHINE, at=now).version)
