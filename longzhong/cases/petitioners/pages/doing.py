"""The steps of a file as a table: verb → form and service; and which of them are open now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.petitioners import selectors, services
from longzhong.cases.petitioners.pages.forms import (
    LevelForm,
    MergeForm,
    MetForm,
    MoveForm,
    OutcomeForm,
    PhoneForm,
    PressForm,
    ReasonForm,
    SkipForm,
    StepForm,
)
from longzhong.cases.petitioners.pages.new import account_named
from longzhong.cases.petitioners.rules import HEADS, WRITERS, FileState
from longzhong.cases.petitioners.selectors import FileCard
from longzhong.cases.petitioners.services import NewHome, NewOccasion
from longzhong.kit import web
from longzhong.kit.actor import Actor
from longzhong.kit.clock import CST, now
from longzhong.kit.errors import Refused

Said = Mapping[str, Any]
Doer = Callable[[int, Said, Actor, datetime], object]
Typed = tuple[str, forms.Form] | None


def _merge(pk: int, said: Said, who: Actor, at: datetime) -> object:
    keep = selectors.file_numbered(selectors.visible_to(who), said["number"])
    if keep is None:
        raise Refused("not_found", _("没有这个编号的档案，或不由您的单位保管；什么都没有改动。"))
    return services.merge_files(keep_id=keep, gone_id=pk, reason=said["reason"], by=who, at=at)


def _move(pk: int, said: Said, who: Actor, at: datetime) -> object:
    account = account_named(said["account"])
    home = NewHome(from_on=said["from_on"], account_id=account, place=said["place"])
    return services.moved(petitioner_id=pk, home=home, by=who, at=at)


def _met(pk: int, said: Said, who: Actor, at: datetime) -> object:
    met = NewOccasion(met_at=said["met_at"], channel=said["channel"], mood=said["mood"], text=said["text"])
    return services.note_occasion(petitioner_id=pk, occasion=met, by=who, at=at)


def _step(pk: int, said: Said, who: Actor, at: datetime, *, skipped: bool = False) -> object:
    return services.log_step(petitioner_id=pk, position=_id(said), skipped=skipped, text=said["text"], by=who, at=at)


def _id(said: Said) -> int:
    return int(said["id"]) if str(said["id"]).isdecimal() and len(str(said["id"])) < 18 else 0


DOERS: dict[str, Doer] = {
    "level": lambda pk, s, who, at: services.change_level(
        petitioner_id=pk, level=s["level"], reason=s["reason"], by=who, at=at
    ),
    "close": lambda pk, s, who, at: services.close_file(petitioner_id=pk, reason=s["reason"], by=who, at=at),
    "reopen": lambda pk, s, who, at: services.reopen_file(petitioner_id=pk, reason=s["reason"], by=who, at=at),
    "merge": _merge,
    "move": _move,
    "phone": lambda pk, s, who, at: services.add_phone(petitioner_id=pk, phone=s["phone"], by=who, at=at),
    "end_phone": lambda pk, s, who, at: services.end_phone(petitioner_id=pk, phone_id=_id(s), by=who, at=at),
    "met": _met,
    "detach": lambda pk, s, who, at: services.detach_occasion(
        petitioner_id=pk, occasion_id=_id(s), reason=s["reason"], by=who, at=at
    ),
    "script": lambda pk, s, who, at: services.start_script(petitioner_id=pk, incident_id=_id(s) or None, by=who, at=at),
    "step": _step,
    "skip": lambda pk, s, who, at: _step(pk, s, who, at, skipped=True),
    "end_script": lambda pk, s, who, at: services.end_script(
        petitioner_id=pk, outcome=s["outcome"], text=s["text"], by=who, at=at
    ),
}
FORMS: dict[str, type[forms.Form]] = {
    "level": LevelForm, "close": ReasonForm, "reopen": ReasonForm, "merge": MergeForm, "move": MoveForm, "phone": PhoneForm,
    "end_phone": PressForm, "met": MetForm, "detach": ReasonForm, "script": PressForm, "step": StepForm, "skip": SkipForm,
    "end_script": OutcomeForm,
}  # fmt: skip


def form_of(verb: str, data: Any = None) -> forms.Form:
    """The form of a step, bound if data is given."""
    initial = {"met_at": f"{now().astimezone(CST):%Y-%m-%dT%H:%M}"} if verb == "met" else None
    return FORMS[verb](data, initial=initial, auto_id=f"{verb}_%s")


def moves_of(card: FileCard, who: Actor, typed: Typed) -> list[web.MoveForm]:
    """What may be done with the file itself now."""
    is_open, heads = card.row.state == FileState.OPEN, who.has(*HEADS)
    closed = card.row.state == FileState.CLOSED
    rows = (
        (is_open, "met", _("记一次来访"), "primary"),
        (is_open, "move", _("搬家了"), "secondary"),
        (is_open, "level", _("调整等级"), "secondary"),
        (is_open, "phone", _("补登电话"), "secondary"),
        (heads and (is_open or closed), "merge", _("并入另一份"), "secondary"),
        (is_open, "close", _("归档"), "danger"),
        (heads and closed and card.row.erased_at is None, "reopen", _("重新启用"), "primary"),
    )
    return [_form(card, verb, label, tone, typed) for may, verb, label, tone in rows if may and who.has(*WRITERS)]


def script_moves(card: FileCard, who: Actor, typed: Typed) -> list[web.MoveForm]:
    """The buttons of the three steps: begin, the step that comes now, leave it out, end."""
    if card.row.state != FileState.OPEN or not who.has(*WRITERS):
        return []
    if card.run is None:
        return [_form(card, "script", _("开始三步法"), "primary", None)]
    if card.next is None:
        return [_form(card, "end_script", _("登记结果"), "primary", typed)]
    stage = {"id": str(card.next.position)}
    done = _("做到了：%s") % card.next.title
    return [
        _form(card, "step", done, "primary", typed, hidden=stage, ask=card.next.do),
        _form(card, "skip", _("跳过这一步"), "secondary", typed, hidden=stage),
        _form(card, "end_script", _("提前结束"), "secondary", typed),
    ]


def _form(
    card: FileCard, verb: str, label: str, tone: str, typed: Typed, *, hidden: dict[str, str] | None = None, ask: str = ""
) -> web.MoveForm:  # fmt: skip
    form = typed[1] if typed and typed[0] == verb else form_of(verb)
    shown = form if form.fields else None
    action = reverse("petitioners:move", args=[card.row.pk, verb])
    return web.MoveForm(verb, label, action, form=shown, ask=ask, tone=tone, hidden=hidden or {})  # type: ignore[arg-type]
