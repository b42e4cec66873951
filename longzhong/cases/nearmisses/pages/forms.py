"""The quick form: three presses at the counter, the rest may stay empty. It checks shapes and never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.words import CAUSE_LABELS, MOOD_LABELS, Mood
from longzhong.cases.nearmisses.rules import MEANS_LABELS, PLACE_LABELS, Place
from longzhong.cases.nearmisses.services import NewNearMiss

FIRST_PLACE = {"desk": Place.HALL, "crew": Place.SITE, "grid": Place.VISIT}
MOODS = [(k.value, v) for k, v in MOOD_LABELS.items()]


class NewForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("起因"), widget=forms.RadioSelect, choices=[(k.value, v) for k, v in CAUSE_LABELS.items()]
    )
    means = forms.MultipleChoiceField(
        label=_("怎么化解的（可多选）"), widget=forms.CheckboxSelectMultiple,
        choices=[(k.value, v) for k, v in MEANS_LABELS.items()],
    )  # fmt: skip
    place = forms.ChoiceField(label=_("地点"), choices=[(k.value, v) for k, v in PLACE_LABELS.items()])
    mood_before = forms.ChoiceField(label=_("原来的情绪"), choices=MOODS, initial=Mood.EXCITED)
    mood_after = forms.ChoiceField(label=_("化解后的情绪"), choices=MOODS, initial=Mood.CALM)
    staff = forms.ChoiceField(label=_("化解人"))
    happened_at = forms.DateTimeField(
        label=_("时间"), required=False, help_text=_("不填就是现在。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip
    account_code = forms.CharField(label=_("户号"), required=False, max_length=32)
    category = forms.ChoiceField(label=_("业务分类"), required=False)
    words = forms.CharField(
        label=_("经过"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("客户为什么不满、说了什么、怎样谈通的；请不要写姓名和电话。"),
    )  # fmt: skip
    case = forms.IntegerField(required=False, widget=forms.HiddenInput)
    incident = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def new(self) -> NewNearMiss:
        """What was typed."""
        data: dict[str, Any] = self.cleaned_data
        return NewNearMiss(
            place=data["place"], reason=data["reason"], means=tuple(data["means"]), mood_before=data["mood_before"],
            mood_after=data["mood_after"], words=data["words"], staff_id=int(data["staff"]),
            happened_at=data["happened_at"], category_id=int(data["category"]) if data["category"] else None,
            account_code=data["account_code"], case_id=data["case"], incident=data["incident"],
        )  # fmt: skip


class WordsForm(forms.Form):
    words = forms.CharField(label=_("理由或补充"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
