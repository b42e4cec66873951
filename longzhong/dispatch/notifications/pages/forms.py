"""Forms of notices: they check shapes and never save."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.dispatch.notifications.models import Provider
from longzhong.dispatch.notifications.rules import KINDS, Channel, Kind, NewNotice, Variable
from longzhong.dispatch.notifications.services import NewProvider
from longzhong.kit.clock import CST
from longzhong.register.customers.rules.numbers import normal_phone

LIST = re.compile(r"[\s,，、;；]+")
MOST_PHONES, MOST_AREAS = 200, 200
AREA = forms.Textarea(attrs={"rows": 3})
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ComposeForm(forms.Form):
    """Who and what; the values of the template's places are the fields `var.<name>`."""

    title = forms.CharField(label=_("标题"), max_length=60)
    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    areas = forms.CharField(
        label=_("台区编号"), required=False, widget=AREA, help_text=_("用逗号或换行分开；不填就是全单位。")
    )
    estate = forms.CharField(label=_("小区"), required=False, max_length=60)
    phones = forms.CharField(
        label=_("另加手机号"), required=False, widget=AREA, help_text=_("用于试发或补发，最多 200 个，加密保存。")
    )
    channels = forms.MultipleChoiceField(label=_("渠道"), widget=forms.CheckboxSelectMultiple)
    send_until = forms.DateTimeField(
        label=_("有效至"), required=False, widget=MOMENT, help_text=_("过了这个时间还没发出的不再发。")
    )
    confirmed = forms.BooleanField(label=_("已核对这里的人数和内容，开始组织收件人"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        units: Sequence[tuple[int, str]],
        channels: Sequence[tuple[str, str]],
        variables: Sequence[Variable],
        title: str,
    ) -> None:
        super().__init__(data, initial={"title": title, "channels": [channels[0][0]] if channels else []})
        self.variables = variables
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["channels"].choices = channels  # type: ignore[attr-defined]
        for one in variables:
            note = _("每户各不相同，自动填写打码户号。") if one.name == "account" else one.sample
            self.fields[f"var.{one.name}"] = forms.CharField(
                label=one.words, max_length=one.longest, required=one.name != "account", help_text=note
            )

    def clean_areas(self) -> list[str]:
        return self._list("areas", MOST_AREAS)

    def clean_phones(self) -> list[str]:
        return [normal_phone(one) for one in self._list("phones", MOST_PHONES)]

    def params(self) -> dict[str, str]:
        """The common values that were filled in."""
        typed = {one.name: self.cleaned_data.get(f"var.{one.name}", "") for one in self.variables}
        return {name: value for name, value in typed.items() if value}

    def audience(self) -> dict[str, object]:
        """Whom the job resolves."""
        said = self.cleaned_data
        return {"unit": said["unit"], "areas": said["areas"], "estate": said["estate"].strip()}

    def notice(self, code: str) -> NewNotice:
        """What is to be composed."""
        said = self.cleaned_data
        return NewNotice(
            template=code, unit_id=said["unit"], channels=[Channel(one) for one in said["channels"]],
            title=said["title"], params=self.params(), send_until=said["send_until"] and said["send_until"].astimezone(CST),
        )  # fmt: skip

    def _list(self, name: str, most: int) -> list[str]:
        found = [one for one in LIST.split(self.cleaned_data[name]) if one]
        if len(found) > most:
            raise forms.ValidationError(_("最多 %(n)s 个。") % {"n": most})
        return found


class ProviderForm(forms.Form):
    """One provider; its own settings are drawn from the table of its kind. An empty secret keeps the one that is there."""

    code = forms.SlugField(label=_("编码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=60)
    rate_per_s = forms.FloatField(label=_("每秒条数"), min_value=0.01, initial=10)
    place = forms.IntegerField(
        label=_("顺序"), min_value=1, max_value=99, initial=1, help_text=_("同一渠道里小的先用，失败后转下一个。")
    )
    attempts_most = forms.IntegerField(label=_("最多试几次"), min_value=1, max_value=20, initial=3)
    lease_s = forms.IntegerField(
        label=_("领取时限（秒）"), min_value=5, max_value=3600, initial=120, help_text=_("超过后视为中断，结果不明。")
    )
    enabled = forms.BooleanField(label=_("启用"), required=False)

    def __init__(self, kind: Kind, data: Any = None, row: Provider | None = None) -> None:
        first = {} if row is None else {name: getattr(row, name) for name in self.base_fields}
        super().__init__(data, initial=first)
        self.kind, self.row = kind, row
        if row is not None:
            self.fields["code"].widget.attrs["readonly"] = True
        for one in KINDS[kind].settings:
            kept = "" if row is None or one.secret else row.settings.get(one.name, "")
            needed = one.needed and not (one.secret and row is not None)
            self.fields[f"set.{one.name}"] = forms.CharField(
                label=one.words, required=needed, max_length=2000, help_text=one.note, initial=kept or one.first,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}) if one.secret else forms.TextInput(),
            )  # fmt: skip

    def provider(self) -> NewProvider:
        """What is to be kept."""
        said = self.cleaned_data
        typed = {one: said[f"set.{one.name}"].strip() for one in KINDS[self.kind].settings}
        return NewProvider(
            code=self.row.code if self.row else said["code"], name=said["name"], kind=self.kind,
            settings={one.name: value for one, value in typed.items() if value and not one.secret},
            secrets={one.name: value for one, value in typed.items() if value and one.secret},
            rate_per_s=said["rate_per_s"], place=said["place"], enabled=said["enabled"],
            attempts_most=said["attempts_most"], lease_s=said["lease_s"],
        )  # fmt: skip
