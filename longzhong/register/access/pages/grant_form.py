"""The form in which a grant is given."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.kit.actor import Actor
from longzhong.register.access.rules import Mandate
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import ROLE_NAMES, Role


class GrantForm(forms.Form):
    role = forms.ChoiceField(
        label=_("角色"), choices=[(role.value, name) for role, name in ROLE_NAMES.items() if role != Role.PUBLIC]
    )
    unit = forms.TypedChoiceField(label=_("单位（含全部下级）"), coerce=int)
    grids = forms.CharField(
        label=_("只限这些网格"),
        required=False,
        max_length=400,
        help_text=_("网格编码，用逗号分开；台区经理不填即为自己所管网格"),
    )
    from_on = forms.DateField(label=_("从"), widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("到（不含）"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("依据"), max_length=200)

    def __init__(self, who: Actor, day: date, data: Any = None) -> None:
        super().__init__(data, initial={"from_on": day.isoformat()})
        nodes = org.units(who, day)
        self.fields["unit"].choices = [(node.id, "　" * node.depth + node.label) for node in nodes]  # type: ignore[attr-defined]

    def clean_grids(self) -> tuple[int, ...]:
        codes = {code.strip() for code in self.cleaned_data["grids"].replace("，", ",").split(",") if code.strip()}
        found = org.grid_ids(codes)
        if missing := sorted(codes - found.keys()):
            raise forms.ValidationError(_("没有这些网格：%(codes)s") % {"codes": "、".join(missing)})
        return tuple(found.values())

    def mandate(self, user_id: int) -> Mandate:
        data = self.cleaned_data
        return Mandate(user_id, data["role"], data["unit"], data["from_on"], data["to_on"], data["grids"])
