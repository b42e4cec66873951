"""Open, close and reopen a file, its phones and its level; always by a person, with a reason (S0-18)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Petitioner, PetitionerPhone, Residence
from longzhong.cases.petitioners.rules import WRITERS, FileState, Level
from longzhong.cases.petitioners.selectors import Whom, files_of
from longzhong.cases.petitioners.services.moving import enter, enter_open, note, said, tag_home, turn
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.rules.masking import mask_name, mask_phone
from longzhong.register.customers.rules.numbers import is_phone, normal_phone


@dataclass(frozen=True, kw_only=True, repr=False)
class NewFile:
    """Who it is and where they live: name and phone in plain (sealed here), an account, or a place in plain words."""

    unit_id: int
    reason: str
    name: str = ""
    phone: str = ""
    person_id: int | None = None
    account_id: int | None = None
    place: str = ""
    from_on: date | None = None


@transaction.atomic
def open_file(*, new: NewFile, by: Actor, at: datetime) -> Petitioner:
    """Open a file. Refused where an open one already fits by identity or phone: that one goes on, or the two are merged."""
    need(by, *WRITERS)
    if not by.system and new.unit_id not in by.units(*WRITERS):
        raise Refused("unit_not_yours", _("不能为别的单位建档；什么都没有改动。"), unit=new.unit_id)
    reason, name = said(new.reason), clean_text(new.name, 60)
    phone = _phone(new.phone) if new.phone.strip() else ""
    if not (name or phone or new.person_id):
        raise Refused("nobody_known", _("建档至少要知道姓名或电话；什么都没有改动。"))
    _not_twice(Whom(phone=phone, person_id=new.person_id))
    row = Petitioner.objects.create(
        person_id=new.person_id, name_sealed=vault.seal(name), name_index=vault.index(name, "name"), mask=mask_name(name),
        kept_by_id=new.unit_id, opened_at=at,
    )  # fmt: skip
    row.number = f"CK{civil_day(at):%Y}{row.pk:06d}"
    row.save(update_fields=["number"])
    if phone:
        keep_phone(row=row, phone=phone, by=by, at=at)
    if new.account_id is not None or new.place.strip():
        place = home_place(account_id=new.account_id, place=new.place, by=by)
        Residence.objects.create(
            petitioner=row, account_id=new.account_id, place=place, from_on=new.from_on or civil_day(at)
        )
    note(
        row=row,
        verb="open",
        data={"unit": new.unit_id, "account": new.account_id},
        words={"reason": reason},
        by=by,
        at=at,
    )
    tag_home(row=row, by=by, at=at)
    journal.record(by, "petitioners.open", f"petitioners.file:{row.pk}", at=at)
    return row


def home_place(*, account_id: int | None, place: str, by: Actor) -> str:
    """Where somebody lives, down to the estate: from the account, else the words that were given."""
    if account_id is None:
        words = clean_text(place, 120)
        if not words:
            raise Refused("place_missing", _("请写明住在哪个小区或村；什么都没有改动。"))
        return words
    account = customers.visible_to(by).filter(pk=account_id).values("town", "village", "estate").first()
    if account is None:
        raise Refused("account_unknown", _("没有这一户，或不在您的管辖范围内；什么都没有改动。"), account=account_id)
    return clean_text(place, 120) or "".join(map(str, account.values())) or _("地址未登记")


@transaction.atomic
def add_phone(*, petitioner_id: int, phone: str, by: Actor, at: datetime) -> None:
    """Another phone of the person; one that an open file of somebody else holds is refused."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    plain = _phone(phone)
    _not_twice(Whom(phone=plain), but=row.pk)
    keep_phone(row=row, phone=plain, by=by, at=at)
    note(row=row, verb="add_phone", data={}, words={}, by=by, at=at)


@transaction.atomic
def end_phone(*, petitioner_id: int, phone_id: int, by: Actor, at: datetime) -> None:
    """The person has this phone no more; the next owner's calls don't count for them."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    changed = PetitionerPhone.objects.filter(pk=phone_id, petitioner=row, ended_on=None).update(ended_on=civil_day(at))
    if not changed:
        raise Refused("phone_unknown", _("这份档案没有这个在用的电话；什么都没有改动。"), phone=phone_id)
    note(row=row, verb="end_phone", data={"phone_row": phone_id}, words={}, by=by, at=at)


@transaction.atomic
def change_level(*, petitioner_id: int, level: str, reason: str, by: Actor, at: datetime) -> Petitioner:
    """老上访 → 少上访 → 朋友, or back; a friend's account carries no tag."""
    row = enter_open(petitioner_id=petitioner_id, by=by)
    if level not in set(map(str, Level)):
        raise Refused("level_unknown", _("没有这个等级；什么都没有改动。"), level=level)
    words, was = said(reason), row.level
    if level == was:
        raise Refused("level_same", _("已经是这个等级；什么都没有改动。"), level=level)
    row.level = level
    row.save(update_fields=["level"])
    note(row=row, verb="level", data={"from": was, "to": level}, words={"reason": words}, by=by, at=at)
    tag_home(row=row, by=by, at=at)
    return row


@transaction.atomic
def close_file(*, petitioner_id: int, reason: str, by: Actor, at: datetime) -> Petitioner:
    """Put a file away; the tag goes, and after the policy's days who it was is erased."""
    row = enter(petitioner_id=petitioner_id, by=by)
    if row.runs.filter(ended_at=None).exists():
        raise Refused("script_running", _("三步法还没有结束，先结束再归档；什么都没有改动。"), petitioner=row.pk)
    turn(row=row, verb="close", reason=reason, by=by, at=at)
    tag_home(row=row, by=by, at=at)
    return row


@transaction.atomic
def reopen_file(*, petitioner_id: int, reason: str, by: Actor, at: datetime) -> Petitioner:
    """Take a closed file into use again; one whose identity was erased stays closed."""
    row = enter(petitioner_id=petitioner_id, by=by)
    if row.erased_at is not None:
        raise Refused("identity_erased", _("这份档案的身份信息已按期删除，不能再启用；请另建一份。"), petitioner=row.pk)
    for phone in row.phones.filter(ended_on=None):
        _not_twice(Whom(phone_index=phone.phone_index, person_id=row.person_id), but=row.pk)
    turn(row=row, verb="reopen", reason=reason, by=by, at=at)
    tag_home(row=row, by=by, at=at)
    return row


def keep_phone(*, row: Petitioner, phone: str, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who
    """The sealed row of a phone, or the ended one taken into use again."""
    values = {"phone_sealed": vault.seal(phone), "phone_mask": mask_phone(phone), "since_at": at, "ended_on": None}
    PetitionerPhone.objects.update_or_create(petitioner=row, phone_index=customers.phone_index(phone), defaults=values)


def _phone(text: str) -> str:
    plain = normal_phone(clean_text(text, 40))
    if not is_phone(plain):
        raise Refused("phone_unreadable", _("这不是一个可以拨打的电话号码；什么都没有改动。"))
    return plain


def _not_twice(whom: Whom, but: int | None = None) -> None:
    others = [pk for pk in files_of(whom) if pk != but]
    if others:
        numbers = Petitioner.objects.filter(pk__in=others, state=FileState.OPEN).values_list("number", flat=True)
        shown = "、".join(sorted(filter(None, numbers)))
        raise Refused(
            "file_exists", _("这个人已有档案 %s；什么都没有改动，请在那份上继续，或申请并档。") % shown, files=others
        )
