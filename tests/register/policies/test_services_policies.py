"""Loading and changing policies: nothing rewrites history, and a person's word stands."""

from datetime import date, timedelta

import pytest

from longzhong.kit.errors import Refused
from longzhong.kit.journal import broken_entries
from longzhong.kit.models import JournalEntry
from longzhong.register.org.rules import Role
from longzhong.register.policies import selectors
from longzhong.register.policies.gateways import shipped_packs
from longzhong.register.policies.models import Policy
from longzhong.register.policies.rules import Pack, parse_pack
from longzhong.register.policies.services import Loaded, end_policy, load_pack, load_packs
from tests.register.org.make import DAY, MACHINE, NOW, City, actor, city
from tests.register.policies.make import LOADED, change, packs, security

pytestmark = pytest.mark.django_db
KEY = "service.reconnect_h"


@pytest.fixture
def place() -> City:
    packs()
    return city()


def held(unit_id: int | None, day: date = DAY, key: str = KEY) -> object:
    return selectors.value(key, unit_id=unit_id, day=day)


def pack(value: int, more: str = "", name: str = "p") -> Pack:
    text = f'[[policy]]\nkey = "a.b"\nvalue = {value}\nmeasure = "h"\nsource = "s"\nconfidence = "F"\n{more}'
    return parse_pack(name, text)


def test_loading_twice_changes_nothing() -> None:
    series = sum(len(one.series()) for one in shipped_packs())
    assert load_packs(by=MACHINE, at=LOADED) == Loaded(opened=series)
    rows = Policy.objects.count()
    assert load_packs(by=MACHINE, at=NOW) == Loaded(unchanged=series)
    assert Policy.objects.count() == rows
    assert JournalEntry.objects.filter(act="policy.pack").count() == len(shipped_packs())


def test_a_new_edition_of_a_pack_moves_the_present_and_never_the_past() -> None:
    load_pack(pack=pack(5), by=MACHINE, at=LOADED)
    load_pack(pack=pack(7), by=MACHINE, at=NOW)
    assert held(None, DAY - timedelta(1), "a.b") == 5
    assert held(None, DAY, "a.b") == 7
    load_pack(pack=pack(5), by=MACHINE, at=NOW)
    assert held(None, DAY, "a.b") == 5
    assert [row.value for row in Policy.objects.order_by("id")] == [5, 7, 5]


def test_known_effective_dates_answer_for_old_days(place: City) -> None:
    county = place.units["420602"]
    assert held(county, date(2015, 5, 1), "complaint.reply_wd") == 6
    assert held(county, DAY, "complaint.reply_wd") == 4
    was = selectors.row("meter.verify_wd", unit_id=county, day=date(2010, 1, 1))
    assert (was.value, was.measure) == (7, "d")


def test_two_editions_side_by_side(place: City) -> None:
    xiangcheng, fancheng = place.units["420602"], place.units["420606"]
    change("edition", "CSG", unit_id=fancheng, by=security(place.units["42"]))
    assert (held(xiangcheng), held(fancheng)) == (24, 12)
    assert held(fancheng, DAY - timedelta(1)) == 24
    assert selectors.edition(unit_id=fancheng, day=DAY) == "CSG"
    assert selectors.value("repair.restore_avg_h_rural", unit_id=fancheng, day=DAY) == 5


def test_a_unit_change_reaches_everything_below_and_nothing_beside(place: City) -> None:
    change(KEY, 8, unit_id=place.units["420602"], by=actor(Role.QUALITY, place.units["420602"]))
    assert held(place.units["4206020101"]) == 8
    assert held(place.units["420606"]) == 24
    assert held(place.units["420602"], DAY - timedelta(1)) == 24
    said = selectors.why(KEY, unit_id=place.units["42060201"], day=DAY)
    assert (said.value, said.row.unit_id, said.row.reason, said.confirmed) == (
        8,
        place.units["420602"],
        "试行三个月",
        True,
    )


def test_a_change_is_journalled(place: City) -> None:
    made = change(KEY, 8, by=security(place.units["42"]), edition="SG")
    entry = JournalEntry.objects.get(act="policy.change")
    assert (entry.reason, entry.label, entry.ids["value"]) == ("试行三个月", f"policies.policy:{made.pk}", 8)
    assert not list(broken_entries())


def test_a_planned_change_waits_for_its_day_and_may_be_withdrawn(place: City) -> None:
    boss, soon = security(place.units["42"]), DAY + timedelta(30)
    change(KEY, 20, by=boss, edition="SG", from_on=soon)
    assert (held(None), held(None, soon)) == (24, 20)
    change(KEY, 18, by=boss, edition="SG", from_on=DAY + timedelta(10))
    assert [held(None, DAY + timedelta(n)) for n in (9, 10, 29, 30)] == [24, 18, 18, 20]
    change(KEY, 22, by=boss, edition="SG", from_on=soon)
    assert held(None, soon) == 22
    assert Policy.objects.filter(key=KEY, edition="SG").count() == 4


def test_a_pack_leaves_a_persons_change_alone(place: City) -> None:
    load_pack(pack=pack(5), by=MACHINE, at=LOADED)
    change("a.b", 9, by=security(place.units["42"]))
    assert load_pack(pack=pack(6), by=MACHINE, at=NOW + timedelta(days=9)) == Loaded(kept=1)
    assert held(None, DAY + timedelta(99), "a.b") == 9


def test_a_units_own_value_can_end(place: City) -> None:
    by = actor(Role.QUALITY, place.units["420602"])
    mine = change(KEY, 8, unit_id=place.units["420602"], by=by)
    end_policy(policy_id=mine.pk, to_on=DAY + timedelta(5), reason="试行结束", by=by, at=NOW)
    assert [held(place.units["42060201"], DAY + timedelta(n)) for n in (4, 5)] == [8, 24]
    assert JournalEntry.objects.get(act="policy.end").reason == "试行结束"


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        ("policy_unknown", {"key": "no.such"}),
        ("policy_value_invalid", {"value": "很快"}),
        ("policy_value_invalid", {"value": -4}),
        ("policy_value_invalid", {"value": 0}),
        ("policy_needs_reason", {"reason": "   "}),
        ("policy_backdated", {"from_on": DAY - timedelta(1)}),
        ("policy_edition_unknown", {"edition": "XX"}),
        ("policy_edition_unknown", {"key": "edition", "value": "CSG", "edition": "SG"}),
        ("policy_company_only", {"key": "security.idle_min", "value": 10, "unit": "420602"}),
    ],
)
def test_what_is_refused_even_to_the_security_administrator(place: City, code: str, wish: dict[str, object]) -> None:
    asked: dict[str, object] = {"key": KEY, "value": 8, **wish}
    unit = place.units.get(str(asked.pop("unit", "")))
    before = list(Policy.objects.order_by("id").values())
    with pytest.raises(Refused) as refusal:
        change(by=security(place.units["42"]), unit_id=unit, **asked)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert list(Policy.objects.order_by("id").values()) == before


@pytest.mark.parametrize(
    ("code", "role", "wish"),
    [
        ("not_allowed", Role.STATION, {"unit": "420602"}),
        ("not_allowed", Role.ADMIN, {}),
        ("policy_company_wide", Role.QUALITY, {}),
        ("policy_out_of_scope", Role.QUALITY, {"unit": "420606"}),
        ("policy_security_only", Role.QUALITY, {"key": "edition", "value": "CSG", "unit": "420602"}),
    ],
)
def test_who_may_change_what(place: City, code: str, role: Role, wish: dict[str, object]) -> None:
    asked: dict[str, object] = {"key": KEY, "value": 8, **wish}
    unit = place.units.get(str(asked.pop("unit", "")))
    with pytest.raises(Refused) as refusal:
        change(by=actor(role, place.units["420602"]), unit_id=unit, **asked)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_a_company_value_is_never_left_empty(place: City) -> None:
    boss = security(place.units["42"])
    row = Policy.objects.get(key=KEY, edition="SG")
    with pytest.raises(Refused) as refusal:
        end_policy(policy_id=row.pk, to_on=DAY, reason="x", by=boss, at=NOW)
    assert refusal.value.code == "policy_needs_value"
    with pytest.raises(Refused) as refusal:
        end_policy(policy_id=0, to_on=DAY, reason="x", by=boss, at=NOW)
    assert refusal.value.code == "policy_not_open"


def test_only_a_machine_or_the_security_administrator_loads_packs() -> None:
    with pytest.raises(Refused) as refusal:
        load_packs(by=actor(Role.QUALITY), at=NOW)
    assert refusal.value.code == "not_allowed"
