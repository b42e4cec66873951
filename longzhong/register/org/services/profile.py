"""The declared profile of a unit's service area."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit import journal
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.models import UnitProfile
from longzhong.register.org.rules.profile import Profile
from longzhong.register.org.rules.roles import Role
from longzhong.register.org.services.dated_rows import Series
from longzhong.register.org.services.doors import not_past, nothing_to_change, unit_of


@transaction.atomic
def set_profile(*, unit_id: int, profile: Profile, from_on: date, by: Actor, at: datetime) -> UnitProfile:
    """From a day on, the size, people and customers of a unit (with all below it)."""
    need(by, Role.ADMIN, Role.QUALITY)
    not_past(day=from_on, at=at)
    unit = unit_of(by=by, unit_id=unit_id)
    figures = (profile.area_km2, profile.population, profile.customers)
    if min(figures) < 0 or profile.customers > profile.population > 0:
        raise Refused("profile_figures", _("面积、人口、客户数不能为负，客户数不应多于人口。"))
    series = Series(UnitProfile.objects.filter(unit=unit), from_on, "unit_id")
    before = series.now(unit_id)
    if before is not None and (before.area_km2, before.population, before.customers) == figures:
        raise nothing_to_change()
    row = UnitProfile(unit=unit, area_km2=figures[0], population=figures[1], customers=figures[2])
    series.begin(row)
    series.write(UnitProfile)
    journal.record(by, "org.set_profile", f"org.unit:{unit_id}", at=at, customers=figures[2], from_on=str(from_on))
    return row
