"""Signing in, being locked out, and passwords."""

from datetime import timedelta

import pytest

from longzhong.kit import journal
from longzhong.kit.errors import Refused
from longzhong.kit.models import JournalEntry
from longzhong.register.access import selectors, services
from longzhong.register.access.models import SignIn, User
from longzhong.register.org.rules import Role
from tests.register.access.make import PASSWORD, person, user
from tests.register.org.make import MACHINE, NOW, city

pytestmark = pytest.mark.django_db


def enter(login: str = "kongming", password: str = PASSWORD, minutes: float = 0) -> User:
    return services.sign_in(login=login, password=password, address="10.0.0.7", at=NOW + timedelta(minutes=minutes))


def refused(service: object, **wish: object) -> str:
    with pytest.raises(Refused) as refusal:
        service(**wish)  # type: ignore[operator]
    return refusal.value.code


def test_a_right_password_opens_and_everything_is_written_down() -> None:
    made = user("kongming")
    assert enter(" KongMing ") == made
    assert refused(enter, password="wrong") == "login_wrong"
    assert refused(enter, login="nobody") == "login_wrong"
    assert list(SignIn.objects.order_by("id").values_list("user", "outcome")) == [
        (made.pk, "ok"),
        (made.pk, "wrong"),
        (None, "wrong"),
    ]
    entries = JournalEntry.objects.filter(act="access.sign_in").order_by("id")
    assert [entry.ids["outcome"] for entry in entries] == ["ok", "wrong", "wrong"]
    assert "kongming" not in "".join(f"{entry.actor}{entry.label}{entry.ids}" for entry in entries)
    assert not SignIn.objects.filter(login_index__contains="nobody").exists()
    assert not list(journal.broken_entries())


def test_five_failures_lock_for_ten_minutes() -> None:
    user("kongming")
    codes = [refused(enter, password="wrong") for _ in range(5)]
    assert codes == [*["login_wrong"] * 5]
    assert refused(enter) == "login_locked"
    assert refused(enter, minutes=9.9) == "login_locked"
    assert enter(minutes=10).login == "kongming"


def test_an_unknown_name_is_locked_alike() -> None:
    for _ in range(5):
        refused(enter, login="nobody")
    assert refused(enter, login="nobody") == "login_locked"
    assert refused(enter, login="somebody") == "login_wrong"


def test_a_stopped_user_is_not_let_in_and_learns_nothing() -> None:
    here = city()
    made = user("kongming")
    services.set_active(user_id=made.pk, active=False, reason="离职", by=MACHINE, at=NOW)
    assert refused(enter) == "login_wrong"
    assert SignIn.objects.get().outcome == "inactive"
    assert selectors.actor_of(made.pk, NOW).scopes == ()
    wish = {"user_id": made.pk, "active": False, "reason": "再次", "by": MACHINE, "at": NOW}
    assert refused(services.set_active, **wish) == "nothing_to_change"
    assert refused(services.set_active, **wish | {"reason": " ", "active": True}) == "reason_missing"
    assert refused(services.set_active, **wish | {"user_id": 10**9}) == "not_found"
    admin = person(here, "admin1", Role.ADMIN)
    assert refused(services.set_active, **wish | {"user_id": admin.user_id, "by": admin}) == "user_self"


def test_the_security_administrator_unlocks() -> None:
    here = city()
    made = user("kongming")
    security = person(here, "safe1", Role.SECURITY)
    wish = {"user_id": made.pk, "reason": "本人当面核实", "by": security, "at": NOW}
    assert refused(services.unlock, **wish) == "not_locked"
    for _ in range(5):
        refused(enter, password="wrong")
    assert selectors.user_card(security, made.pk, NOW).locked_until == NOW + timedelta(minutes=10)
    assert refused(services.unlock, **wish | {"reason": ""}) == "reason_missing"
    assert refused(services.unlock, **wish | {"by": person(here, "admin1", Role.ADMIN)}) == "not_allowed"
    assert refused(services.unlock, **wish | {"user_id": 10**9}) == "not_found"
    services.unlock(**wish)  # type: ignore[arg-type]
    assert enter() == made


def test_an_old_password_must_be_changed_first() -> None:
    user("kongming")
    assert not enter(minutes=60 * 24 * 89).must_change_password
    assert enter(minutes=60 * 24 * 90).must_change_password


def change(who: User, new: str, old: str = PASSWORD) -> User:
    by = selectors.actor_of(who, NOW)
    return services.change_password(old=old, new=new, by=by, at=NOW)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("Short-1", "password_short"),
        ("onlylowercase", "password_simple"),
        ("Kongming-99-x", "password_has_login"),
        (PASSWORD, "password_used"),
    ],
)
def test_weak_passwords_are_refused(new: str, code: str) -> None:
    assert refused(lambda: change(user("kongming"), new)) == code


def test_a_password_does_not_come_back_within_five() -> None:
    made, current = user("kongming"), PASSWORD
    assert refused(lambda: change(made, "Other-Pass-1", old="wrong")) == "password_wrong"
    for i in range(5):
        new = f"Longzhong-Dui-{i}"
        change(made, new, old=current)
        current = new
        if i < 4:
            assert refused(lambda old=new: change(made, PASSWORD, old=old)) == "password_used"  # type: ignore[misc]
    change(made, PASSWORD, old=current)


def test_a_stranger_changes_nothing() -> None:
    assert refused(services.change_password, old="a", new="b", by=MACHINE, at=NOW) == "not_found"


def test_a_reset_password_is_changed_by_its_owner() -> None:
    here = city()
    made = user("kongming")
    admin = person(here, "admin1", Role.ADMIN)
    wish = {"user_id": made.pk, "password": "Temporary-Pass-1", "by": admin, "at": NOW}
    services.reset_password(**wish)  # type: ignore[arg-type]
    assert enter(password="Temporary-Pass-1").must_change_password
    assert not change(User.objects.get(pk=made.pk), "Quite-New-Pass-2", old="Temporary-Pass-1").must_change_password
    assert refused(services.reset_password, **wish | {"user_id": admin.user_id}) == "user_self"
    assert refused(services.reset_password, **wish | {"user_id": 10**9}) == "not_found"
    assert refused(services.reset_password, **wish | {"by": person(here, "safe1", Role.SECURITY)}) == "not_allowed"


def test_users_are_made_by_the_system_administrator() -> None:
    here = city()
    admin = person(here, "admin1", Role.ADMIN)
    wish = {"login": "zhanghf", "password": PASSWORD, "staff_id": here.staff["S1"], "by": admin, "at": NOW}
    made = services.create_user(**wish)  # type: ignore[arg-type]
    assert (made.name, made.must_change_password) == ("张惠芳", True)
    assert selectors.users_of_staff([here.staff["S1"]]) == {here.staff["S1"]: made.pk}
    assert refused(services.create_user, **wish) == "login_taken"
    assert refused(services.create_user, **wish | {"login": "other"}) == "staff_has_user"
    assert refused(services.create_user, **wish | {"login": "other", "staff_id": 10**9}) == "not_found"
    assert refused(services.create_user, **wish | {"login": "张惠芳"}) == "login_malformed"
    assert (
        refused(services.create_user, **wish | {"login": "fresh", "staff_id": None, "password": "x"})
        == "password_short"
    )
    assert refused(services.create_user, **wish | {"by": person(here, "safe1", Role.SECURITY)}) == "not_allowed"
