"""The demo county of this installation as the rules know it: plan, truth table and repairs, read from its rows."""

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from longzhong.kit.errors import Refused
from longzhong.surfaces.simulation.gateways.material import households, streets
from longzhong.surfaces.simulation.models import InjectedFault, Repair, Seed
from longzhong.surfaces.simulation.rules import faults
from longzhong.surfaces.simulation.rules.county import County, Size
from longzhong.surfaces.simulation.rules.design import build_county


def seed_row() -> Seed:
    """The demo county's row; refused where there is none."""
    row = Seed.objects.filter(pk=1).first()
    if row is None:
        raise Refused("no_demo_county", _("这里没有演示县；请先运行 make demo。"))
    return row


@lru_cache(maxsize=2)
def plan_of(seed: int, customers: int, areas: int, first_day: date) -> County:
    """The plan that a seed stands for; made again in each process rather than stored."""
    return build_county(seed, Size(customers, areas), streets(), households(), first_day)


def county_of(row: Seed) -> County:
    """The plan of the demo county."""
    return plan_of(row.seed, row.customers, row.areas, row.first_day)


def truth_of(county: County) -> tuple[faults.Fault, ...]:
    """The truth table in the terms of the plan."""
    number = {code: index for index, code in enumerate(county.areas.code)}
    return tuple(
        faults.Fault(
            row.number, faults.FaultKind(row.kind), number[row.area_code], row.customer, row.from_on,
            row.factor, row.target, row.season, row.marginal,
        )
        for row in InjectedFault.objects.order_by("number")
    )  # fmt: skip


def repairs_of(county: County) -> tuple[faults.Repair, ...]:
    """What was mended so far, in the terms of the plan."""
    number = {code: index for index, code in enumerate(county.areas.code)}
    return tuple(
        faults.Repair(number[row.area_code], faults.Cure(row.cure), row.done_on)
        for row in Repair.objects.order_by("id")
    )
