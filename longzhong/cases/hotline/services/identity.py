"""Who a caller is, asked for with a reason and kept in the journal before it is shown; and forgotten on request (PIPL 47)."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.hotline import selectors
from longzhong.cases.hotline.models import Call, Case, CaseParty
from longzhong.cases.hotline.rules.given import ERASERS, REVEALERS
from longzhong.cases.hotline.rules.machine import DONE
from longzhong.cases.hotline.services.moving import enter, note
from longzhong.dispatch.matters.services import Said
from longzhong.kit import journal, vault
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.texts import clean_text
from longzhong.register.customers.rules.numbers import holds_personal_number
from longzhong.register.customers.rules.reveals import good_reason
from longzhong.sensing.texts import services as texts

HANDLING_REASON = "办理本诉求需要联系客户"
ERASED_MASK = "已删除"


class CallerField(StrEnum):
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    TEXT = "text"


SEALED = {
    CallerField.PHONE: "phone_sealed",
    CallerField.NAME: "name_sealed",
    CallerField.ADDRESS: "address_sealed",
}


@transaction.atomic
def reveal_caller(*, case_id: int, field: str, reason: str = "", by: Actor, at: datetime) -> str:
    """One value of a case's caller in plain: phone, name, address, or the words as spoken ("text"); "" if not known.

    The case's owner needs no other reason than handling it (one tap); a confidential caller stays hidden from those concerned.
    """
    need(by, *REVEALERS)
    case = enter(case_id=case_id, by=by)
    _may(by, case)
    preset = HANDLING_REASON if by.staff_id is not None and by.staff_id == case.owner_id else ""
    value = _value(CaseParty.objects.filter(case=case), case.content_sealed, _field(field))
    return _logged(value, f"{selectors.NOUN}:{case.pk}", field, reason.strip() or preset, by=by, at=at)


@transaction.atomic
def reveal_call(*, call_id: int, field: str, reason: str = "", by: Actor, at: datetime) -> str:
    """The same for a call that is no case (yet); who took it may read it back without another reason."""
    need(by, *REVEALERS)
    call = _call(call_id, by)
    if call.case_id is not None:
        _may(by, Case.objects.get(pk=call.case_id))
    preset = HANDLING_REASON if by.staff_id is not None and by.staff_id == call.taken_by_id else ""
    value = _value(CaseParty.objects.filter(call=call), call.text_sealed, _field(field))
    return _logged(value, f"{selectors.CALL_NOUN}:{call.pk}", field, reason.strip() or preset, by=by, at=at)


@transaction.atomic
def erase_caller(*, case_id: int, reason: str, by: Actor, at: datetime) -> int:
    """Erase who the caller was and their words as spoken, on their request; what was asked and done stays. Returns parties."""
    need(by, *ERASERS)
    case = enter(case_id=case_id, by=by)
    if case.state not in DONE:
        raise Refused("case_live", _("诉求还没有办结，联系客户仍需要这些信息；没有删除。"), case=case_id)
    words = _reason(reason)
    parties = CaseParty.objects.filter(case=case, erased_at=None)
    count = parties.update(
        name_sealed="", name_mask=ERASED_MASK, phone_sealed="", phone_mask=ERASED_MASK, phone_index="", address_sealed="",
        person=None, erased_at=at,
    )  # fmt: skip
    Call.objects.filter(case=case).update(text_sealed="")
    case.content_sealed = ""
    case.save(update_fields=["content_sealed"])
    texts.forget(labels=[selectors.label(case.pk)], reason=words, by=by, at=at)
    journal.record(by, "hotline.erase_caller", selectors.label(case.pk), at=at, reason=words, parties=count)
    note(case=case, verb="erase_caller", said=Said({"parties": count}), by=by, at=at)
    return count


def unnamed(*, said: Said, case: Case, by: Actor) -> Said:
    """Words and names of files as everybody may read them who may read a timeline above the case (`selectors.untold`)."""
    words = {key: selectors.untold(by, case, word) for key, word in said.words.items()}
    return replace(
        said, words=words, uploads=[replace(one, name=selectors.untold(by, case, one.name)) for one in said.uploads]
    )


def _call(call_id: int, by: Actor) -> Call:
    call = selectors.visible_calls(by).filter(pk=call_id).first()
    if call is None:
        raise Refused("not_found", _("没有这个来电，或不在您的管辖范围内。"), call=call_id)
    return call


def _may(by: Actor, case: Case) -> None:
    if not selectors.may_know_caller(by, case):
        raise Refused("caller_confidential", _("客户要求保密，您不能查看来电人信息；这次查看没有进行。"), case=case.pk)


def _field(field: str) -> CallerField:
    if field not in set(CallerField):
        raise Refused("field_unknown", _("没有这个可查看的项目。"), field=field)
    return CallerField(field)


def _value(parties: QuerySet[CaseParty], text_sealed: str, field: CallerField) -> str:
    if field is CallerField.TEXT:
        return vault.unseal(text_sealed)
    rows = parties.order_by("kind", "id").values_list(SEALED[field], flat=True)
    return vault.unseal(next(filter(None, rows), ""))


def _reason(reason: str) -> str:
    words = clean_text(reason, 200)
    if not good_reason(words):
        raise Refused("reveal_needs_reason", _("请写明事由（至少 4 个字）；没有继续。"))
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("事由里不能写手机号或证件号；没有继续。"))
    return words


def _logged(value: str, label: str, field: str, reason: str, *, by: Actor, at: datetime) -> str:
    journal.record(by, "hotline.reveal", label, at=at, reason=_reason(reason), field=field)
    return value
