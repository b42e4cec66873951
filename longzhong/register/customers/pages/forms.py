"""Forms of an account: they check shapes and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.kit import clock
from longzhong.register.customers.rules.contacts import PREFERENCE_WORDS, PURPOSES, RELATION_WORDS
from longzhong.register.customers.rules.priority import BASIS_WORDS, GRADES, words_of
from longzhong.register.customers.selectors import ContactLine


def _choices(words: dict[Any, str]) -> list[tuple[str, str]]:
    return [(key.value, word) for key, word in words.items()]


class PriorityMarkForm(forms.Form):
    grade = forms.ChoiceField(label=_("类别"), choices=[(grade.value, words_of(grade)) for grade in GRADES])
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("到哪天止"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.ChoiceField(
        label=_("依据"),
        choices=_choices(BASIS_WORDS),
        help_text=_("涉及健康的，要有本人单独同意、主管部门名单或紧急情况。"),
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=200, help_text=_("加密保存，查看要写事由。"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"from_on": clock.today().isoformat()})


class ContactEditForm(forms.Form):
    phone = forms.CharField(label=_("电话"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    name = forms.CharField(label=_("姓名"), required=False, max_length=60, help_text=_("与户名相同时可不填。"))
    relation = forms.ChoiceField(label=_("与户主关系"), choices=_choices(RELATION_WORDS))
    preference = forms.ChoiceField(label=_("希望怎样联系"), choices=_choices(PREFERENCE_WORDS))
    preferred = forms.BooleanField(label=_("作为首选联系人"), required=False)


class ConsentForm(forms.Form):
    contact = forms.TypedChoiceField(label=_("联系人"), coerce=int)
    purpose = forms.ChoiceField(label=_("用途"), choices=[(key.value, row.words) for key, row in PURPOSES.items()])
    separate = forms.BooleanField(
        label=_("就这一项单独征得同意"),
        required=False,
        help_text=_("向物业、社区提供信息和记录健康情况，必须单独同意。"),
    )

    def __init__(self, contacts: tuple[ContactLine, ...], data: Any = None) -> None:
        super().__init__(data)
        self.fields["contact"].choices = [(one.id, f"{one.relation} {one.name} {one.phone}") for one in contacts]  # type: ignore[attr-defined]


class TagForm(forms.Form):
    tag = forms.CharField(label=_("标签"), max_length=20, help_text=_("如“早出晚归”“常年外出”；不写姓名和电话。"))
