"""The affected areas of an outage as rows, and their sums on the outage."""

from collections.abc import Mapping

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from longzhong.sensing.outages.models import Affected, Outage
from longzhong.sensing.outages.selectors import AreaImpact, Impact

BATCH = 2_000
SUMS = ("areas", "accounts", "households", "important", "sensitive", "special")
COUNTED = ("unit_id", "grid_id", "accounts", "households", "important", "sensitive", "special")


def affect(*, outage: Outage, impact: Impact) -> None:
    """Write the affected areas anew, and their sums on the outage (not yet saved)."""
    Affected.objects.filter(outage=outage).delete()
    Affected.objects.bulk_create((row_of(outage=outage, one=one) for one in impact.areas), batch_size=BATCH)
    sum_up(outage=outage)


def sum_up(*, outage: Outage) -> None:
    """Repeat the sums over the affected areas on the outage (not yet saved)."""
    sums = Affected.objects.filter(outage=outage).aggregate(
        areas=Count("id"), **{f"sum_{name}": Coalesce(Sum(name), 0) for name in SUMS[1:]}
    )
    outage.areas = sums["areas"]
    for name in SUMS[1:]:
        setattr(outage, name, sums[f"sum_{name}"])


def row_of(*, outage: Outage, one: AreaImpact) -> Affected:
    """An affected area, not yet saved."""
    return Affected(outage=outage, area_id=one.area_id, **values_of(one))


def refill(*, row: Affected, one: AreaImpact) -> bool:
    """Whether any number of the area differs; the row is changed, not saved."""
    values = values_of(one)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True


def values_of(one: AreaImpact) -> Mapping[str, int | None]:
    """The columns of an affected area."""
    return {
        "unit_id": one.unit_id, "grid_id": one.grid_id, "accounts": one.accounts, "households": one.households,
        "important": one.priority.important, "sensitive": one.priority.sensitive, "special": one.priority.special,
    }  # fmt: skip
