"""The small forms of a campaign: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.campaigns.models import Campaign
from longzhong.cases.campaigns.rules import BASIS_LABELS, Basis, Given, Plan
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org

DAY = forms.DateInput(attrs={"type": "date"})
AREA = forms.Textarea(attrs={"rows": 3})


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            text=data.get("text", ""), staff_id=data.get("staff"), due_on=data.get("due_on"), number=data.get("number"),
            reason=data.get("reason", ""),
        )  # fmt: skip


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=AREA)


class ConclusionForm(StepForm):
    reason = forms.CharField(label=_("成效与经验"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class ExtendForm(ReasonForm):
    due_on = forms.DateField(label=_("新的结束日期"), widget=DAY)


class MeasureForm(StepForm):
    text = forms.CharField(label=_("措施"), max_length=200)
    staff = forms.TypedChoiceField(label=_("责任人"), coerce=int)
    due_on = forms.DateField(label=_("完成日期"), widget=DAY)


class DoneForm(StepForm):
    number = forms.TypedChoiceField(label=_("措施"), coerce=int)
    reason = forms.CharField(label=_("完成情况"), max_length=500, widget=AREA)


class PlanForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=80)
    aim = forms.CharField(label=_("要解决的问题"), required=False, max_length=1000, widget=AREA)
    unit = forms.TypedChoiceField(label=_("范围"), coerce=int)
    categories = forms.TypedMultipleChoiceField(
        label=_("投诉分类"),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("选大类即包含其下各项；可多选：电脑上按住 Ctrl 点选。"),
    )
    starts_on = forms.DateField(label=_("开始日期"), widget=DAY)
    ends_on = forms.DateField(label=_("结束日期"), widget=DAY)
    basis = forms.ChoiceField(
        label=_("对比口径"), choices=[(k.value, v) for k, v in BASIS_LABELS.items()], initial=Basis.YEAR.value,
        help_text=_("上年同期排除季节影响；没有上年数据时才比整治前，那时的高峰往往会自己回落。"),
    )  # fmt: skip
    target_pct = forms.IntegerField(label=_("下降目标（%）"), min_value=1, max_value=100)

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            plan=Plan(
                data["title"], tuple(data["categories"]), data["unit"], data["starts_on"], data["ends_on"], data["basis"],
                data["target_pct"], data["aim"],
            )
        )  # fmt: skip


FORMS: dict[str, type[StepForm]] = {
    "add_measure": MeasureForm, "done_measure": DoneForm, "extend": ExtendForm, "judge": ConclusionForm, "cancel": ReasonForm,
}  # fmt: skip


def plan_form(who: Actor, data: Any = None, initial: dict[str, Any] | None = None) -> PlanForm:
    """The plan's form with the units of the actor and the complaint categories."""
    form = PlanForm(data, initial=initial)
    form.fields["unit"].choices = [(node.id, "　" * node.depth + node.label) for node in org.units(who)]  # type: ignore[attr-defined]
    nodes = [
        node for root in categories.tree() if root.code in ("complaint", "report", "opinion") for node in _walk(root)
    ]
    form.fields["categories"].choices = [(node.id, "　" * (node.level - 1) + node.name) for node in nodes]  # type: ignore[attr-defined]
    return form


def form_for(verb: str, row: Campaign, who: Actor, data: Any = None) -> StepForm:
    """The form of a step, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s")
    if verb == "add_measure":
        people = org.visible_staff(who).order_by("name").values_list("id", "name")
        form.fields["staff"].choices = list(people)  # type: ignore[attr-defined]
    if verb == "done_measure":
        open_ones = row.measures.filter(done_at=None).values_list("id", "text")
        form.fields["number"].choices = list(open_ones)  # type: ignore[attr-defined]
    return form


def _walk(node: categories.Node) -> list[categories.Node]:
    return [node, *(one for child in node.children for one in _walk(child))]
