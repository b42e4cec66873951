"""Staff in bulk, posts, duty and stand-ins."""

from datetime import date, timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.vault import unseal
from longzhong.register.org import selectors
from longzhong.register.org.models import Staff
from longzhong.register.org.rules import Role
from longzhong.register.org.services import StaffRow, appoint, keep_staff, set_duty, stand_in
from tests.register.org.make import DAY, MACHINE, NOW, STAFF, actor, city

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)
ZHANG = STAFF[0]


def load(*rows: StaffRow, on: date = DAY) -> tuple[int, int, int, list[str]]:
    kept = keep_staff(rows=rows, from_on=on, by=MACHINE, at=NOW)
    assert kept.read == len(rows)
    return kept.new, kept.changed, kept.unchanged, [one.code for one in kept.refused]


def test_loading_twice_changes_nothing_and_the_phone_is_sealed() -> None:
    city()
    assert load(*STAFF) == (0, 0, len(STAFF), [])
    stored = Staff.objects.get(code="S1").phone
    assert "1804953" not in stored
    assert unseal(stored) == "18049531999"


def test_a_load_renames_rings_and_moves() -> None:
    here = city()
    assert load(StaffRow("S1", "张慧芳", "18049531999", "42060201", "台区经理", "grid")) == (0, 1, 0, [])
    assert load(StaffRow("S1", "张慧芳", "18049530000")) == (0, 1, 0, [])
    assert load(StaffRow("S1", "张慧芳", "", "42060202", "台区经理", "grid"), on=LATER) == (0, 1, 0, [])
    assert selectors.staff_with_role(here.units["42060202"], "grid", LATER) == [here.staff["S1"], here.staff["S2"]]
    assert selectors.staff_with_role(here.units["42060201"], "grid", LATER) == []
    assert selectors.staff_with_role(here.units["42060201"], "grid", DAY) == [here.staff["S1"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (StaffRow("", "某人"), "staff_code_missing"),
        (StaffRow("S9", ""), "staff_code_missing"),
        (StaffRow("S9", "某人", "call me"), "staff_phone_malformed"),
        (StaffRow("S9", "某人", "", "999", "员工", "grid"), "unit_unknown"),
        (StaffRow("S9", "某人", "", "42", "员工", "boss"), "role_unknown"),
    ],
)
def test_a_wrong_row_is_refused_alone(row: StaffRow, code: str) -> None:
    city()
    assert load(row, StaffRow("S8", "好人")) == (1, 0, 0, [code])


def test_an_appointment_ends_posts_elsewhere() -> None:
    here = city()
    appoint(
        staff_id=here.staff["S1"], unit_id=here.units["42060202"], title="所长", role="station",
        from_on=LATER, by=MACHINE, at=NOW,
    )  # fmt: skip
    assert selectors.head_of(here.units["42060202"], LATER) == [here.staff["S1"]]
    assert selectors.staff_with_role(here.units["42060201"], "grid", LATER) == []
    posts = selectors.staff_card(MACHINE, here.staff["S1"]).posts
    assert [(post.unit, post.title, post.from_on, post.to_on) for post in posts] == [
        ("檀溪所", "所长", LATER, None),
        ("隆中所", "台区经理", DAY, LATER),
    ]


def refused(service: object, **wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        service(**({"by": MACHINE, "at": NOW} | wish))  # type: ignore[operator]
    return refusal.value.code


def test_appointments_are_refused() -> None:
    here = city()
    wish = {
        "staff_id": here.staff["S1"],
        "unit_id": here.units["42060201"],
        "title": "台区经理",
        "role": "grid",
        "from_on": LATER,
    }
    assert refused(appoint, **wish) == "nothing_to_change"
    assert refused(appoint, **wish | {"role": "boss"}) == "role_unknown"
    assert refused(appoint, **wish | {"from_on": DAY - timedelta(days=1)}) == "day_past"
    assert refused(appoint, **wish | {"staff_id": 10**9}) == "not_found"
    head = actor(Role.STATION, here.units["42060201"])
    assert refused(appoint, **wish | {"unit_id": here.units["42060202"], "by": head}) == "not_found"
    assert refused(appoint, **wish | {"by": actor(Role.GRID, here.units["42"])}) == "not_allowed"


def test_duty_and_who_is_on_it() -> None:
    here = city()
    unit, person = here.units["42060201"], here.staff["S1"]
    wish = {"staff_id": person, "unit_id": unit, "starts_at": NOW, "ends_at": NOW + timedelta(hours=8)}
    assert refused(set_duty, **wish | {"ends_at": NOW}) == "duty_times"
    assert refused(set_duty, **wish | {"starts_at": NOW - timedelta(hours=9), "ends_at": NOW}) == "day_past"
    set_duty(**wish, by=MACHINE, at=NOW)
    assert (
        refused(set_duty, **wish | {"starts_at": NOW + timedelta(hours=7), "ends_at": NOW + timedelta(hours=9)})
        == "duty_overlap"
    )
    assert selectors.on_duty(unit, NOW) == [person]
    assert selectors.on_duty(unit, NOW + timedelta(hours=8)) == []
    assert selectors.on_duty(here.units["42060202"], NOW) == []


def test_a_stand_in_acts_everywhere_on_those_days_only() -> None:
    here = city()
    absent, other = here.staff["S1"], here.staff["S2"]
    back = LATER + timedelta(days=3)
    stand_in(absent_id=absent, stand_in_id=other, from_on=LATER, to_on=back, by=MACHINE, at=NOW)
    cell = here.grids["G1"]
    days = (LATER - timedelta(days=1), LATER, back)
    assert [selectors.manager_of(cell, day) for day in days] == [absent, other, absent]
    assert selectors.grids_of_manager(other, LATER) == set(here.grids.values())
    assert selectors.grids_of_manager(other, back) == {here.grids["G2"]}
    assert selectors.grids_of_manager(absent, LATER) == {cell}
    assert selectors.staff_with_role(here.units["42060201"], "grid", LATER) == [other]


def test_stand_ins_are_refused() -> None:
    here = city()
    a, b, c = (here.staff[code] for code in ("S1", "S2", "S3"))
    wish = {"absent_id": a, "stand_in_id": b, "from_on": LATER, "to_on": LATER + timedelta(days=5)}
    assert refused(stand_in, **wish | {"stand_in_id": a}) == "stand_in_self"
    assert refused(stand_in, **wish | {"to_on": LATER}) == "stand_in_days"
    assert refused(stand_in, **wish | {"from_on": DAY - timedelta(days=1)}) == "day_past"
    stand_in(**wish, by=MACHINE, at=NOW)
    assert refused(stand_in, **wish | {"stand_in_id": c}) == "stand_in_overlap"
    back = wish | {"absent_id": b, "stand_in_id": a, "from_on": DAY, "to_on": LATER + timedelta(days=1)}
    assert refused(stand_in, **back) == "stand_in_circle"
    stand_in(**back | {"to_on": LATER}, by=MACHINE, at=NOW)


def test_an_actor_sees_staff_of_their_units_masked() -> None:
    here = city()
    head = actor(Role.STATION, here.units["42060201"])
    card = selectors.staff_card(head, here.staff["S1"])
    assert card.phone == "180****1999"
    assert refused(lambda by, **_: selectors.staff_card(by, here.staff["S2"]), by=head) == "not_found"
    load(StaffRow("S7", "新来的"))
    new = selectors.staff_ids(["S7"])["S7"]
    assert not selectors.visible_staff(head).filter(pk=new).exists()
    assert selectors.visible_staff(actor(Role.ADMIN, here.units["42"])).filter(pk=new).exists()
