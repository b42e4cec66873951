"""Sixty rows and more for the list pages of the hotline and of what stands around it, as their tables hold them."""

from datetime import date, datetime, timedelta
from itertools import cycle

from longzhong.assessment.bulletins.models import Bulletin
from longzhong.cases.explanations.models import Sheet
from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.hotline.models import Call, Case, CaseParty, Link, Promise
from longzhong.cases.nearmisses.models import NearMiss
from longzhong.cases.petitioners.models import Incident, Petitioner
from longzhong.register.categories.services import keep_categories
from longzhong.register.customers import services as customers
from longzhong.register.customers.models import Account
from longzhong.register.network import selectors as network
from longzhong.register.network import services as areas
from longzhong.register.network.rules import AreaRow
from longzhong.register.org import services as org
from longzhong.register.org.rules import CST
from longzhong.register.org.services import StaffRow
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, NewReport
from tests.assessment.bulletins.make import many_cases
from tests.browser.calling import hotline_of, seats
from tests.register.customers.make import ROWS as ACCOUNTS
from tests.register.network.make import Net
from tests.register.org.make import DAY, MACHINE, NOW
from tests.warm import warm

AT = datetime(2026, 3, 6, 3, 0, tzinfo=CST)
NUMBERS = range(60)
CASES = 180


def cases(net: Net) -> list[Case]:
    """Cases over a fortnight, with calls, callers, accounts, areas, words given and links to earlier ones."""
    customers.keep_accounts(rows=ACCOUNTS, by=MACHINE, at=NOW)
    seats(net.city)
    warm("categories", lambda: keep_categories(by=MACHINE, at=NOW))
    made = many_cases(hotline_of(net), number=CASES)
    accounts, areas = cycle(Account.objects.values_list("pk", flat=True)), cycle(net.areas.values())
    for row in made:
        row.account_id, row.area_id, row.grid_id, row.unit_id = (
            next(accounts),
            next(areas),
            net.city.grids["G1"],
            net.city.units["42060201"],
        )
        row.outcome = "satisfied" if row.state == "closed" else ""
    Case.objects.bulk_update(made, ["account_id", "area_id", "grid_id", "unit_id", "outcome"])
    CaseParty.objects.bulk_create(
        CaseParty(case=row, kind="caller", at=row.opened_at, name_mask="张**", phone_mask="138****8001") for row in made
    )
    Call.objects.update(area_id=net.areas["A1"], taken_by=net.city.staff["S5"], unit_id=net.city.units["42060201"])
    return made


def kept_calls(net: Net) -> None:
    cases(net)
    Call.objects.update(outcome="kept", case=None)


def calling(net: Net) -> None:
    cases(net)
    Case.objects.exclude(state="void").update(
        state="calling", replied_at=AT - timedelta(hours=5), due_at=AT + timedelta(hours=9)
    )


def promised(net: Net) -> None:
    made = cases(net)
    staff = net.city.staff["S1"]
    Promise.objects.bulk_create(
        Promise(case=row, text="明天到场", made_at=AT, made_by_id=staff, due_at=AT + timedelta(hours=n))
        for n, row in enumerate(made[:60])
    )


def repeated(net: Net) -> None:
    made = cases(net)
    Link.objects.all().delete()
    Case.objects.update(opened_at=AT - timedelta(days=1), calls_count=3)
    Link.objects.bulk_create(
        Link(case=later, earlier=earlier, kind="repeat", score=0.9, at=AT - timedelta(hours=1))
        for earlier, later in zip(made[:60], made[60:120], strict=True)
    )


def audited(net: Net) -> None:
    cases(net)
    Case.objects.update(state="closed", closed_at=AT - timedelta(days=1), outcome="satisfied")


def finals(net: Net) -> None:
    made = cases(net)
    FinalAnswer.objects.bulk_create(
        FinalAnswer(
            case=row, unit_id=row.unit_id, grid_id=row.grid_id, grounds=["outage_loss"], answer_sealed="", chain=["station"],
            drafted_by_id=net.city.staff["S5"], drafted_at=AT, state="submitted",
        )
        for row in made[:60]
    )  # fmt: skip


def petitioners(net: Net) -> None:
    unit = net.city.units["42060201"]
    Petitioner.objects.bulk_create(
        Petitioner(number=f"CK{n:05}", mask="郝**", kept_by_id=unit, opened_at=AT, last_at=AT) for n in NUMBERS
    )


def incidents(net: Net) -> None:
    petitioners(net)
    Incident.objects.bulk_create(
        Incident(
            number=f"MH{n:05}", unit_id=row.kept_by_id, petitioner=row, window="3号窗口", escalated_at=AT, due_at=AT,
            called_by_id=net.city.staff["S1"],
        )
        for n, row in enumerate(Petitioner.objects.all())
    )  # fmt: skip


EXPLAINED = {
    "comparison": {
        "metered": 12.0, "low": 8.0, "mid": 10.0, "high": 12.0, "share": 0.8, "remains": 2.0, "verdict": "within"
    },
    "lines": [], "days": [], "average": [], "chosen": [], "chosen_on": "2026-03-03", "base_kw": 0.2, "base_share": 0.4,
    "peak_kw": 2.0, "counted": 3, "neighbours": None, "neighbours_count": 0, "meters": ["M1"],
}  # fmt: skip


def sheets(net: Net) -> None:
    customers.keep_accounts(rows=ACCOUNTS, by=MACHINE, at=NOW)
    accounts = cycle(Account.objects.filter(area__code="A1").values_list("pk", flat=True))
    Sheet.objects.bulk_create(
        Sheet(
            number=f"JS{n:05}", account_id=next(accounts), unit_id=net.city.units["42060201"], first_on=date(2026, 3, 1),
            last_on=date(2026, 3, 3), explained_at=AT, explained_by_id=net.city.staff["S1"], figures=EXPLAINED,
        )
        for n in NUMBERS
    )  # fmt: skip


def near_misses(net: Net) -> None:
    made, staff = cases(net), net.city.staff["S1"]
    NearMiss.objects.bulk_create(
        NearMiss(
            at=AT, unit_id=row.unit_id, staff_id=staff, recorded_by_id=staff, recorded_at=AT, place="hall", case=row,
            category_id=row.category_id, reason="unfamiliar", means=["explained"], account_id=row.account_id,
        )
        for row in made[:60]
    )  # fmt: skip


def colleagues(net: Net) -> None:
    rows = [StaffRow(f"P{n:03}", f"张{n}", "", "42060201", "台区经理", "grid") for n in NUMBERS]
    org.keep_staff(rows=rows, from_on=DAY, by=MACHINE, at=NOW)


def bulletins(net: Net) -> None:
    units = [net.city.units["420602"], net.city.units["420606"]]
    Bulletin.objects.bulk_create(
        Bulletin(week=DAY - timedelta(weeks=n), unit_id=unit, counted_at=AT, state="draft")
        for n in range(30)
        for unit in units
    )


def dark(net: Net) -> None:
    """An outage in each of sixty areas."""
    customers.keep_accounts(rows=ACCOUNTS, by=MACHINE, at=NOW)
    rows = [AreaRow(f"D{n:03}", f"停电{n}台区", 200, section_code="S3", grid_code="G1") for n in NUMBERS]
    areas.keep_areas(rows=rows, by=MACHINE, at=NOW)
    for n, area in enumerate(network.area_ids([row.code for row in rows]).values()):
        report = NewReport(
            devices=Devices(areas=(area,)), confirmed=True, apart=True, started_at=AT - timedelta(minutes=n)
        )
        outages.report_outage(report=report, by=MACHINE, at=AT)


def tree(_net: Net) -> None:
    warm("categories", lambda: keep_categories(by=MACHINE, at=NOW))
