"""The small forms of steps: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.disconnections.rules import RECEIPT_LABELS, WAY_LABELS, Given
from longzhong.cases.disconnections.services import Upload
from longzhong.kit import web


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, required=False, help_text=_("不填即为现在。"), **more)


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _choice(label: Any, labels: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *((key.value, word) for key, word in labels.items())])


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            reason=data.get("reason", ""), note=data.get("note", ""), way=data.get("way", ""),
            receipt=data.get("receipt", ""), moment=data.get("moment"),
        )  # fmt: skip

    def uploads(self) -> list[Upload]:
        return [Upload("photo", file.name or "photo", file.read()) for file in self.cleaned_data.get("photos") or []]


class TryForm(StepForm):
    way = _choice(_("方式"), WAY_LABELS)
    note = _words(_("情况"), required=False)


class ContactForm(StepForm):
    way = _choice(_("方式"), WAY_LABELS)
    note = _words(_("客户为什么欠费、需要什么帮助"), help_text=_("请不要写电话和证件号。"))
    moment = _moment(_("联系上的时间"))
    photos = web.PhotosField(label=_("照片（上门必拍）"), required=False)


class NoticeForm(StepForm):
    receipt = _choice(_("送达方式"), RECEIPT_LABELS)
    moment = _moment(_("送达时间"))
    photos = web.PhotosField(label=_("签收单照片"))
    note = _words(_("说明"), required=False)


class ReasonForm(StepForm):
    reason = _words(_("理由"))


class NoteForm(StepForm):
    note = _words(_("意见"), required=False)


class WarnForm(StepForm):
    way = _choice(_("方式"), WAY_LABELS)
    note = _words(_("告知了谁、怎样告知"))


class ExecuteForm(StepForm):
    moment = _moment(_("停电时间"))
    photos = web.PhotosField(label=_("现场照片"))
    note = _words(_("说明"), required=False)


class ReconnectForm(StepForm):
    moment = _moment(_("复电时间"))
    photos = web.PhotosField(label=_("现场照片（远程复电可不拍）"), required=False)
    note = _words(_("说明"), required=False)


class ReplyForm(StepForm):
    note = _words(_("怎样回复了客户"))


class PayForm(forms.Form):
    paid_at = _moment(_("缴费时间"))


FORMS: dict[str, type[StepForm]] = {
    "try_contact": TryForm, "contact": ContactForm, "notice": NoticeForm, "submit": ReasonForm, "approve": NoteForm,
    "decline": ReasonForm, "warn": WarnForm, "execute": ExecuteForm, "lift": ReasonForm, "reconnect": ReconnectForm,
    "reply": ReplyForm, "cancel": ReasonForm,
}  # fmt: skip


def form_for(verb: str, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step, bound if data is given."""
    return FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s")
