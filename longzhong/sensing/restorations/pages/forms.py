"""Forms of expected restoration."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from longzhong.kit.errors import Refused
from longzhong.sensing.restorations.rules import WEATHER_LABELS

_MOMENT = {"type": "datetime-local"}


class WeatherForm(forms.Form):
    unit_id = forms.TypedChoiceField(label=later("单位（含下级）"), coerce=int)
    kind = forms.ChoiceField(label=later("天气"), choices=[(one.value, words) for one, words in WEATHER_LABELS.items()])
    starts_at = forms.DateTimeField(label=later("开始"), widget=forms.DateTimeInput(attrs=_MOMENT))
    ends_at = forms.DateTimeField(label=later("结束"), widget=forms.DateTimeInput(attrs=_MOMENT))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    estimate = forms.TypedChoiceField(label=later("停电"), coerce=int)
    late = forms.ChoiceField(
        label=later("对外时间"),
        choices=[("", later("预计恢复时间")), ("1", later("区间的最晚时间（更稳妥）"))],
        required=False,
    )

    def __init__(self, *args: Any, rows: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estimate"].choices = rows  # type: ignore[attr-defined]


def given(form: forms.Form) -> dict[str, Any]:
    """The cleaned values; what isn't whole is refused with the field's own words."""
    if not form.is_valid():
        wrong = "；".join(f"{form.fields[name].label or name}：{errors[0]}" for name, errors in form.errors.items())
        raise Refused("form_incomplete", _("%(wrong)s 什么都没有改动。") % {"wrong": wrong})
    return dict(form.cleaned_data)
