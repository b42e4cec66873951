"""Places, rooms, numbers, consent and priority: small truth tables."""

import pytest

from longzhong.kit.errors import Refused
from longzhong.register.customers.rules import accounts, contacts, numbers, places, priority
from longzhong.register.customers.rules.accounts import AccountState
from longzhong.register.customers.rules.contacts import Purpose
from longzhong.register.customers.rules.priority import Basis, Grade


@pytest.mark.parametrize(
    ("room", "normal"),
    [
        ("3单元101号房间", "3-101"),
        ("3单元 101室", "3-101"),
        ("3-101", "3-101"),
        ("３单元１０１", "3-101"),
        ("A座 0602", "a-0602"),
        ("东头第一家", "东头第一家"),
        ("", ""),
    ],
)
def test_spellings_of_a_room_are_one(room: str, normal: str) -> None:
    assert places.normal_room(room) == normal


def test_bigrams_of_a_place() -> None:
    assert places.bigrams("名仕 家天下") == ("名仕", "仕家", "家天", "天下")
    assert places.bigrams("村") == ()


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("名仕家天下12号楼3单元101号房间", ("名仕家天下12号楼", "3-101")),
        ("名仕家天下12号楼101室", ("名仕家天下12号楼", "101")),
        ("凤凰村三组15号", ("凤凰村三组", "15")),
        ("名仕家天下", None),
        ("101", None),
    ],
)
def test_a_room_at_the_end_is_split_off(text: str, split: tuple[str, str] | None) -> None:
    assert places.split_room(text) == split


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("+86 138 0013 8000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("86 13800138000", "13800138000"),
        ("(0710)3512345", "07103512345"),
        ("13800138000", "13800138000"),
        ("8613", "8613"),
    ],
)
def test_spellings_of_a_phone_are_one(text: str, normal: str) -> None:
    assert numbers.normal_phone(text) == normal
    assert numbers.is_phone(normal)


@pytest.mark.parametrize("text", ["无", "12", "1380013800a", "", "1234567890123456"])
def test_these_are_no_phones(text: str) -> None:
    assert not numbers.is_phone(numbers.normal_phone(text))


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("110105491231002", True),
        ("11010519491231002", False),
        ("", False),
    ],
)
def test_an_identity_number_carries_its_check_digit(number: str, good: bool) -> None:
    assert numbers.is_id_number(number) is good


def test_personal_numbers_in_free_text_are_seen() -> None:
    assert numbers.holds_personal_number("电话 138-0013-8000 打不通")
    assert numbers.holds_personal_number("身份证11010519491231002x")
    assert not numbers.holds_personal_number("户号 4200001234567,欠费 2 月")


def test_consent_to_share_or_to_health_is_separate() -> None:
    separate = {purpose for purpose in Purpose if contacts.needs_separate(purpose)}
    assert separate == {Purpose.SHARE_ESTATE, Purpose.SHARE_COMMUNITY, Purpose.HEALTH}


@pytest.mark.parametrize(
    ("grade", "basis", "consent", "fault"),
    [
        (Grade.FIRST, Basis.CONTRACT, False, None),
        (Grade.SENSITIVE, Basis.CONTRACT, False, None),
        (Grade.LONE_ELDER, Basis.CONTRACT, False, None),
        (Grade.LONE_ELDER, Basis.CONSENT, False, "health_consent_missing"),
        (Grade.CRITICALLY_ILL, Basis.CONTRACT, False, "health_basis_needed"),
        (Grade.CRITICALLY_ILL, Basis.CONTRACT, True, "health_basis_needed"),
        (Grade.CRITICALLY_ILL, Basis.CONSENT, False, "health_consent_missing"),
        (Grade.CRITICALLY_ILL, Basis.CONSENT, True, None),
        (Grade.MEDICAL_DEVICE, Basis.AUTHORITY, False, None),
        (Grade.DISABLED, Basis.EMERGENCY, False, None),
    ],
)
def test_what_touches_health_needs_its_basis(grade: Grade, basis: Basis, consent: bool, fault: str | None) -> None:
    assert priority.basis_fault(grade, basis, consent) == fault


def test_every_grade_and_purpose_has_its_words() -> None:
    assert set(priority.GRADES) == set(Grade)
    assert set(contacts.PURPOSES) == set(Purpose)
    assert priority.words_of(Grade.FIRST) == "重要·一级"
    assert priority.words_of(Grade.SENSITIVE) == "敏感"


@pytest.mark.parametrize(
    ("verb", "source", "target"),
    [
        ("begin_closing", AccountState.ACTIVE, AccountState.CLOSING),
        ("cancel_closing", AccountState.CLOSING, AccountState.ACTIVE),
        ("close", AccountState.CLOSING, AccountState.CLOSED),
        ("close", AccountState.DEMOLISHED, AccountState.CLOSED),
        ("demolish", AccountState.ACTIVE, AccountState.DEMOLISHED),
        ("close", AccountState.ACTIVE, None),
        ("begin_closing", AccountState.CLOSED, None),
        ("demolish", AccountState.CLOSED, None),
    ],
)
def test_the_life_of_an_account(verb: str, source: AccountState, target: AccountState | None) -> None:
    if target is None:
        with pytest.raises(Refused) as refusal:
            accounts.ACCOUNT_LIFE.move(verb, source)
        assert refusal.value.code == "wrong_state"
    else:
        assert accounts.ACCOUNT_LIFE.move(verb, source).target == target
