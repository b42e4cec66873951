"""Forms of crews: they check shapes and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from longzhong.dispatch.crews.models import Crew
from longzhong.dispatch.crews.rules import ROAD_LABELS, SKILL_LABELS
from longzhong.dispatch.crews.services import NewCrew, Reach
from longzhong.kit.errors import Refused

_ROADS = [(road.value, label) for road, label in ROAD_LABELS.items()]
_SKILLS = [(skill.value, label) for skill, label in SKILL_LABELS.items()]


class CrewForm(forms.Form):
    number = forms.CharField(label=later("编号"), max_length=24)
    name = forms.CharField(label=later("名称"), max_length=40)
    unit = forms.TypedChoiceField(label=later("单位"), coerce=int)
    skills = forms.MultipleChoiceField(label=later("技能"), choices=_SKILLS, widget=forms.CheckboxSelectMultiple)
    vehicle = forms.CharField(label=later("车辆"), max_length=20, required=False)
    road = forms.ChoiceField(label=later("最难能到"), choices=_ROADS)
    lat = forms.FloatField(label=later("驻地纬度"), min_value=-90, max_value=90)
    lon = forms.FloatField(label=later("驻地经度"), min_value=-180, max_value=180)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def crew(self) -> NewCrew:
        """What was given."""
        held = given(self)
        unit_id, skills = held.pop("unit"), tuple(held.pop("skills"))
        return NewCrew(unit_id=unit_id, skills=skills, **held)


class MembersForm(forms.Form):
    leader = forms.TypedChoiceField(label=later("班组长（派单给此人）"), coerce=int)
    others = forms.TypedMultipleChoiceField(label=later("成员"), coerce=int, required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("leader", "others"):
            self.fields[name].choices = people  # type: ignore[attr-defined]

    def staff(self) -> list[int]:
        """The leader first."""
        held = given(self)
        return [held["leader"], *held["others"]]


class ShiftForm(forms.Form):
    starts_at = forms.DateTimeField(label=later("上班"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    ends_at = forms.DateTimeField(label=later("下班"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class PlaceForm(forms.Form):
    area = forms.CharField(label=later("台区编码"), max_length=40)
    road = forms.ChoiceField(label=later("道路条件"), choices=_ROADS)
    walk_min = forms.IntegerField(label=later("下车后步行（分钟）"), min_value=0, max_value=1440, initial=0)
    relay_name = forms.CharField(label=later("村小组长"), max_length=40, required=False)
    relay_phone = forms.RegexField(
        r"^[\d\- ]{5,20}$", label=later("组长电话（加密保存）"), required=False, help_text=later("留空则保留原来登记的")
    )

    def reach(self) -> Reach:
        held = given(self)
        return Reach(held["road"], held["walk_min"], held["relay_name"], held["relay_phone"])


class MoveStopForm(forms.Form):
    crew = forms.TypedChoiceField(label=later("改由"), coerce=int)

    def __init__(self, *args: Any, crews: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["crew"].choices = crews  # type: ignore[attr-defined]


class RelayForm(forms.Form):
    text = forms.CharField(label=later("要转告的内容"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RevealForm(forms.Form):
    reason = forms.CharField(label=later("用途"), max_length=100)


def given(form: forms.Form) -> dict[str, Any]:
    """The cleaned values; what isn't whole is refused with the field's own words, and stays typed."""
    if not form.is_valid():
        wrong = "；".join(
            f"{form.fields[name].label or name}：{errors[0]}"
            for name, errors in form.errors.items()
            if name in form.fields
        )
        raise Refused("form_incomplete", _("%(wrong)s 什么都没有改动。") % {"wrong": wrong or _("请填写完整。")})
    return dict(form.cleaned_data)


def initial_of(crew: Crew) -> dict[str, Any]:
    """A known crew's values."""
    names = ("number", "name", "skills", "vehicle", "road", "lat", "lon")
    return {**{name: getattr(crew, name) for name in names}, "unit": crew.unit_id}
