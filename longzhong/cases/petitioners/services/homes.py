"""A person moves house: the file goes on, the tag moves, and the hall of the new place keeps it (S0-18)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Petitioner, Residence
from longzhong.cases.petitioners.services.files import home_place
from longzhong.cases.petitioners.services.moving import HOUSE, enter_open, note, tag_home, untag
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers


@dataclass(frozen=True, kw_only=True)
class NewHome:
    """Where to and since when: an account, or an estate or village in plain words. `unit_id`: which hall keeps the file from now
    on (None: the account's unit, else the same hall).
    """

    from_on: date
    account_id: int | None = None
    place: str = ""
    unit_id: int | None = None


@transaction.atomic
def moved(*, petitioner_id: int, home: NewHome, by: Actor, at: datetime) -> Residence:
    """The last home ends on the day on which the new one begins; days before it are refused, so is the same account again.

    A new account may lie outside of the actor's own scope (the next hall's); it is looked up in the house's name and only its
    estate is kept.
    """
    row = enter_open(petitioner_id=petitioner_id, by=by)
    if home.from_on > civil_day(at):
        raise Refused("move_in_future", _("搬迁日期还没到；什么都没有改动。"))
    last = Residence.objects.select_for_update().filter(petitioner=row, to_on=None).first()
    if last is not None:
        if home.from_on < last.from_on:
            raise Refused("move_before_last", _("搬迁日期早于现住址的起始日；什么都没有改动。"), since=last.from_on)
        if home.account_id is not None and home.account_id == last.account_id:
            raise Refused("same_home", _("新住址和现住址是同一户；什么都没有改动。"), account=home.account_id)
        last.to_on = home.from_on
        last.save(update_fields=["to_on"])
        if last.account_id is not None:
            untag(account_id=last.account_id, by=HOUSE, at=at)
    place = home_place(account_id=home.account_id, place=home.place, by=HOUSE)
    new = Residence.objects.create(petitioner=row, account_id=home.account_id, place=place, from_on=home.from_on)
    _hand_on(row, home)
    data = {"account": home.account_id, "from_on": home.from_on, "unit": row.kept_by_id}
    note(row=row, verb="move", data=data, words={"text": place}, by=by, at=at)
    tag_home(row=row, by=by, at=at)
    return new


def _hand_on(row: Petitioner, home: NewHome) -> None:
    unit = home.unit_id
    if unit is None and home.account_id is not None:
        unit = customers.visible_to(HOUSE).filter(pk=home.account_id).values_list("unit_id", flat=True).first()
    if unit is not None and unit != row.kept_by_id:
        row.kept_by_id = unit
        row.save(update_fields=["kept_by"])
