"""The file follows the person: opened by a person, found by phone, moved with them, merged, closed and forgotten."""

from datetime import date, timedelta

import pytest

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.models import Occasion, Petitioner, PetitionerPhone, Residence
from longzhong.cases.petitioners.rules import FileState, Level
from longzhong.cases.petitioners.selectors import Whom
from longzhong.cases.petitioners.services import NewHome
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import vault
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.customers import selectors as customers
from longzhong.register.org.rules import Role
from tests.cases.petitioners.make import (
    MORNING,
    NAME,
    OTHER_PHONE,
    PHONE,
    SYSTEM,
    a_file,
    at,
    hall,
    other_hall,
    tags,
)
from tests.register.org.make import actor

pytestmark = pytest.mark.django_db


def test_a_file_is_sealed_masked_and_tagged(county):
    row = a_file(county)
    assert (row.mask, row.level, row.state) == ("郝**", Level.FREQUENT, FileState.OPEN)
    phone = row.phones.get()
    kept = repr([row.__dict__, phone.__dict__, list(matters.steps(selectors.label(row.pk)))])
    assert NAME not in kept and PHONE not in kept
    assert (phone.phone_mask, vault.unseal(phone.phone_sealed)) == ("137****5678", PHONE)
    assert "老上访" in tags(county, 1)
    assert row.residences.get().place == "檀溪街道名仕家天下"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "", "phone": ""}, "nobody_known"),
        ({"reason": " "}, "reason_missing"),
        ({"reason": f"他的电话 {PHONE}"}, "personal_data_in_text"),
        ({"phone": "abc"}, "phone_unreadable"),
        ({"account_id": 999_999}, "account_unknown"),
        ({"unit_id": 0}, "unit_not_yours"),
    ],
)
def test_what_is_no_file(county, changes, code):
    with pytest.raises(Refused, match=code):
        a_file(county, **changes)
    assert not Petitioner.objects.exists() and "老上访" not in tags(county, 1)


def test_one_person_has_one_file(county):
    a_file(county)
    with pytest.raises(Refused, match="file_exists"):
        a_file(county, name="另一个名字", account_id=None, place="别处")
    with pytest.raises(Refused, match="file_exists"):
        services.add_phone(
            petitioner_id=a_file(county, name="刘二", phone=OTHER_PHONE).pk, phone=PHONE, by=hall(county), at=MORNING
        )


@pytest.mark.parametrize("role", ["grid", "leader", "crew", "dept"])
def test_others_see_nothing(county, role):
    row = a_file(county)
    who = county.county.actor("zhang", role)
    assert not selectors.visible_to(who).exists()
    with pytest.raises(Refused, match="not_allowed"):
        services.look(petitioner_id=row.pk, by=who, at=MORNING)
    with pytest.raises(Refused, match="not_allowed"):
        selectors.match_person(who, Whom(phone=PHONE))


def test_opening_a_file_is_journalled_and_a_reveal_needs_a_reason(county):
    row, by = a_file(county), hall(county)
    services.look(petitioner_id=row.pk, by=by, at=MORNING)
    assert JournalEntry.objects.filter(act="petitioners.look", label=f"petitioners.file:{row.pk}").count() == 1
    with pytest.raises(Refused, match="reveal_needs_reason"):
        services.reveal(petitioner_id=row.pk, field="name", reason="看", by=by, at=MORNING)
    with pytest.raises(Refused, match="personal_data_in_text"):
        services.reveal(petitioner_id=row.pk, field="name", reason=f"回电 {PHONE}", by=by, at=MORNING)
    with pytest.raises(Refused, match="field_unknown"):
        services.reveal(petitioner_id=row.pk, field="id_number", reason="需要回电话", by=by, at=MORNING)
    assert services.reveal(petitioner_id=row.pk, field="name", reason="需要回电话", by=by, at=MORNING) == NAME
    phone = f"phone:{row.phones.get().pk}"
    assert services.reveal(petitioner_id=row.pk, field=phone, reason="需要回电话", by=by, at=MORNING) == PHONE
    stranger = a_file(county, name="刘二", phone=OTHER_PHONE)
    assert services.reveal(petitioner_id=stranger.pk, field=phone, reason="需要回电话", by=by, at=MORNING) == ""


def test_the_file_follows_the_person_to_the_next_hall(county):
    """Seed: 铁四局家属院 → 御龙湾 → 江华机械厂家属区."""
    row = a_file(county)
    services.moved(
        petitioner_id=row.pk,
        home=NewHome(from_on=date(2026, 1, 10), account_id=county.accounts[5]),
        by=hall(county),
        at=MORNING,
    )
    row.refresh_from_db()
    assert ("老上访" in tags(county, 1), "老上访" in tags(county, 5)) == (False, True)
    assert row.kept_by_id == county.county.other_station
    assert not selectors.is_visible(hall(county), row.pk) and selectors.is_visible(other_hall(county), row.pk)
    home = NewHome(from_on=date(2026, 2, 20), place="江华机械厂家属区")
    services.moved(petitioner_id=row.pk, home=home, by=other_hall(county), at=MORNING)
    assert "老上访" not in tags(county, 5)
    homes = Residence.objects.order_by("from_on").values_list("place", "from_on", "to_on")
    assert list(homes) == [
        ("檀溪街道名仕家天下", date(2025, 6, 1), date(2026, 1, 10)),
        ("庞公街道御龙湾", date(2026, 1, 10), date(2026, 2, 20)),
        ("江华机械厂家属区", date(2026, 2, 20), None),
    ]
    (match,) = selectors.match_person(hall(county), Whom(phone=PHONE))
    assert (match.mine, match.mask, match.reasons) == (False, "郝**", ("电话相同",))


@pytest.mark.parametrize(
    ("home", "code"),
    [
        (NewHome(from_on=date(2026, 3, 3), place="御龙湾"), "move_in_future"),
        (NewHome(from_on=date(2025, 5, 1), place="御龙湾"), "move_before_last"),
        (NewHome(from_on=date(2026, 1, 1)), "place_missing"),
        (NewHome(from_on=date(2026, 1, 1), account_id=999_999), "account_unknown"),
    ],
)
def test_moves_that_cannot_be(county, home, code):
    row = a_file(county)
    with pytest.raises(Refused, match=code):
        services.moved(petitioner_id=row.pk, home=home, by=hall(county), at=MORNING)
    assert Residence.objects.get().to_on is None and "老上访" in tags(county, 1)


def test_the_same_home_again_is_refused(county):
    row = a_file(county)
    home = NewHome(from_on=date(2026, 1, 1), account_id=county.accounts[1])
    with pytest.raises(Refused, match="same_home"):
        services.moved(petitioner_id=row.pk, home=home, by=hall(county), at=MORNING)


def test_a_household_keeps_its_tag_while_another_file_lives_there(county):
    first, _second = a_file(county), a_file(county, name="刘二", phone=OTHER_PHONE)
    services.close_file(petitioner_id=first.pk, reason="很久没来了", by=hall(county), at=MORNING)
    assert "老上访" in tags(county, 1)


def test_a_tag_taken_off_by_hand_stops_nobody(county):
    row = a_file(county)
    from_customers = customers.visible_to(SYSTEM).get(pk=county.accounts[1])
    from_customers.tags.all().delete()
    services.close_file(petitioner_id=row.pk, reason="很久没来了", by=hall(county), at=MORNING)
    assert "老上访" not in tags(county, 1)


def test_levels_and_the_tag(county):
    row, by = a_file(county), hall(county)
    for level, code in [("king", "level_unknown"), ("frequent", "level_same")]:
        with pytest.raises(Refused, match=code):
            services.change_level(petitioner_id=row.pk, level=level, reason="近来很平和", by=by, at=MORNING)
    services.change_level(petitioner_id=row.pk, level="friend", reason="近来很平和", by=by, at=MORNING)
    assert "老上访" not in tags(county, 1)
    services.change_level(petitioner_id=row.pk, level="occasional", reason="又来了", by=by, at=MORNING)
    assert "老上访" in tags(county, 1)
    assert "老上访 → 朋友" in "".join(entry.text for entry in matters.timeline(selectors.label(row.pk)))


def test_a_given_up_phone_is_somebody_elses(county):
    row, by = a_file(county), hall(county)
    services.add_phone(petitioner_id=row.pk, phone=OTHER_PHONE, by=by, at=MORNING)
    assert [one.petitioner_id for one in selectors.match_person(by, Whom(phone=OTHER_PHONE))] == [row.pk]
    phone = row.phones.get(phone_index=customers.phone_index(OTHER_PHONE))
    services.end_phone(petitioner_id=row.pk, phone_id=phone.pk, by=by, at=MORNING)
    assert selectors.match_person(by, Whom(phone=OTHER_PHONE)) == []
    with pytest.raises(Refused, match="phone_unknown"):
        services.end_phone(petitioner_id=row.pk, phone_id=phone.pk, by=by, at=MORNING)
    services.add_phone(petitioner_id=row.pk, phone=OTHER_PHONE, by=by, at=MORNING)
    assert row.phones.filter(ended_on=None).count() == 2


def test_matching_says_why_and_a_name_alone_is_the_weakest(county):
    first = a_file(county)
    second = a_file(county, phone=OTHER_PHONE, account_id=None, place="御龙湾")
    whom = Whom(name=NAME, phone=OTHER_PHONE, account_id=county.accounts[1])
    found = selectors.match_person(hall(county), whom)
    assert [(one.petitioner_id, one.points) for one in found] == [(second.pk, 7), (first.pk, 4)]
    assert found[1].reasons == ("同一户，请核对是不是本人", "姓名相同，请核对")
    assert selectors.match_person(hall(county), Whom()) == []
    assert PHONE not in repr(whom) and NAME not in repr(whom)


def head(county):
    return hall(county, "head", "station")


def test_two_files_of_one_person_become_one(county):
    keep = a_file(county)
    gone = a_file(county, phone=OTHER_PHONE, name="郝 有理", account_id=county.accounts[2], from_on=date(2025, 1, 1))
    met = services.NewOccasion(met_at=at("2026-03-01 10:00"), channel="hall", mood="furious", text="拍桌子")
    services.note_occasion(petitioner_id=gone.pk, occasion=met, by=hall(county), at=MORNING)
    with pytest.raises(Refused, match="not_allowed"):
        services.merge_files(keep_id=keep.pk, gone_id=gone.pk, reason="同一个人", by=hall(county), at=MORNING)
    with pytest.raises(Refused, match="same_file"):
        services.merge_files(keep_id=keep.pk, gone_id=keep.pk, reason="同一个人", by=head(county), at=MORNING)
    services.merge_files(keep_id=keep.pk, gone_id=gone.pk, reason="同一个人", by=head(county), at=MORNING)
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into_id, gone.name_sealed) == (FileState.MERGED, keep.pk, "")
    assert (keep.phones.count(), keep.residences.count(), keep.occasions.count()) == (2, 2, 1)
    assert keep.residences.get(to_on=None).account_id == county.accounts[1]
    assert keep.last_at == at("2026-03-01 10:00")
    assert ("老上访" in tags(county, 1), "老上访" in tags(county, 2)) == (True, False)
    with pytest.raises(Refused, match="file_not_open"):
        services.add_phone(petitioner_id=gone.pk, phone="13700000000", by=hall(county), at=MORNING)


def test_a_file_of_another_hall_cannot_be_merged(county):
    keep = a_file(county)
    gone = a_file(
        county,
        by=other_hall(county),
        unit_id=county.county.other_station,
        phone=OTHER_PHONE,
        account_id=None,
        place="御龙湾",
    )
    with pytest.raises(Refused, match="not_found"):
        services.merge_files(keep_id=keep.pk, gone_id=gone.pk, reason="同一个人", by=head(county), at=MORNING)


def test_closing_and_opening_again(county):
    row, by = a_file(county), hall(county)
    services.close_file(petitioner_id=row.pk, reason="半年没来", by=by, at=MORNING)
    assert "老上访" not in tags(county, 1)
    assert selectors.match_person(by, Whom(account_id=county.accounts[1])) == []
    with pytest.raises(Refused, match="not_allowed"):
        services.reopen_file(petitioner_id=row.pk, reason="又来了", by=by, at=MORNING)
    services.reopen_file(petitioner_id=row.pk, reason="又来了", by=head(county), at=MORNING)
    assert "老上访" in tags(county, 1)
    services.start_script(petitioner_id=row.pk, by=by, at=MORNING)
    with pytest.raises(Refused, match="script_running"):
        services.close_file(petitioner_id=row.pk, reason="半年没来", by=by, at=MORNING)


def test_reopening_beside_a_newer_file_is_refused(county):
    row = a_file(county)
    services.close_file(petitioner_id=row.pk, reason="半年没来", by=hall(county), at=MORNING)
    a_file(county)
    with pytest.raises(Refused, match="file_exists"):
        services.reopen_file(petitioner_id=row.pk, reason="又来了", by=head(county), at=MORNING)


def test_a_closed_file_forgets_who_it_was(county):
    row, by = a_file(county), hall(county)
    met = services.NewOccasion(met_at=at("2026-03-01 10:00"), channel="hall", mood="calm", text="说起孩子")
    services.note_occasion(petitioner_id=row.pk, occasion=met, by=by, at=MORNING)
    services.close_file(petitioner_id=row.pk, reason="搬去外地", by=by, at=MORNING)
    assert services.erase_due(by=SYSTEM, at=MORNING + timedelta(days=729)) == 0
    later = MORNING + timedelta(days=731)
    assert services.erase_due(by=SYSTEM, at=later) == 1
    assert services.erase_due(by=SYSTEM, at=later) == 0
    row.refresh_from_db()
    assert (row.name_sealed, row.mask, row.phones.count()) == ("", "（已删除）", 0)
    assert Occasion.objects.filter(petitioner=row).count() == 1 and row.residences.get().account_id is None
    said = "".join(entry.text + entry.who for entry in matters.timeline(selectors.label(row.pk)))
    assert "说起孩子" not in said and "搬去外地" not in said
    with pytest.raises(Refused, match="identity_erased"):
        services.reopen_file(petitioner_id=row.pk, reason="又来了", by=head(county), at=later)


def test_an_open_file_is_never_forgotten_by_the_clock(county):
    a_file(county)
    assert services.erase_due(by=SYSTEM, at=MORNING + timedelta(days=5000)) == 0


def test_a_new_key_reseals(county, settings):
    a_file(county)
    settings.LONGZHONG_KEYS = vault.with_new_key(settings.LONGZHONG_KEYS)
    with pytest.raises(Refused, match="not_allowed"):
        services.reseal_some(by=hall(county), at=MORNING)
    security = actor(Role.SECURITY, county.county.city)
    assert services.reseal_some(by=security, at=MORNING) == 2
    assert services.reseal_some(by=security, at=MORNING) == 0
    assert vault.unseal(PetitionerPhone.objects.get().phone_sealed) == PHONE


def test_a_file_elsewhere_cannot_be_touched(county):
    row = a_file(county)
    with pytest.raises(Refused, match="not_found"):
        services.close_file(petitioner_id=row.pk, reason="半年没来", by=other_hall(county), at=MORNING)
    with pytest.raises(Refused, match="not_found"):
        services.look(petitioner_id=row.pk, by=other_hall(county), at=MORNING)
