"""Sixty rows for the lists of governance and of customers who leave, as their tables hold them."""

from datetime import datetime, timedelta

from longzhong.cases.analyses.models import Report
from longzhong.cases.appeals.models import Appeal, Window
from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.closures.models import Closure, Household, Project, Telling, ToldAgain
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.filings.models import Filing, Suspension
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.media.models import Item
from longzhong.cases.rectifications.models import Form
from longzhong.cases.transfers.models import Transfer
from longzhong.register.org.rules import CST
from longzhong.sensing.announcements.models import Errand, Round
from longzhong.sensing.outages.models import Outage
from tests.house import around_rows as around
from tests.house import hotline_rows as hotline
from tests.register.network.make import Net

AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)
NUMBERS = range(60)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def complaints(net: Net) -> None:
    """Complaints under investigation, each of a case with a customer; a third of them decided, some corrected since."""
    staff = net.city.staff
    made = hotline.cases(net)
    Complaint.objects.bulk_create(
        Complaint(
            case=row, kind="complaint", state="reviewed" if n % 3 else "decided", category_id=row.category_id,
            unit_id=around.here(net), grid_id=net.city.grids["G1"], department_id=net.city.units["420602D"],
            handler_id=staff["S1"], about_staff_id=staff["S2"], secrecy="open", channel="95598", accepted_at=AT - HOUR,
            due_at=AT + n * HOUR, due_clock="decide", verdict="" if n % 3 else "upheld",
            decided_at=None if n % 3 else AT - HOUR, final_verdict="" if n % 3 else "upheld",
            final_at=None if n % 3 else AT - HOUR, root_cause="" if n % 3 else "attitude",
        )
        for n, row in enumerate(made[:120])
    )  # fmt: skip


def investigated(net: Net) -> None:
    """Complaints that one colleague investigates."""
    complaints(net)
    Complaint.objects.update(
        state="investigating", verdict="", decided_at=None, final_verdict="", final_at=None, root_cause=""
    )


def campaigns(net: Net) -> None:
    """Sixty campaigns that run."""
    complaints(net)
    category = Complaint.objects.values_list("category_id", flat=True)[0]
    rows = Campaign.objects.bulk_create(
        Campaign(
            title=f"第{n}号专项整治", unit_id=net.city.units["420602"], starts_on=AT.date(), ends_on=AT.date() + 30 * DAY,
            basis="before", target_pct=30, state="running", drafted_at=AT, drafted_by_id=net.city.staff["S1"],
            base_from=AT.date() - 31 * DAY, base_to=AT.date() - DAY, base_total=9, base_upheld=4,
        )
        for n in NUMBERS
    )  # fmt: skip
    for row in rows:
        row.categories.add(category)


def filings(net: Net) -> None:
    """Sixty filings that wait for acceptance, and a unit that may not file for a while."""
    unit, staff = around.here(net), net.city.staff["S1"]
    rows = Filing.objects.bulk_create(
        Filing(
            number=f"BB{n:04}", kind="storm", title="大风", grounds="预警", unit_id=unit, state="submitted",
            begins_at=AT + HOUR, ends_at=AT + DAY, drafted_by_id=staff, drafted_at=AT - HOUR, submitted_at=AT - HOUR,
            due_at=AT + HOUR, area_ids=list(net.areas.values()),
        )
        for n in NUMBERS
    )  # fmt: skip
    Suspension.objects.create(unit_id=unit, filing=rows[0], months=1, from_at=AT - DAY, until_at=AT + 30 * DAY)


def media(net: Net) -> None:
    """Sixty things said of sixty areas, some of which have no power."""
    hotline.dark(net)
    places = list(Outage.objects.order_by("id").values_list("affected__area", flat=True))
    Item.objects.bulk_create(
        Item(
            number=f"YQ{n:04}", platform="douyin", topic="outage", title="又停电了", unit_id=around.here(net),
            posted_at=AT - HOUR, found_at=AT - HOUR, found_by_id=net.city.staff["S1"], area_id=places[n % len(places)],
            owner_id=net.city.staff["S3"], views=900, measured_at=AT, suggested="minor", grade="minor", state="handling",
            due_at=AT + HOUR,
        )
        for n in NUMBERS
    )  # fmt: skip


def transfers(net: Net) -> None:
    """Sixty estates to take over."""
    Transfer.objects.bulk_create(
        Transfer(
            number=f"YJ{n:04}", estate=f"名仕家天下{n}期", developer="襄阳名仕置业有限公司", households=800,
            unit_id=around.here(net), grid_id=net.city.grids["G1"], area_id=net.areas["A1"], state="rectifying",
            opened_by_id=net.city.staff["S3"], opened_at=AT - DAY, entered_at=AT - HOUR, due_at=AT + DAY,
        )
        for n in NUMBERS
    )  # fmt: skip


def closures(net: Net) -> list[Closure]:
    """Sixty wishes to close an account."""
    return Closure.objects.bulk_create(
        Closure(
            number=f"XH{n:04}", account_id=one, unit_id=around.here(net), grid_id=net.city.grids["G1"], ground="own",
            channel="hall", kind="close_resident", owner_id=net.city.staff["S1"], next_on=AT.date(), begun_at=AT - DAY,
        )
        for n, one in enumerate(around.homes(net))
    )  # fmt: skip


def demolitions(net: Net) -> None:
    """Sixty projects, the first of them with sixty households to visit today."""
    unit, day = around.here(net), AT.date()
    rows = Project.objects.bulk_create(
        Project(
            number=f"CQ{n:04}", name=f"卧龙岗片区{n}期", unit_id=unit, area_codes=["A1"], from_on=day - DAY,
            responsible_id=net.city.staff["S3"], opened_at=AT - DAY,
        )
        for n in NUMBERS
    )  # fmt: skip
    Household.objects.bulk_create(
        Household(
            project=rows[0], account_id=one, unit_id=unit, grid_id=net.city.grids["G1"], next_on=day, listed_at=AT - DAY,
            changed_at=AT - HOUR,
        )
        for one in around.homes(net)
    )  # fmt: skip


def second_requests(net: Net) -> None:
    """Sixty documents that were asked for a second time."""
    staff = net.city.staff["S1"]
    told = Telling.objects.bulk_create(
        Telling(
            number=f"GZ{n:04}", kind="close_resident", codes=["identity"], unit_id=row.unit_id, grid_id=row.grid_id,
            account_id=row.account_id, closure=row, staff_id=staff, way="print", told_at=AT - DAY,
        )
        for n, row in enumerate(closures(net))
    )  # fmt: skip
    ToldAgain.objects.bulk_create(
        ToldAgain(telling=row, code="seal", unit_id=row.unit_id, staff_id=staff, recorded_by_id=staff, at=AT - HOUR)
        for row in told
    )


def errands(net: Net) -> None:
    """Sixty announcements to post before a planned outage."""
    around.plans(net)
    outage, unit = Outage.objects.latest("id"), around.here(net)
    told = Round.objects.create(
        outage=outage, unit_id=unit, tale="plan", audiences=["postings"], said={}, counted={}, made_at=AT - HOUR
    )
    Errand.objects.bulk_create(
        Errand(
            number=f"TZ{n:04}", round=told, outage=outage, kind="posting", place=f"名仕家天下{n}期", accounts=40, unit_id=unit,
            grid_id=net.city.grids["G1"], owner_id=net.city.staff["S1"], opened_at=AT - HOUR, due_at=AT + DAY,
        )
        for n in NUMBERS
    )  # fmt: skip


def forms(net: Net) -> None:
    """Sixty rectification forms that are being filled."""
    complaints(net)
    Form.objects.bulk_create(
        Form(
            complaint=row, number=f"ZG{row.pk:04}", unit_id=row.unit_id, grid_id=row.grid_id, department_id=row.department_id,
            owner_id=net.city.staff["S3"], opened_at=AT - HOUR, due_at=AT + DAY,
        )
        for row in Complaint.objects.order_by("id")[:60]
    )  # fmt: skip


def reports(net: Net) -> None:
    """Sixty penetration analyses that are being written."""
    complaints(net)
    Report.objects.bulk_create(
        Report(complaint=row, required=True, opened_at=AT - HOUR, due_at=AT + DAY)
        for row in Complaint.objects.order_by("id")[:60]
    )


def appeals(net: Net) -> None:
    """Sixty complaints that may be appealed, each with a draft."""
    complaints(net)
    Complaint.objects.update(
        state="answered", verdict="upheld", decided_at=AT - HOUR, final_verdict="upheld", final_at=AT - HOUR
    )
    windows = Window.objects.bulk_create(
        Window(
            complaint=row, level="first", round=1, opened_at=AT - HOUR, last_at=AT + 5 * DAY, value=5, measure="workday",
            policy_key="appeal.first_wd",
        )
        for row in Complaint.objects.order_by("id")[:60]
    )  # fmt: skip
    Appeal.objects.bulk_create(
        Appeal(
            complaint=row.complaint, window=row, level="first", round=1, ask="dismissed",
            grounds=["responsibility"], basis_sealed="", was_verdict="upheld",
            drafted_by_id=net.city.staff["S3"], drafted_at=AT - HOUR,
        )
        for row in windows
    )  # fmt: skip


def lessons(net: Net) -> None:
    """Sixty typical cases that everybody reads."""
    complaints(net)
    staff, category = net.city.staff["S1"], Complaint.objects.values_list("category_id", flat=True)[0]
    rows = Lesson.objects.bulk_create(
        Lesson(
            title=f"第{n}个案例", happened="三次跑空", missed="没有一次告知", better="清单一次给全", root_cause="attitude",
            unit_id=around.here(net), author_id=staff, editor_id=staff, state="published", edition=1, written_at=AT - DAY,
            published_by_id=net.city.staff["S3"], published_at=AT - HOUR,
        )
        for n in NUMBERS
    )  # fmt: skip
    for row in rows:
        row.categories.add(category)
