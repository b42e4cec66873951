"""The form of a new sheet: days, appliances with pieces and hours, the advert's conditions; shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.explanations.rules import APPLIANCES, CONDITIONS, Use
from longzhong.cases.explanations.rules.estimate import HOURS, MOST_PIECES, MOST_WATTS

DAY = {"type": "date"}


class SpanForm(forms.Form):
    """Which days; all may be left out."""

    first = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs=DAY))
    day = forms.DateField(label=_("看哪天的曲线"), required=False, widget=forms.DateInput(attrs=DAY))

    def asked(self) -> tuple[Any, Any, Any]:
        """first, last, day; what isn't a date counts as left out."""
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return said.get("first"), said.get("last"), said.get("day")


def _input(width: str, label: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": width, "class": "form-control", "aria-label": label})


class UsesForm(forms.Form):
    """Three small fields an appliance (`n_`, `h_`, `w_` + code), and the advert."""

    advert = forms.MultipleChoiceField(
        label=_("家里与广告前提不同之处"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(row.code, f"{row.title}：{row.home}") for row in CONDITIONS.values()],
    )
    note = forms.CharField(
        label=_("解释要点（客户怎么说、怎么解释的）"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for row in APPLIANCES.values():
            self.fields[f"n_{row.code}"] = forms.IntegerField(
                required=False, min_value=0, max_value=MOST_PIECES, widget=_input("numeric", f"{row.name} 数量")
            )
            self.fields[f"h_{row.code}"] = forms.FloatField(
                required=False, min_value=0, max_value=HOURS, widget=_input("decimal", f"{row.name} 小时")
            )
            self.fields[f"w_{row.code}"] = forms.FloatField(
                required=False, min_value=0, max_value=MOST_WATTS, widget=_input("decimal", f"{row.name} 铭牌功率")
            )

    def uses(self) -> list[Use]:
        """The appliances with at least one piece; hours left out are the table's typical ones. Call after `is_valid`."""
        said = self.cleaned_data
        found = []
        for code, row in APPLIANCES.items():
            if count := said.get(f"n_{code}"):
                hours = said.get(f"h_{code}")
                found.append(Use(code, count, row.hours if hours is None else hours, said.get(f"w_{code}") or 0.0))
        return found
