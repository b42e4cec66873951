"""The shapes of what a keeper of the tree types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    word = forms.CharField(label=_("编码（小写字母）"), max_length=30, help_text=_("接在上级编码之后；以后不能再改"))
    section = forms.CharField(label=_("小标题"), max_length=40, required=False)
    hazard = forms.BooleanField(label=_("涉险：可能伤人，优先处置"), required=False)
    attitude = forms.BooleanField(label=_("属于服务态度"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=300)


class RenameForm(forms.Form):
    name = forms.CharField(label=_("新名称"), max_length=60)
    reason = forms.CharField(label=_("理由"), max_length=300)


class RetireForm(forms.Form):
    to_on = forms.DateField(label=_("从哪天起停用"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("理由"), max_length=300)


class MapForm(forms.Form):
    system = forms.CharField(label=_("系统"), max_length=40, help_text=_("例如 95598、12345"))
    code = forms.CharField(label=_("它的编码"), max_length=80)
