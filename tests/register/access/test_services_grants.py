"""Grants: dated, by the security administrator, never to oneself, and never two of the three offices."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.access import selectors, services
from longzhong.register.access.models import Grant
from longzhong.register.access.rules import Mandate
from longzhong.register.org.rules import Role
from longzhong.register.org.services import move_unit, stand_in
from tests.register.access.make import give, person, user
from tests.register.org.make import DAY, MACHINE, NOW, city

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)


def refused(service: object, **wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        service(**({"reason": "岗位需要", "by": MACHINE, "at": NOW} | wish))  # type: ignore[operator]
    return refusal.value.code


def test_an_actor_has_the_units_of_that_days_tree() -> None:
    here = city()
    made = user("kongming")
    give(made, Role.STATION, here.units["420602"])
    move_unit(
        unit_id=here.units["42060202"], parent_id=here.units["420606"], from_on=LATER, reason="调整", by=MACHINE, at=NOW
    )
    now, then = selectors.actor_of(made, NOW), selectors.actor_of(made.pk, NOW + timedelta(days=10))
    assert now.roles == {"station"}
    assert here.units["42060202"] in now.units("station")
    assert here.units["42060202"] not in then.units("station")
    assert selectors.actor_of(made, NOW - timedelta(days=1)).scopes == ()


def test_a_grid_manager_sees_their_own_cells_and_those_they_stand_in_for() -> None:
    here = city()
    who = person(here, "zhanghf", Role.GRID, "42060201", "S1")
    assert who.scopes[0].grids == {here.grids["G1"]}
    stand_in(
        absent_id=here.staff["S2"], stand_in_id=here.staff["S1"], from_on=LATER, to_on=LATER + timedelta(days=1),
        by=MACHINE, at=NOW,
    )  # fmt: skip
    later = selectors.actor_of(who.user_id or 0, NOW + timedelta(days=10))
    assert later.scopes[0].grids == set(here.grids.values())


def test_a_grant_may_name_cells_of_its_unit() -> None:
    here = city()
    made = user("partner1")
    give(made, Role.PARTNER, here.units["42060201"], grid_ids=(here.grids["G1"],))
    assert selectors.actor_of(made, NOW).scopes[0].grids == {here.grids["G1"]}
    wish = Mandate(made.pk, "partner", here.units["42060202"], DAY, grid_ids=(here.grids["G1"],))
    assert refused(services.grant, mandate=wish) == "grid_elsewhere"


def test_a_grid_role_without_a_person_sees_no_cell() -> None:
    here = city()
    assert person(here, "nobody1", Role.GRID, "42060201").scopes[0].grids == frozenset()


def test_a_station_head_has_an_actor_in_few_queries() -> None:
    here = city()
    who = person(here, "head1", Role.STATION, "42060201", "S3")
    with CaptureQueriesContext(connection) as queries:
        selectors.actor_of(who.user_id or 0, NOW)
    assert len(queries) <= 3
    manager = person(here, "zhanghf", Role.GRID, "42060201", "S1")
    with CaptureQueriesContext(connection) as queries:
        selectors.actor_of(manager.user_id or 0, NOW)
    assert len(queries) <= 5


@pytest.mark.parametrize("first", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
@pytest.mark.parametrize("second", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
def test_two_of_the_three_offices_are_refused(first: Role, second: Role) -> None:
    here = city()
    made = user("kongming")
    give(made, first, here.units["42"])
    mandate = Mandate(made.pk, second.value, here.units["4206"], LATER)
    assert refused(services.grant, mandate=mandate) == ("granted_already" if first == second else "three_offices")


def test_an_office_may_follow_another_but_the_database_keeps_them_apart() -> None:
    here = city()
    made = user("kongming")
    services.grant(mandate=Mandate(made.pk, "admin", here.units["42"], DAY, LATER), reason="任期", by=MACHINE, at=NOW)
    services.grant(mandate=Mandate(made.pk, "auditor", here.units["42"], LATER), reason="转岗", by=MACHINE, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=made, role="security", unit_id=here.units["42"], from_on=DAY, reason="绕过服务")


def test_grants_are_refused() -> None:
    here = city()
    made = user("kongming")
    security = person(here, "safe1", Role.SECURITY, "420602")
    wish = Mandate(made.pk, "desk", here.units["420602"], DAY)

    def code(by: object = security, reason: str = "岗位需要", **change: object) -> str:
        return refused(services.grant, mandate=Mandate(**(wish.__dict__ | change)), by=by, reason=reason)  # type: ignore[arg-type]

    assert code(user_id=security.user_id) == "grant_self"
    assert code(role="boss") == "role_unknown"
    assert code(role="public") == "role_unknown"
    assert code(reason=" ") == "reason_missing"
    assert code(from_on=DAY - timedelta(days=1)) == "day_past"
    assert code(to_on=DAY) == "mandate_days"
    assert code(unit_id=here.units["420606"]) == "not_found"
    assert code(user_id=10**9) == "not_found"
    assert code(by=person(here, "admin1", Role.ADMIN)) == "not_allowed"
    services.grant(mandate=wish, reason="岗位需要", by=security, at=NOW)
    assert code() == "granted_already"
    entry = JournalEntry.objects.filter(act="access.grant", user_id=security.user_id).get()
    assert (entry.ids["role"], entry.label, entry.reason) == ("desk", f"access.user:{made.pk}", "岗位需要")


def test_a_revoked_grant_ends_at_once_and_stays_readable() -> None:
    here = city()
    made = user("kongming")
    security = person(here, "safe1", Role.SECURITY)
    row = give(made, Role.DESK, here.units["42"])
    later = NOW + timedelta(days=3)
    services.revoke(grant_id=row.pk, reason="调离", by=security, at=later)
    assert selectors.actor_of(made, later).scopes == ()
    assert selectors.actor_of(made, later - timedelta(days=1)).has("desk")
    assert [line.now for line in selectors.grants_of(security, made.pk, later.date())] == [False]
    wish = {"grant_id": row.pk, "by": security, "at": later}
    assert refused(services.revoke, **wish) == "grant_ended"
    assert refused(services.revoke, **wish | {"grant_id": 10**9}) == "not_found"


def test_a_grant_revoked_before_it_begins_never_holds() -> None:
    here = city()
    made = user("kongming")
    row = give(made, Role.ADMIN, here.units["42"], from_on=LATER)
    services.revoke(grant_id=row.pk, reason="误授", by=MACHINE, at=NOW)
    assert selectors.actor_of(made, NOW + timedelta(days=20)).scopes == ()
    give(made, Role.AUDITOR, here.units["42"], from_on=LATER)


def test_revoking_is_refused() -> None:
    here = city()
    security = person(here, "safe1", Role.SECURITY)
    own = Grant.objects.get(user=security.user_id)
    row = give(user("kongming"), Role.DESK, here.units["42"])
    assert refused(services.revoke, grant_id=own.pk, by=security) == "grant_self"
    assert refused(services.revoke, grant_id=own.pk) == "last_security"
    assert refused(services.revoke, grant_id=row.pk, by=security, reason="") == "reason_missing"
    assert refused(services.revoke, grant_id=row.pk, by=person(here, "admin1", Role.ADMIN)) == "not_allowed"


def test_administrators_see_users_of_their_units_only() -> None:
    here = city()
    admin = person(here, "admin1", Role.ADMIN, "420602")
    inside = person(here, "zhanghf", Role.GRID, "42060201", "S1")
    outside = person(here, "fancheng", Role.DESK, "420606")
    fresh = user("fresh")
    seen = set(selectors.visible_users(admin).values_list("pk", flat=True))
    assert {inside.user_id, fresh.pk, admin.user_id} <= seen
    assert outside.user_id not in seen
    assert not selectors.visible_users(inside).exists()
