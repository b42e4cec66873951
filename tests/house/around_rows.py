"""Sixty rows for the lists around outages, crews, notices, arrears and reliability, as their tables hold them."""

from datetime import date, datetime, timedelta

from longzhong.assessment.bulletins.models import FeedRead, Subscription
from longzhong.assessment.reliability.models import Guarantee, Season, SeasonItem, Watch
from longzhong.cases.disconnections.models import Arrears, Disconnection
from longzhong.cases.hotline.models import Case
from longzhong.dispatch.crews.models import Access, Crew, CrewMember, CrewShift, JobNote, Plan, Stop, Unplaced
from longzhong.dispatch.notifications.models import Notice, Provider, Template
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import Place
from longzhong.register.customers import selectors as customer_reads
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import selectors as network
from longzhong.register.network import services as areas
from longzhong.register.network.rules import AreaRow
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules import CST
from longzhong.register.org.services import StaffRow
from longzhong.sensing.outages.models import FaultNote, Outage
from longzhong.sensing.outages.models import Stop as AccountStop
from longzhong.sensing.restorations.models import Estimate, RestorationModel
from longzhong.sensing.troubles.models import Trouble
from longzhong.surfaces.portal.models import Rating
from tests.house import hotline_rows as hotline
from tests.register.network.make import Net
from tests.register.org.make import DAY, MACHINE, NOW

AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)
NUMBERS = range(60)
HOUR = timedelta(hours=1)


def here(net: Net) -> int:
    """隆中所."""
    return net.city.units["42060201"]


def places(net: Net) -> list[int]:
    """Sixty areas of cell G1."""
    rows = [AreaRow(f"B{n:03}", f"抢修{n}台区", 200, section_code="S3", grid_code="G1") for n in NUMBERS]
    areas.keep_areas(rows=rows, by=MACHINE, at=NOW)
    return list(network.area_ids([row.code for row in rows]).values())


def homes(_net: Net) -> list[int]:
    """Sixty accounts behind area A1."""
    rows = [
        AccountRow(code=f"42000000{n:05}", name="张惠芳", area_code="A1", phone=f"138001380{n:02}") for n in NUMBERS
    ]
    customers.keep_accounts(rows=rows, by=MACHINE, at=NOW)
    return list(customer_reads.account_ids([row.code for row in rows]).values())


def repairs(net: Net) -> list[WorkOrder]:
    """A repair at each of sixty areas, each hard to reach."""
    spots = places(net)
    for area in spots:
        at = Place(here(net), net.city.grids["G1"], area)
        orders.open_order(
            kind="repair", cause=f"tests.call:{area}", place=at, priority=2, fault="no_power", by=MACHINE, at=AT
        )
    Access.objects.bulk_create(Access(area_id=area, road="foot", walk_min=40) for area in spots)
    return list(WorkOrder.objects.filter(kind="repair").order_by("id"))


def crews(net: Net) -> None:
    """Thirty crews on shift with a stop each, and thirty orders that nobody got."""
    rows = [StaffRow(f"Q{n:03}", f"钱{n}", "", "42060201", "抢修员", "crew") for n in NUMBERS]
    org_services.keep_staff(rows=rows, from_on=DAY, by=MACHINE, at=NOW)
    people = list(org.staff_ids([row.code for row in rows]).values())
    jobs = repairs(net)
    plan = Plan.objects.create(
        unit_id=here(net), made_at=AT, made_by="钱班长", engine="greedy", seconds=0.1, jobs=60, changes=0
    )
    teams = Crew.objects.bulk_create(
        Crew(
            number=f"C{n:02}",
            name=f"抢修{n}班",
            unit_id=here(net),
            skills=["low_voltage"],
            road="road",
            lat=32,
            lon=112,
        )
        for n in range(30)
    )
    CrewMember.objects.bulk_create(
        CrewMember(crew=crew, staff_id=who, from_on=DAY) for crew, who in zip(teams, people[:30], strict=True)
    )
    CrewShift.objects.bulk_create(CrewShift(crew=one, starts_at=AT - HOUR, ends_at=AT + 8 * HOUR) for one in teams)
    Stop.objects.bulk_create(
        Stop(plan=plan, crew=crew, order=job, position=1, arrive_at=AT, leave_at=AT + HOUR, metres=900, why=["近"])
        for crew, job in zip(teams, jobs[:30], strict=True)
    )
    Unplaced.objects.bulk_create(Unplaced(plan=plan, order=job, reason="shift_over") for job in jobs[30:])
    JobNote.objects.bulk_create(JobNote(order=job, points=50, reasons=["两户特殊客户"], at=AT) for job in jobs)


FIGURES = {
    "asked": 100, "median_abs_error_min": 20.0, "mae_min": 30.0, "coverage": 0.8, "interval": 0.8, "width_min": 90.0,
    "plain": {"median_abs_error_min": 40.0}, "old": None, "by": {},
}  # fmt: skip


def estimates(net: Net) -> None:
    """The latest word about sixty repairs, sixty words that came out, and sixty models."""
    jobs = repairs(net)
    times = {"began_at": AT - HOUR, "low_at": AT, "median_at": AT + HOUR, "high_at": AT + 2 * HOUR}
    Estimate.objects.all().delete()
    Estimate.objects.bulk_create(
        Estimate(label=f"{label}:{job.pk}", title="抢修", unit_id=here(net), stage="reported", at=AT - HOUR, version=1,
                 features={}, restored_at=ended, **times)
        for job in jobs
        for label, ended in (("workorders.order", None), ("outages.outage", AT + HOUR))
    )  # fmt: skip
    RestorationModel.objects.bulk_create(
        RestorationModel(version=n + 1, state="retired" if n else "installed", trained_at=AT, trained_by="系统", rows=9,
                         matters=9, figures=FIGURES)
        for n in NUMBERS
    )  # fmt: skip


def troubles(net: Net) -> None:
    """Sixty probable outages."""
    Trouble.objects.bulk_create(
        Trouble(level="area", device=f"area:{area}", name="抢修台区", unit_id=here(net), began_at=AT - HOUR, last_at=AT,
                confidence=0.7, signals=3, areas=1, accounts=40, found_at=AT)
        for area in places(net)
    )  # fmt: skip


def _outages(net: Net, state: str, **more: object) -> list[Outage]:
    return Outage.objects.bulk_create(
        Outage(number=f"TD{n:04}", kind="planned", state=state, title=f"抢修{n}台区", reason_code="maintenance",
               unit_id=here(net), registered_at=AT, **more)
        for n in NUMBERS
    )  # fmt: skip


def plans(net: Net) -> None:
    """Sixty planned outages that are announced."""
    span = {"planned_start": AT + 30 * HOUR, "planned_end": AT + 38 * HOUR, "expected_end_at": AT + 38 * HOUR}
    _outages(net, "announced", **span)


def faults(net: Net) -> None:
    """Sixty places where a fault was found."""
    past = {"started_at": AT - 9 * HOUR, "restored_at": AT - 5 * HOUR, "closed_at": AT - 4 * HOUR}
    FaultNote.objects.bulk_create(
        FaultNote(outage=one, feeder_id=net.feeders["F1"], pole=f"{n}号杆", cause="tree", found_at=AT - 6 * HOUR)
        for n, one in enumerate(_outages(net, "restored", **past))
    )


def account_stops(net: Net) -> None:
    """Sixty accounts cut off for their bills."""
    AccountStop.objects.bulk_create(
        AccountStop(account_id=one, kind="arrears", source=f"tests.stop:{one}", stopped_at=AT) for one in homes(net)
    )


def owed(net: Net) -> None:
    """Sixty accounts that owe, and a disconnection of each."""
    accounts = homes(net)
    Arrears.objects.bulk_create(
        Arrears(account_id=one, bill="2026-01", amount_fen=18650, due_on=date(2026, 2, 1), kept_at=AT)
        for one in accounts
    )


def disconnections(net: Net) -> None:
    """Sixty disconnections that were proposed."""
    owed(net)
    Disconnection.objects.bulk_create(
        Disconnection(number=f"QF{n:04}", account_id=row.account_id, unit_id=here(net), grid_id=net.city.grids["G1"],
                      owed_fen=18650, due_on=row.due_on, is_resident=True, proposed_at=AT)
        for n, row in enumerate(Arrears.objects.all())
    )  # fmt: skip


def watches(net: Net) -> None:
    """Sixty areas without power again and again."""
    Watch.objects.bulk_create(
        Watch(area_id=area, unit_id=here(net), grid_id=net.city.grids["G1"], level=2, times=4, accounts=50, last_at=AT,
              raised_at=AT)
        for area in places(net)
    )  # fmt: skip


def season(net: Net) -> None:
    """Sixty things to have done before the summer."""
    summer = Season.objects.create(name="迎峰度夏", first_on=date(2026, 6, 1), last_on=date(2026, 9, 15))
    SeasonItem.objects.bulk_create(
        SeasonItem(season=summer, area_id=area, unit_id=here(net), grid_id=net.city.grids["G1"], risk="heavy_load", weight=5,
                   owner_id=net.city.staff["S1"], due_on=date(2026, 5, 20))
        for area in places(net)
    )  # fmt: skip


def guarantees(net: Net) -> None:
    """Sixty guarantee plans."""
    Guarantee.objects.bulk_create(
        Guarantee(account_id=one, unit_id=here(net), grade="first", event="高考", from_on=AT.date(), to_on=AT.date(),
                  sources=2, generator_kw=100, security_kw=80)
        for one in homes(net)
    )  # fmt: skip


def ratings(net: Net) -> None:
    """Sixty customers said how it was."""
    made = hotline.cases(net)
    Rating.objects.bulk_create(
        Rating(
            case=row,
            unit_id=row.unit_id,
            owner_id=row.owner_id or net.city.staff["S1"],
            stars=3,
            key_index=str(row.pk),
            at=AT,
        )
        for row in made[:60]
    )


def templates(_net: Net) -> None:
    """Sixty texts of notices."""
    Template.objects.bulk_create(
        Template(
            code=f"text-{n}",
            edition=1,
            title="计划停电",
            purpose="service",
            texts={"sms": {"body": "停电"}},
            made_at=AT,
        )
        for n in NUMBERS
    )


def notices(net: Net) -> None:
    """Sixty notices that went out."""
    templates(net)
    text = Template.objects.latest("id")
    Notice.objects.bulk_create(
        Notice(number=f"TZ{n:04}", template=text, title="计划停电", purpose="service", unit_id=here(net), channels=["sms"],
               state="done", token="t", expected=10, made_at=AT, counts={"sent": 10})
        for n in NUMBERS
    )  # fmt: skip


def providers(_net: Net) -> None:
    """Sixty ways out."""
    Provider.objects.bulk_create(
        Provider(code=f"way-{n}", name=f"通道{n}", kind="sms_http", channel="sms", place=n) for n in NUMBERS
    )


def feed(net: Net) -> None:
    """Three subscriptions of the department, read once, and sixty new cases and more."""
    hotline.cases(net)
    Case.objects.update(opened_at=AT - HOUR)
    units = net.city.units
    Subscription.objects.bulk_create(
        Subscription(unit_id=units["42"], of_unit_id=units[code], made_at=AT) for code in ("42", "420602", "42060201")
    )
    FeedRead.objects.create(user_id=0, unit_id=units["42"], read_at=AT - 2 * HOUR)


def loop(net: Net) -> None:
    """Cases, outages and alarms that the cockpit counts."""
    hotline.cases(net)
    hotline.dark(net)
