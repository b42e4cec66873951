"""What the standing county has around outages: plans, faults, crews on the road, notices, arrears, frequent outage, public places.

Names and words are as long as people write them, so that a page that can't hold them shows it.
"""

import itertools
from datetime import datetime, timedelta

from longzhong.assessment.bulletins import services as bulletins
from longzhong.assessment.reliability import services as reliability
from longzhong.assessment.reliability.models import Guarantee, SeasonItem, Watch
from longzhong.assessment.reliability.rules.guarantees import Given as Plan
from longzhong.dispatch.crews import services as crews
from longzhong.dispatch.crews.models import Access
from longzhong.dispatch.crews.models import Stop as Visit
from longzhong.dispatch.workorders import services as orders
from longzhong.dispatch.workorders.rules import Place
from longzhong.kit.outbox import deliver_all
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.models import Stop
from longzhong.sensing.outages.rules import Devices, NewPlan, NewReport, PastOutage
from longzhong.sensing.outages.rules import Kind as Off
from longzhong.sensing.outages.rules.given import NewFault
from longzhong.sensing.troubles import services as troubles
from longzhong.sensing.troubles.models import Trouble
from longzhong.sensing.troubles.rules import NewSignal, SignalKind
from longzhong.surfaces.portal import services as portal
from longzhong.surfaces.portal.models import Place as PublicPlace
from longzhong.surfaces.portal.models import Rating
from tests.browser.governing import governed
from tests.browser.leaving import leaving
from tests.browser.telling import DAYS, HOUR, LONG_REASON, Around, arrears, notices, said
from tests.cases.hotline.make import Hotline
from tests.dispatch.workorders.make import photo
from tests.register.network.make import MACHINE, Net
from tests.register.org.make import DAY, NOW, City
from tests.register.policies.make import change, security

LONG_CREW = "隆中供电所配网带电作业与应急抢修联合班（含无人机巡视与夜间值守）"
CREW_STAFF = (
    StaffRow("Q1", "钱班长", "", "42060201", "抢修班长", "crew"),
    StaffRow("Q2", "欧阳修远", "", "42060201", "抢修员", "crew"),
    StaffRow("Q3", "买买提·吐尔逊江·阿卜杜热西提", "", "42060201", "抢修员", "crew"),
)
_numbers = itertools.count(1)


def crew_people(city: City) -> None:
    """Who drives out at night; the first of them looks at the pages of the crew."""
    org_services.keep_staff(rows=CREW_STAFF, from_on=DAY, by=MACHINE, at=NOW)
    city.staff.update(org.staff_ids([row.code for row in CREW_STAFF]))


def around(net: Net, here: Hotline, long_area: int, now: datetime) -> dict[str, int | str]:
    """Ids of what there is, by what the screens call it."""
    one = Around(net, here, now)
    ids = _plans(one) | _faults(one) | _trouble(one, long_area) | _crews(one, long_area) | said(one)
    ids |= notices(one) | arrears(one) | _reliable(one) | _public(one)
    ids |= governed(one) | leaving(one, int(ids["plan"]))
    unit = net.city.units["420602D"]
    for of_unit in (net.city.units["420602"], one.station):
        bulletins.subscribe(unit_id=unit, category_id=None, of_unit_id=of_unit, by=MACHINE, at=now)
    deliver_all()
    return ids


def _plans(one: Around) -> dict[str, int]:
    """A plan that is announced, and one that waits for its exemption."""

    def plan(area: str, days: int, exemption: str = "") -> int:
        wanted = NewPlan(
            kind=Off.PLANNED, reason_code="maintenance", reason=LONG_REASON, devices=Devices(areas=(one.area(area),)),
            starts_at=one.now + days * DAYS, ends_at=one.now + days * DAYS + 9 * HOUR, exemption=exemption,
        )  # fmt: skip
        return outages.plan_outage(plan=wanted, by=MACHINE, at=one.now)

    return {"plan": plan("A1", 12), "late plan": plan("A3", 1, "线路断股随时可能断线，" + LONG_REASON)}


def _faults(one: Around) -> dict[str, int]:
    """Faults of the month before, with where they were found; customers cut off for their bills."""
    made = 0
    for days in (2, 9, 16, 23):
        start = one.now - days * DAYS
        past = PastOutage(
            kind=Off.FAULT, reason_code="tree", started_at=start, restored_at=start + 3 * HOUR,
            source=f"tests.past:{next(_numbers)}", devices=Devices(areas=(one.area("A1"),)),
        )  # fmt: skip
        made = outages.record_outage(past=past, by=MACHINE, at=one.now)
    report = NewReport(
        devices=Devices(areas=(one.area("A3"),)), started_at=one.now - 3 * HOUR, confirmed=True, reason=LONG_REASON,
        reason_code="tree", expected_end_at=one.now - HOUR,
    )  # fmt: skip
    live = outages.report_outage(report=report, by=MACHINE, at=one.now - 2 * HOUR)
    fault = NewFault(pole="隆中一线 3 支 27 号杆小号侧 15 米", cause="tree", note=LONG_REASON[:80], lat=32.0, lon=112.0)
    outages.locate_fault(outage_id=live, fault=fault, photos=[photo()], by=MACHINE, at=one.now - HOUR)
    Stop.objects.bulk_create(
        [Stop(account_id=one.here.accounts[5], kind="arrears", source="tests.stop:1", stopped_at=one.now - DAYS)]
    )
    return {"past outage": made, "live fault": live}


def _trouble(one: Around, long_area: int) -> dict[str, int]:
    """Calls from the area with the long name that nobody has explained yet."""
    heard = [
        NewSignal(
            kind=SignalKind.CALL,
            source=f"hotline.case:{number}",
            at=one.now - timedelta(minutes=number),
            area_id=long_area,
        )
        for number in (3, 6, 8)
    ]
    troubles.hear_signals(signals=heard, by=MACHINE, at=one.now)
    return {"trouble": Trouble.objects.latest("id").pk}


def _crews(one: Around, long_area: int) -> dict[str, int]:
    """A crew on the road with a day's visits, another one off, and places where one walks."""

    def crew(number: str, name: str, *codes: str, on: bool) -> int:
        kept = crews.NewCrew(
            number, name, one.station, ("low_voltage", "high_voltage"), "rough", 32.0, 112.0, "鄂F·A1234"
        )
        made = crews.keep_crew(crew=kept, by=MACHINE, at=one.now)
        staff = [one.net.city.staff[code] for code in codes]
        crews.set_members(crew_id=made, staff_ids=staff, by=MACHINE, at=one.now)
        start = one.now - HOUR if on else one.now + 9 * HOUR
        crews.add_shift(crew_id=made, starts_at=start, ends_at=start + 9 * HOUR, by=MACHINE, at=one.now)
        return made

    first = crew("QX-01", LONG_CREW, "Q1", "Q3", on=True)
    crew("QX-02", "隆中抢修二班", "Q2", on=False)
    reach = crews.Reach("foot", 90, "郑组长", "13900001111")
    crews.set_access(area_id=long_area, reach=reach, by=MACHINE, at=one.now)
    for area, fault in (
        (one.area("A1"), "no_power"),
        (long_area, "no_power"),
        (one.area("A2"), "hazard"),
        (None, "no_power"),
    ):
        made = orders.open_order(
            kind="repair", cause=f"tests.call:{next(_numbers)}", place=Place(one.station, None, area), priority=2,
            fault=fault, by=MACHINE, at=one.now - timedelta(minutes=30),
        )  # fmt: skip
        note = crews.Note(62, ("危重病人使用制氧机，" + LONG_REASON[:40], "近 60 天第 4 次停电"))
        crews.note_job(order_id=made, note=note, by=MACHINE, at=one.now)
    deliver_all()
    crews.replan(unit_id=one.station, by=MACHINE, at=one.now)
    visits = Visit.objects.filter(plan__current=True, crew=first).order_by("position")
    crews.lock_stop(stop_id=visits[0].pk, locked=True, by=MACHINE, at=one.now)
    far = visits.filter(order__area=long_area).first()
    if far is not None:
        crews.relay(
            order_id=far.order_id, text="抢修人员正在步行进山，请转告乡亲。" + LONG_REASON, by=MACHINE, at=one.now
        )
    return {"crew": first, "access": Access.objects.latest("id").pk}


def _reliable(one: Around) -> dict[str, int]:
    """An area that was off four times, the list before the summer, the guarantee of an important customer."""
    reliability.keep_base(by=MACHINE, at=one.now)
    reliability.watch_areas(by=MACHINE, at=one.now)
    reliability.draw_season(name="迎峰度夏", by=MACHINE, at=one.now)
    given = Plan(
        event="2026年襄阳马拉松暨诸葛亮文化旅游节开幕式隆中主会场保电", from_on=one.now.date(),
        to_on=one.now.date() + timedelta(days=20), sources=2, generator_kw=400, security_kw=180, contact="单雄信",
        phone="13800138004",
    )  # fmt: skip
    made = reliability.make_guarantee(
        account_id=one.here.accounts[4], given=given, key="guarantee-000001", by=one.here.quality, at=one.now
    )
    ids = {"watch": Watch.objects.latest("id").pk, "guarantee": made, "important account": one.here.accounts[4]}
    assert SeasonItem.objects.exists()
    assert Guarantee.objects.filter(pk=made).exists()
    return ids


def _public(one: Around) -> dict[str, int | str]:
    """Places that strangers may ask about, and what a customer said of the service."""
    change("portal.place_least", 2, by=security())
    portal.keep_places(by=MACHINE, at=one.now)
    return {"place": PublicPlace.objects.latest("id").token}


def rated(case_id: int, unit_id: int, owner_id: int, now: datetime) -> None:
    """A customer's stars and words."""
    words = "等了两个多小时才有人来，来了以后师傅态度很好，讲解很耐心；" + LONG_REASON
    Rating.objects.bulk_create(
        [Rating(case_id=case_id, unit_id=unit_id, owner_id=owner_id, stars=2, words=words, key_index="k1", at=now)]
    )
