"""The portal's forms: few fields, plain words, big; a phone keyboard where numbers are typed."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.repeats import UrgeReason
from longzhong.surfaces.portal.rules import FAULTS, STARS

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
PHONE: dict[str, Any] = {"inputmode": "tel", "autocomplete": "tel", "type": "tel"}
TAIL = RegexValidator(r"^[0-9]{4,6}\Z", _("请填户号最后 4 到 6 位数字。"))
PHONE_SHAPE = RegexValidator(r"^[+0-9()（） \-－]{7,24}\Z", _("请填电话号码，只用数字。"))
URGES = (
    (UrgeReason.PROGRESS, _("想知道进展")),
    (UrgeReason.NO_CONTACT, _("一直没人联系我")),
    (UrgeReason.NOBODY_CAME, _("没有人来")),
    (UrgeReason.OVERDUE, _("超过答应的时间了")),
    (UrgeReason.WORSE, _("情况更严重了")),
)


class PowerForm(forms.Form):
    tail = forms.CharField(
        label=_("户号最后 4 到 6 位"), max_length=6, validators=[TAIL], widget=forms.TextInput(attrs=DIGITS),
        help_text=_("户号在电费单和缴费记录上。"),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("在供电所留的电话"), max_length=24, validators=[PHONE_SHAPE], widget=forms.TextInput(attrs=PHONE)
    )


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("出了什么事"), choices=[(kind.value, fault.label) for kind, fault in FAULTS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    phone = forms.CharField(
        label=_("您的电话（抢修人员要打给您）"), max_length=24, validators=[PHONE_SHAPE],
        widget=forms.TextInput(attrs=PHONE),
    )  # fmt: skip
    tail = forms.CharField(
        label=_("户号最后 4 到 6 位"), max_length=6, required=False, validators=[TAIL],
        widget=forms.TextInput(attrs=DIGITS), help_text=_("填了能更快找到您家。"),
    )  # fmt: skip
    where = forms.CharField(
        label=_("在哪里"), max_length=120, required=False,
        help_text=_("小区几栋，或村、组、附近的标志物。填了户号的可以不填。"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("还想说什么"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = forms.FileField(
        label=_("照片"), required=False, help_text=_("只在安全的地方拍，不要靠近断线和电杆。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    place = forms.SlugField(max_length=24, required=False, widget=forms.HiddenInput)
    key = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("查询码"), max_length=40, help_text=_("报修时给您的 12 位字母数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class _KeyForm(forms.Form):
    key = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)


class UrgeForm(_KeyForm):
    reason = forms.ChoiceField(label=_("为什么催"), choices=[(one.value, label) for one, label in URGES])
    words = forms.CharField(label=_("补充一句"), max_length=300, required=False)


class DoneForm(_KeyForm):
    words = forms.CharField(label=_("哪里还没好"), max_length=300, required=False)


class RateForm(_KeyForm):
    stars = forms.TypedChoiceField(
        label=_("您满意吗"), coerce=int, widget=forms.RadioSelect,
        choices=[(number, f"{'★' * number} {label}") for number, label in STARS.items()],
    )  # fmt: skip
    words = forms.CharField(
        label=_("想对我们说的"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
