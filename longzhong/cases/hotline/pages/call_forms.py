"""Forms of a kept call and of looking at a value in plain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.given import NewCase
from longzhong.cases.hotline.services.desking import ANSWER, OPEN
from longzhong.cases.hotline.services.identity import CallerField
from longzhong.cases.hotline.services.settling import Settled
from longzhong.register.categories import selectors as categories

FIELDS = [
    (CallerField.PHONE, _("电话")),
    (CallerField.NAME, _("姓名")),
    (CallerField.ADDRESS, _("地址")),
    (CallerField.TEXT, _("原话")),
]


class CallForm(forms.Form):
    """What becomes of a kept call."""

    do = forms.ChoiceField(label=_("怎么办"), choices=[(OPEN, _("立单并派单")), (ANSWER, _("已答复，办结"))])
    category = forms.TypedChoiceField(label=_("诉求分类"), coerce=int, empty_value=None, required=False)
    reply = forms.CharField(label=_("答复内容"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaves = [(node.id, node.label) for node in categories.leaves()]
        self.fields["category"].choices = [("", _("请选择")), *leaves]  # type: ignore[attr-defined]

    def done(self) -> Settled:
        data = self.cleaned_data
        case = NewCase(data["category"]) if data["category"] else None
        return Settled(data["do"], case, data["reply"])


class RevealForm(forms.Form):
    field = forms.ChoiceField(label=_("查看"), choices=[(one.value, label) for one, label in FIELDS])
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)
