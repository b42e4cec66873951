"""Recording what was dissolved, and deciding about it: success and every refusal."""

from datetime import timedelta
from typing import Any

import pytest

from longzhong.cases.nearmisses import selectors
from longzhong.cases.nearmisses.models import NearMiss, StaffMark
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.errors import Refused
from tests.cases.hotline.make import MORNING, Hotline, a_case, hotline_county
from tests.cases.nearmisses.make import a_near_miss, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def hotline() -> Hotline:
    return hotline_county()


def test_a_quick_record_takes_unit_and_cell_of_the_person(hotline: Hotline) -> None:
    row = NearMiss.objects.get(pk=a_near_miss(hotline.manager))
    assert (row.unit_id, row.grid_id, row.staff_id) == (
        hotline.county.station,
        hotline.county.grid,
        hotline.manager.staff_id,
    )
    assert (row.number, row.state, row.means) == (f"HJ20260302{row.pk:06d}", "recorded", ["explained", "helped"])
    assert not StaffMark.objects.exists()


def test_words_are_erasable_and_not_in_the_chain(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager, words="客户说要去投诉")
    (card,) = matters.steps(selectors.label(made))
    assert card.words["text"] == "客户说要去投诉" and "客户说" not in str(card.data)


def test_a_record_from_a_case_takes_its_place_and_customer(hotline: Hotline) -> None:
    case = a_case(hotline)
    row = NearMiss.objects.get(
        pk=a_near_miss(hotline.desk, case_id=case.pk, place="phone", category_id=case.category_id)
    )
    assert (row.unit_id, row.grid_id, row.account_id, row.case_id) == (
        case.unit_id,
        case.grid_id,
        case.account_id,
        case.pk,
    )


def test_the_same_post_twice_keeps_one(hotline: Hotline) -> None:
    first = a_near_miss(hotline.manager, client_key="one-key-only")
    assert a_near_miss(hotline.manager, client_key="one-key-only") == first
    assert NearMiss.objects.count() == 1


def test_the_same_person_and_case_is_refused_by_its_number(hotline: Hotline) -> None:
    case = a_case(hotline)
    first = NearMiss.objects.get(pk=a_near_miss(hotline.desk, case_id=case.pk))
    with pytest.raises(Refused, match=str(first.number)) as refusal:
        a_near_miss(hotline.desk, case_id=case.pk)
    assert refusal.value.code == "near_miss_known"
    a_near_miss(hotline.desk, incident="petitioners.incident:7")
    with pytest.raises(Refused, match="已登记过"):
        a_near_miss(hotline.desk, incident="petitioners.incident:7")
    a_near_miss(hotline.quality, case_id=case.pk)  # somebody else had a part in it too
    assert NearMiss.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"means": ()}, "near_miss_incomplete"),
        ({"means": ("magic",)}, "near_miss_incomplete"),
        ({"reason": ""}, "near_miss_incomplete"),
        ({"place": "moon"}, "near_miss_incomplete"),
        ({"mood_after": "happy"}, "near_miss_incomplete"),
        ({"category_id": 0}, "category_unknown"),
        ({"account_code": "999"}, "account_unknown"),
        ({"happened_at": MORNING + timedelta(minutes=1)}, "near_miss_not_in_time"),
        ({"happened_at": MORNING - timedelta(days=7, minutes=1)}, "near_miss_not_in_time"),
        ({"case_id": 0}, "not_found"),
    ],
)
def test_what_is_refused(hotline: Hotline, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        a_near_miss(hotline.manager, **changes)
    assert refusal.value.code == code
    assert not NearMiss.objects.exists()


def test_seven_days_back_is_in_time(hotline: Hotline) -> None:
    assert a_near_miss(hotline.manager, happened_at=MORNING - timedelta(days=7))


def test_for_whom_one_may_record(hotline: Hotline) -> None:
    staff = hotline.county.staff
    row = NearMiss.objects.get(pk=a_near_miss(hotline.head, staff_id=staff["li"]))
    assert (row.staff_id, row.recorded_by_id) == (staff["li"], staff["head"])
    for by, named, code in (
        (hotline.head, staff["other"], "staff_unknown"),
        (hotline.county.actor("boss", "leader"), None, "not_allowed"),
    ):
        with pytest.raises(Refused) as refusal:
            a_near_miss(by, staff_id=named)
        assert refusal.value.code == code


def test_who_holds_no_post_that_day_is_refused(hotline: Hotline) -> None:
    with pytest.raises(Refused) as refusal:
        a_near_miss(hotline.manager, when=MORNING.replace(month=1, day=2))
    assert refusal.value.code == "staff_without_post"


def test_the_head_confirms_and_the_record_counts_it(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager)
    step(made, "confirm", hotline.head)
    row = NearMiss.objects.get(pk=made)
    assert (row.state, row.confirmed_by_id) == ("confirmed", hotline.head.staff_id)
    mark = StaffMark.objects.get()
    assert (mark.staff_id, mark.kind, mark.cause, mark.standing) == (
        row.staff_id,
        "averted",
        selectors.label(made),
        "open",
    )


def test_returned_amended_confirmed_and_revoked(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager)
    step(made, "send_back", hotline.head, words="经过没写清")
    step(made, "amend", hotline.manager, words="客户嫌电费高，讲了阶梯电价")
    step(made, "confirm", hotline.head)
    step(made, "revoke", hotline.quality, words="另有投诉")
    assert NearMiss.objects.get(pk=made).times_returned == 2
    assert StaffMark.objects.get().standing == "withdrawn"
    step(made, "amend", hotline.manager, words="补充")
    step(made, "confirm", hotline.head)
    assert StaffMark.objects.get().standing == "open"


def test_nobody_confirms_their_own(hotline: Hotline) -> None:
    own = a_near_miss(hotline.head)
    for_another = a_near_miss(hotline.head, staff_id=hotline.county.staff["li"])
    for made in (own, for_another):
        with pytest.raises(Refused) as refusal:
            step(made, "confirm", hotline.head)
        assert refusal.value.code == "own_record"
    step(own, "confirm", hotline.quality)


@pytest.mark.parametrize(
    ("verb", "who", "words", "code"),
    [
        ("confirm", "li", "", "not_found"),
        ("confirm", "desk", "", "not_allowed"),
        ("send_back", "head", " ", "reason_missing"),
        ("amend", "head", "x", "wrong_state"),
        ("revoke", "head", "x", "wrong_state"),
        ("dance", "head", "x", "wrong_state"),
    ],
)
def test_steps_that_are_refused(hotline: Hotline, verb: str, who: str, words: str, code: str) -> None:
    made = a_near_miss(hotline.manager)
    actors = {"li": hotline.county.li, "desk": hotline.desk, "head": hotline.head}
    with pytest.raises(Refused) as refusal:
        step(made, verb, actors[who], words=words)
    assert refusal.value.code == code


def test_only_the_person_or_the_recorder_amends(hotline: Hotline) -> None:
    made = a_near_miss(hotline.manager)
    step(made, "send_back", hotline.head, words="补充")
    with pytest.raises(Refused) as refusal:
        step(made, "amend", hotline.desk, words="我来写")
    assert refusal.value.code == "not_allowed"
