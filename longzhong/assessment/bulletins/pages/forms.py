"""Small forms of bulletins: shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.kit import clock
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.rules import LEVELS


class IssueForm(forms.Form):
    comment = forms.CharField(
        label=_("本周评语"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("通报后数字不再变化；点名的单位要在时限内逐项回复。"),
    )  # fmt: skip


class AnswerForm(forms.Form):
    measure = forms.CharField(label=_("整改措施"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    promise_on = forms.DateField(label=_("新的承诺日期"), widget=forms.DateInput(attrs={"type": "date"}))


class SubscribeForm(forms.Form):
    category = forms.ChoiceField(label=_("业务分类"), required=False)
    of_unit = forms.ChoiceField(label=_("哪个单位的诉求"))

    def __init__(self, places: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        nodes = [node for root in categories.tree(day=clock.today()) for node in (root, *root.children)]
        known = [(str(node.id), node.label) for node in nodes if node.level < LEVELS]
        fields["category"].choices = [("", _("全部")), *known]
        fields["of_unit"].choices = [(str(node.id), "　" * node.depth + node.label) for node in places]
