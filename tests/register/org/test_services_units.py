"""Loading the tree and moving parts of it: history stays, the tree of a past day still answers."""

from datetime import date, timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.org import selectors
from longzhong.register.org.rules import Profile, Role
from longzhong.register.org.services import UnitRow, keep_units, move_unit, set_profile
from tests.register.org.make import DAY, MACHINE, NOW, UNITS, actor, city

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=10)


def load(*rows: UnitRow, on: date = DAY) -> tuple[int, int, int, list[str]]:
    kept = keep_units(rows=rows, from_on=on, by=MACHINE, at=NOW)
    assert kept.read == len(rows)
    return kept.new, kept.changed, kept.unchanged, [one.code for one in kept.refused]


def test_loading_twice_changes_nothing() -> None:
    assert load(*UNITS) == (len(UNITS), 0, 0, [])
    assert load(*reversed(UNITS)) == (0, 0, len(UNITS), [])
    assert JournalEntry.objects.filter(act="org.keep_units").count() == 1


def test_the_tree_is_read_in_order_with_depths() -> None:
    city()
    nodes = selectors.tree(DAY)
    assert [(node.code, node.depth) for node in nodes][:6] == [
        ("42", 0),
        ("4206", 1),
        ("420602", 2),
        ("42060201", 3),
        ("4206020101", 4),
        ("42060202", 3),
    ]
    assert selectors.tree(DAY - timedelta(days=1)) == []


def test_chain_and_descendants() -> None:
    units = city().units
    assert selectors.chain(units["4206020101"], DAY) == [
        units[c] for c in ("4206020101", "42060201", "420602", "4206", "42")
    ]
    assert selectors.descendants(units["420606"], DAY) == {units["420606"]}
    assert selectors.descendants(units["42"], DAY) == set(units.values())
    assert selectors.chain(units["42"], DAY - timedelta(days=1)) == []


def test_an_actor_sees_their_units_as_a_tree_of_its_own() -> None:
    units = city().units
    nodes = selectors.units(actor(Role.STATION, units["42060201"]), DAY)
    assert [(node.code, node.depth) for node in nodes] == [("42060201", 0), ("4206020101", 1)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (UnitRow("", "无编码", "station", "420602"), "unit_code_missing"),
        (UnitRow("N1", "", "station", "420602"), "unit_code_missing"),
        (UnitRow("N1", "某所", "bureau", "420602"), "unit_kind_unknown"),
        (UnitRow("N1", "某所", "station", "999"), "unit_parent_unknown"),
        (UnitRow("N1", "某所", "station", "42"), "unit_parent_kind"),
        (UnitRow("N1", "某班", "team", ""), "unit_parent_kind"),
    ],
)
def test_a_wrong_row_is_refused_alone(row: UnitRow, code: str) -> None:
    load(*UNITS)
    good = UnitRow("N2", "好所", "station", "420602")
    assert load(row, good) == (1, 0, 0, [code])


def test_rows_in_a_circle_and_rows_under_refused_rows_are_refused() -> None:
    a, b = UnitRow("A", "甲部", "department", "B"), UnitRow("B", "乙部", "department", "A")
    assert load(a, b) == (0, 0, 0, ["unit_parent_kind", "unit_parent_kind"])
    top, below = UnitRow("T", "所", "station", "999"), UnitRow("U", "班", "team", "T")
    assert load(top, below)[3] == ["unit_parent_unknown", "unit_parent_unknown"]


def test_duplicates_are_counted() -> None:
    row = UnitRow("42", "省公司", "province")
    assert load(row, row, UnitRow("42", "另一个", "province")) == (1, 0, 1, ["duplicate_row"])


def test_a_load_renames_and_moves() -> None:
    units = city().units
    moved = UnitRow("42060202", "檀溪中心供电所", "station", "420606", "檀溪所")
    assert load(moved, on=LATER) == (0, 1, 0, [])
    assert selectors.chain(units["42060202"], LATER)[1] == units["420606"]
    assert selectors.chain(units["42060202"], DAY)[1] == units["420602"]


def test_a_kind_is_not_changed_over_children_that_do_not_fit() -> None:
    city()
    assert load(UnitRow("42060201", "隆中班", "team", "420602"))[3] == ["unit_kind_children"]
    assert load(UnitRow("42060202", "檀溪班", "team", "420602"))[3] == []


def test_a_move_takes_all_below_and_keeps_history() -> None:
    units = city().units
    station, team = units["42060201"], units["4206020101"]
    move_unit(unit_id=station, parent_id=units["420606"], from_on=LATER, reason="区划调整", by=MACHINE, at=NOW)
    assert selectors.chain(team, LATER) == [team, station, units["420606"], units["4206"], units["42"]]
    assert selectors.chain(team, LATER - timedelta(days=1)) == [
        team,
        station,
        units["420602"],
        units["4206"],
        units["42"],
    ]
    assert station in selectors.descendants(units["420602"], DAY)
    assert station not in selectors.descendants(units["420602"], LATER)
    assert JournalEntry.objects.get(act="org.move_unit").reason == "区划调整"


def test_a_move_on_the_first_day_replaces() -> None:
    units = city().units
    move_unit(unit_id=units["42060201"], parent_id=units["420606"], from_on=DAY, reason="更正", by=MACHINE, at=NOW)
    assert selectors.chain(units["4206020101"], DAY)[2] == units["420606"]


@pytest.mark.parametrize(
    ("unit", "parent", "days", "reason", "code"),
    [
        ("42060201", "420606", -1, "区划调整", "day_past"),
        ("42060201", "420606", 1, " ", "reason_missing"),
        ("42060201", "420602", 1, "区划调整", "nothing_to_change"),
        ("42060201", "42", 1, "区划调整", "unit_parent_kind"),
        ("42060201", None, 1, "区划调整", "unit_parent_kind"),
        ("4206", "420602", 1, "区划调整", "unit_parent_kind"),
    ],
)
def test_moves_are_refused(unit: str, parent: str | None, days: int, reason: str, code: str) -> None:
    units = city().units
    parent_id = units[parent] if parent else None
    day = DAY + timedelta(days=days)
    with pytest.raises(Refused) as refusal:
        move_unit(unit_id=units[unit], parent_id=parent_id, from_on=day, reason=reason, by=MACHINE, at=NOW)
    assert refusal.value.code == code


def refused(**wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        move_unit(**({"reason": "区划调整", "by": MACHINE, "at": NOW, "from_on": LATER} | wish))  # type: ignore[arg-type]
    return refusal.value.code


def test_a_planned_move_is_dealt_with_first() -> None:
    units = city().units
    planned = LATER + timedelta(days=30)
    move_unit(
        unit_id=units["4206020101"], parent_id=units["42060202"], from_on=planned, reason="计划", by=MACHINE, at=NOW
    )
    assert refused(unit_id=units["42060201"], parent_id=units["420606"]) == "unit_has_later_place"
    assert load(UnitRow("4206020101", "隆中运维班", "team", "420602"))[3] == ["unit_has_later_place"]


def test_a_profile_is_dated_and_makes_counts_comparable() -> None:
    county = city().units["420602"]
    set_profile(unit_id=county, profile=Profile(1100, 500_000, 205_000), from_on=DAY, by=MACHINE, at=NOW)
    set_profile(unit_id=county, profile=Profile(1100, 510_000, 210_000), from_on=LATER, by=MACHINE, at=NOW)
    profile = selectors.profiles([county], DAY)[county]
    assert [round(profile.per_10k(n) or 0, 2) for n in (52, 19)] == [2.54, 0.93]
    assert selectors.profiles([county], LATER)[county].customers == 210_000
    assert Profile(0, 0, 0).per_10k(3) is None


@pytest.mark.parametrize(
    ("profile", "day", "code"),
    [
        (Profile(1100, 500_000, 205_000), DAY, "nothing_to_change"),
        (Profile(-1, 500_000, 205_000), DAY, "profile_figures"),
        (Profile(1100, 500_000, 500_001), DAY, "profile_figures"),
        (Profile(1100, 500_000, 1), DAY - timedelta(days=1), "day_past"),
    ],
)
def test_profiles_are_refused(profile: Profile, day: date, code: str) -> None:
    county = city().units["420602"]
    set_profile(unit_id=county, profile=Profile(1100, 500_000, 205_000), from_on=DAY, by=MACHINE, at=NOW)
    with pytest.raises(Refused) as refusal:
        set_profile(unit_id=county, profile=profile, from_on=day, by=MACHINE, at=NOW)
    assert refusal.value.code == code


def test_moves_are_refused_to_strangers_and_for_what_they_do_not_see() -> None:
    units = city().units
    station = actor(Role.STATION, units["420602"])
    admin = actor(Role.ADMIN, units["420602"])
    assert refused(unit_id=units["42060201"], parent_id=units["420602D"], by=station) == "not_allowed"
    assert refused(unit_id=units["42060201"], parent_id=units["420606"], by=admin) == "not_found"
    assert refused(unit_id=10**9, parent_id=units["420606"]) == "not_found"


def test_moves_are_refused_where_the_tree_does_not_stand_yet() -> None:
    units = city().units
    load(UnitRow("X", "新县", "county", "4206"), on=LATER + timedelta(days=5))
    new = selectors.unit_ids(["X"])["X"]
    assert refused(unit_id=new, parent_id=units["42"]) == "unit_not_placed"
    assert refused(unit_id=units["42060201"], parent_id=new) == "unit_parent_unknown"
