"""A small demo county lives by itself: found, dispatched, repaired, proved by physics; and it obeys a person too."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from longzhong.cases.alerts.models import Alert
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.workorders import services as workorders
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.kit import clock
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import Delivery
from longzhong.kit.outbox import deliver_all
from longzhong.register.access.models import User
from longzhong.register.access.selectors import actor_of
from longzhong.register.network.models import Area
from longzhong.register.org import selectors as org
from longzhong.surfaces.simulation import selectors, services
from longzhong.surfaces.simulation.models import InjectedFault, Repair
from longzhong.surfaces.simulation.rules.faults import Cure
from longzhong.surfaces.simulation.selectors.county import seed_row
from longzhong.surfaces.simulation.selectors.worlds import readings_of, world_of
from longzhong.surfaces.simulation.services.living import ONE_LIFE
from tests.register.policies.make import browser
from tests.surfaces.simulation.make import fingerprint

DAYS = 12
ORDER = services.Order(seed=3, customers=300, areas=8, days=DAYS)


@pytest.fixture(autouse=True)
def own_time() -> Iterator[None]:
    yield
    clock.forget()


def silent(_stage: str, _seconds: float) -> None:
    """A building that nobody watches."""


@pytest.mark.django_db
def test_a_county_lives_by_itself_and_its_story_is_told_truly() -> None:
    services.build_county(order=ORDER, say=silent)
    services.advance(days=DAYS)
    figures = selectors.figures()
    assert (figures["accounts"], figures["areas"], figures["days"]) == (300, 8, DAYS)
    assert Alert.objects.filter(state="verified").exists()
    assert WorkOrder.objects.filter(state="verified").count() == figures["verified"] > 0
    assert not Delivery.objects.exclude(state=Delivery.DONE).exists()
    assert clock.today() == ORDER.first_day + timedelta(days=DAYS)
    assert list(matters.broken_links()) == []
    _the_report_counts_and_explains()
    _the_seed_tells_the_same_curves_again()
    _the_last_night_lies_in_the_inbox()
    _the_administrators_page_lives_a_day_at_a_click()


def _the_report_counts_and_explains() -> None:
    told = selectors.report().as_json()
    kinds = told["kinds"]
    assert isinstance(kinds, dict)
    injected = sum(row["injected"] for row in kinds.values())
    found = sum(row["found"] for row in kinds.values())
    assert injected == InjectedFault.objects.count()
    assert len(told["misses"]) == injected - found
    assert found >= injected / 2
    assert all(miss["words"] and miss["why"] != "not_detected" for miss in told["misses"])
    assert told["false_alerts"] == []


def _the_seed_tells_the_same_curves_again() -> None:
    day = ORDER.first_day + timedelta(days=5)
    one, two = (fingerprint(readings_of(world_of(seed_row()), day)) for _ in range(2))
    assert one == two


def _the_last_night_lies_in_the_inbox() -> None:
    """Wide form, GBK, Chinese headers, as the collection system writes it."""
    name = services.drop_export()
    assert name is not None
    lines = (Path(settings.VAR) / "inbox" / name).read_bytes().decode("gbk").splitlines()
    assert lines[0].startswith("电能表资产号,数据日期,数据项,相别,00:15")
    assert lines[0].endswith("24:00")
    assert {len(line.split(",")) for line in lines} == {100}
    assert len(lines) > 100


def _the_administrators_page_lives_a_day_at_a_click() -> None:
    admin, grid = _browser("admin"), _browser("grid")
    page = admin.get("/simulation/")
    assert page.status_code == 200
    assert "推进一天" in page.content.decode()
    assert grid.get("/simulation/").status_code == 403
    assert grid.post("/simulation/advance/").status_code == 403
    assert admin.post("/simulation/advance/").status_code in (200, 302)
    assert seed_row().run_to == ORDER.first_day + timedelta(days=DAYS)
    roles = {row["role"] for row in selectors.logins()}
    assert roles >= {"grid", "crew", "station", "quality", "dept", "leader", "desk", "admin", "security", "auditor"}


def _browser(login: str) -> Client:
    return browser(actor_of(User.objects.get(login=login), clock.now()))


@pytest.mark.django_db
def test_there_is_one_county_and_a_persons_repair_changes_its_physics_and_its_register() -> None:
    """No county: refused. A finished order puts a larger transformer in place, once though told twice."""
    for asked in (lambda: services.advance(days=1), selectors.report):
        with pytest.raises(Refused, match="no_demo_county"):
            asked()
    assert services.mend(order_id=1, by=Actor.machine("test"), at=clock.now()) is None
    with pytest.raises(Refused, match="not_found"):
        selectors.demo_county(Actor.machine("test"))
    assert selectors.figures() == {}
    services.build_county(order=ORDER, say=silent)
    with pytest.raises(Refused, match="demo_county_exists"):
        services.build_county(order=ORDER, say=silent)
    assert services.drop_export() is None
    _only_one_lives_it_at_a_time()
    fault = InjectedFault.objects.filter(kind="overload").get()
    area = Area.objects.get(code=fault.area_code)
    at = clock.day_start(fault.from_on) + timedelta(days=1, hours=9)
    with clock.frozen(at):
        order_id = _finished(area, at)
        deliver_all(twice=True)
    repair = Repair.objects.get(order_id=order_id)
    assert (repair.cure, repair.done_on) == (Cure.REPLACE_TRANSFORMER.value, at.date())
    assert Area.objects.get(pk=area.pk).kva > area.kva


def _only_one_lives_it_at_a_time() -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [ONE_LIFE])
        with pytest.raises(Refused, match="county_busy"):
            services.advance(days=1)
    other.close()


def _finished(area: Area, at: datetime) -> int:
    """An overload order, from opening to the report of the work, by the area's own grid manager."""
    place = workorders.Place(area.unit_id, area.grid_id, area.pk)
    order_id = workorders.open_order(
        kind="area_fault", cause="test:1", place=place, priority=2, fault="overload", by=Actor.machine("test"), at=at
    )
    staff = org.manager_of(area.grid_id, at.date())
    hand = Actor(None, staff, "台区经理", (Scope("grid", frozenset({area.unit_id}), frozenset({area.grid_id})),))
    workorders.accept(order_id=order_id, by=hand, at=at)
    workorders.arrive(order_id=order_id, position=workorders.Position(area.lat, area.lon), by=hand, at=at)
    outcome = workorders.Outcome("overload", "更换增容配变。", "夜间作业，未拍照。")
    workorders.finish(order_id=order_id, outcome=outcome, photos=(), by=hand, at=at)
    return order_id
