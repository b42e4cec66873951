"""Looking at a file, and at one value in plain: both are kept in the journal before anything is shown."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.rules import READERS
from longzhong.cases.petitioners.selectors import FileCard, file_card, file_of, label
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.register.customers.rules.reveals import good_reason


@transaction.atomic
def look(*, petitioner_id: int, by: Actor, at: datetime) -> FileCard:
    """The file, masked; that somebody opened it is journalled each time."""
    need(by, *READERS)
    card = file_card(by, petitioner_id)
    journal.record(by, "petitioners.look", label(petitioner_id), at=at)
    return card


@transaction.atomic
def reveal(*, petitioner_id: int, field: str, reason: str, by: Actor, at: datetime) -> str:
    """One value in plain: "name", or "phone:12"; empty where nothing is known (any more)."""
    need(by, *READERS)
    words = clean_text(reason, 200)
    if not good_reason(words):
        raise Refused("reveal_needs_reason", _("查看明文要写明事由（至少 4 个字）。"))
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("事由里不能写手机号或证件号。"))
    row = file_of(by, petitioner_id)
    kind, _colon, number = field.partition(":")
    if field == "name":
        token = row.name_sealed
    elif kind == "phone" and number.isdecimal():
        token = row.phones.filter(pk=int(number)).values_list("phone_sealed", flat=True).first() or ""
    else:
        raise Refused("field_unknown", _("没有这个可查看的项目。"), field=field[:20])
    journal.record(by, "petitioners.reveal", label(petitioner_id), at=at, reason=words, field=field)
    return vault.unseal(token)
