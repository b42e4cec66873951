"""Building a demo county in stages, through the register's public services, with the seconds of each stage."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.categories.services import keep_categories
from longzhong.register.customers import services as customers
from longzhong.register.network import services as network
from longzhong.register.org import services as org
from longzhong.register.org.rules.rows import Kept
from longzhong.register.policies.services import load_packs
from longzhong.sensing.announcements import services as announcements
from longzhong.surfaces.simulation.gateways.material import households
from longzhong.surfaces.simulation.models import InjectedFault, Seed
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.codes import customer_meter
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.rules.faults import Fault
from longzhong.surfaces.simulation.rules.injection import inject
from longzhong.surfaces.simulation.selectors.county import plan_of
from longzhong.surfaces.simulation.services import people
from longzhong.surfaces.simulation.services.stages import Say, Stages

BUILDER = Actor.machine("simulation.build")
BEFORE = timedelta(days=14)  # people have accounts this long before the first curve
YEARS = timedelta(
    days=3 * 365
)  # and the register stands so long before: complaints of other years need units and customers
ACCOUNTS_AT_ONCE = 20_000


@dataclass(frozen=True, kw_only=True)
class Order:
    """What county to build."""

    seed: int = 206
    customers: int = 20_000
    areas: int = 250
    days: int = 40
    first_day: date = date(2026, 8, 6)


def build_county(*, order: Order, say: Say, by: Actor = BUILDER) -> Seed:
    """A county as it stands before its first day: all of it or nothing."""
    if Seed.objects.exists():
        raise Refused("demo_county_exists", _("这里已有演示县；要另建一个，请换一个 LONGZHONG_VAR 目录。"))
    at = clock.day_start(order.first_day - BEFORE) + timedelta(hours=8)
    early, stages = at - YEARS, Stages(say)
    with transaction.atomic():
        with stages.stage("规划"):
            county = plan_of(order.seed, order.customers, order.areas, order.first_day)
            faults = inject(county, households(), order.days)
        with clock.frozen(early):
            _keep_register(county, stages, by, early)
        with stages.stage("账号与分工"), clock.frozen(at):
            logins = people.make_logins(
                county=county, cell=register.busiest_cell(county, faults, order.days), by=by, at=at
            )
            people.plan_duty(county=county, by=by, at=at)
        _keep_truth(county, faults)
        return Seed.objects.create(
            pk=1, seed=order.seed, customers=order.customers, areas=order.areas, first_day=order.first_day, days=order.days,
            seconds=stages.seconds, logins_sealed=logins,
        )  # fmt: skip


def _keep_register(county: County, stages: Stages, by: Actor, at: datetime) -> None:
    with stages.stage("制度与组织"):
        load_packs(by=by, at=at)
        keep_categories(by=by, at=at)
        announcements.keep_templates(by=by, at=at)
        announcements.keep_demo_provider(by=by, at=at)
        _whole(org.keep_units(rows=register.unit_rows(county), by=by, at=at))
        _whole(org.keep_staff(rows=register.staff_rows(county), by=by, at=at))
        _whole(org.keep_grids(rows=register.grid_rows(county), by=by, at=at))
        people.share_responsibility(by=by, at=at)
    with stages.stage("电网台账"):
        _whole(network.keep_substations(rows=register.substation_rows(county), by=by, at=at))
        _whole(network.keep_feeders(rows=register.feeder_rows(county), by=by, at=at))
        _whole(network.keep_sections(rows=register.section_rows(county), by=by, at=at))
        _whole(network.keep_areas(rows=register.area_rows(county), by=by, at=at))
        _whole(network.keep_meters(rows=register.meter_rows(county), by=by, at=at))
    with stages.stage("客户档案"):
        rows = list(register.account_rows(county))
        for start in range(0, len(rows), ACCOUNTS_AT_ONCE):
            _whole(customers.keep_accounts(rows=rows[start : start + ACCOUNTS_AT_ONCE], by=by, at=at))


def _whole(kept: Kept) -> None:
    """A plan's row is never refused; if one is, the plan or the service is wrong and nothing is built."""
    if kept.refused:
        first = kept.refused[0]
        raise RuntimeError(f"{len(kept.refused)} rows of the plan refused, the first: {first.code} {first.message}")


def _keep_truth(county: County, faults: tuple[Fault, ...]) -> None:
    InjectedFault.objects.bulk_create(
        InjectedFault(
            number=one.number, kind=one.kind.value, area_code=county.areas.code[one.area], customer=one.customer,
            meter_code=customer_meter(county, one.customer) if one.customer >= 0 else "", from_on=one.from_day,
            factor=one.factor, target=one.target, season=one.season, marginal=one.marginal,
        )
        for one in faults
    )  # fmt: skip
