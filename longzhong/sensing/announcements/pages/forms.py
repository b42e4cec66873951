"""Forms of telling: they check shapes and never save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.kit import web
from longzhong.sensing.announcements.rules import RECEIPT_LABELS, Audience, Given, NewGroup, NewTelling, Tale
from longzhong.sensing.announcements.services import Upload


def _moment() -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=_("时间"), widget=widget, required=False, help_text=_("不填即为现在。"))


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **more)


class StepForm(forms.Form):
    """A step of an errand; the other forms add what it asks."""

    def given(self) -> Given:
        data = self.cleaned_data
        owner = data.get("owner")
        return Given(
            receipt=data.get("receipt", ""), note=data.get("note", ""), reason=data.get("reason", ""), moment=data.get("moment"),
            owner_id=int(owner) if owner else None,
        )  # fmt: skip

    def uploads(self) -> list[Upload]:
        return [Upload("photo", file.name or "photo", file.read()) for file in self.cleaned_data.get("photos") or []]


class ServeForm(StepForm):
    receipt = forms.ChoiceField(
        label=_("怎样送达"), choices=[("", "—"), *((k.value, v) for k, v in RECEIPT_LABELS.items())]
    )
    photos = web.PhotosField(label=_("签收单或现场照片"))
    note = _words(_("说明"), required=False, help_text=_("拒收留置写明见证人和经过；不要写电话和证件号。"))
    moment = _moment()


class PostForm(StepForm):
    photos = web.PhotosField(label=_("张贴处照片"), help_text=_("请打开相机的定位，照片里的位置就是凭据。"))
    note = _words(_("说明"), required=False, help_text=_("照片没有位置时写明原因。"))
    moment = _moment()


class MissForm(StepForm):
    note = _words(_("情况"), required=False)


class CancelForm(StepForm):
    reason = _words(_("为什么不再需要"))


class GiveForm(StepForm):
    owner = forms.ChoiceField(label=_("转给"))

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "—"), *((str(pk), name) for pk, name in choices)]  # type: ignore[attr-defined]


FORMS: dict[str, type[StepForm]] = {
    "serve": ServeForm, "miss": MissForm, "post": PostForm, "give": GiveForm, "cancel": CancelForm,
}  # fmt: skip


def form_for(verb: str, choices: Sequence[tuple[int, str]], data: Any = None, files: Any = None) -> StepForm:
    """The form of a step, bound if data is given."""
    if verb == "give":
        return GiveForm(data, files, auto_id="give_%s", choices=choices)
    return FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s")


class ComposeForm(forms.Form):
    """Whom and through what; the numbers stand beside the boxes."""

    audiences = forms.MultipleChoiceField(label=_("告知谁"), widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(label=_("短信等渠道"), widget=forms.CheckboxSelectMultiple, required=False)
    only_new = forms.BooleanField(
        label=_("只发给还没有告知的客户"), required=False, help_text=_("影响范围扩大或补发时用；已收到过的不再发。")
    )
    confirmed = forms.BooleanField(
        label=_("已核对人数、内容、送达和张贴清单"),
        error_messages={"required": _("请核对这里的人数和内容，再勾选这一项。")},
    )

    def __init__(self, data: Any, *, audiences: Sequence[tuple[str, str]], channels: Sequence[tuple[str, str]],
                 first: Sequence[str], through: Sequence[str]) -> None:  # fmt: skip
        super().__init__(data, initial={"audiences": list(first), "channels": list(through)})
        self.fields["audiences"].choices = audiences  # type: ignore[attr-defined]
        self.fields["channels"].choices = channels  # type: ignore[attr-defined]

    def telling(self, outage_id: int, tale: Tale) -> NewTelling:
        said = self.cleaned_data
        return NewTelling(
            outage_id=outage_id, tale=tale, audiences=tuple(map(Audience, said["audiences"])), channels=tuple(said["channels"]),
            only_new=said["only_new"],
        )  # fmt: skip


class DropForm(forms.Form):
    reason = _words(_("为什么不告知"))


class GroupForm(forms.Form):
    name = forms.CharField(label=_("群名"), max_length=60)
    unit = forms.TypedChoiceField(label=_("供电所"), coerce=int)
    estate = forms.CharField(
        label=_("小区或村"), max_length=60, required=False, help_text=_("不填就是全所的停电都告知。")
    )
    robot = forms.CharField(
        label=_("机器人 key"), max_length=80, help_text=_("企业微信群机器人推送地址里 key= 后面的部分，加密保存，不再显示。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, units: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def group(self) -> NewGroup:
        said = self.cleaned_data
        return NewGroup(
            name=said["name"], unit_id=said["unit"], estate=said["estate"].strip(), robot=said["robot"].strip()
        )
