"""The forms of a case: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.words import CAUSE_LABELS
from longzhong.cases.lessons.models import Lesson
from longzhong.cases.lessons.rules import MOST_TEXT, MOST_TITLE, PART_LABELS, SOURCES, Given, Text, tags_of
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org

ROOTS = ("complaint", "report", "opinion")
SOURCE = r"^(complaints\.complaint|nearmisses\.near_miss):[0-9]{1,9}$"


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(reason=data.get("reason", ""), unit_id=data.get("unit"), held_on=data.get("held_on"))


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MeetForm(StepForm):
    unit = forms.TypedChoiceField(label=_("在哪个单位召开"), coerce=int)
    held_on = forms.DateField(label=_("召开日期"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("会议决定"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class LessonForm(forms.Form):
    """The text; `base` is the version that it is written upon, `source` where it comes from."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    source = forms.RegexField(SOURCE, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), max_length=MOST_TITLE, help_text=_("小事写透：一句话说清教训。"))
    happened = forms.CharField(
        label=PART_LABELS["happened"], max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("不写姓名、电话、地址、户号；用“客户”“窗口人员”代替。"),
    )  # fmt: skip
    missed = forms.CharField(
        label=PART_LABELS["missed"], max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    better = forms.CharField(
        label=PART_LABELS["better"], max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    categories = forms.TypedMultipleChoiceField(
        label=_("分类"),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("可多选：电脑上按住 Ctrl 点选。"),
    )
    cause = forms.ChoiceField(label=_("主要原因"), choices=[(k.value, v) for k, v in CAUSE_LABELS.items()])
    tags = forms.CharField(
        label=_("标签"), required=False, max_length=200, help_text=_("最多 8 个，用顿号或空格分开。")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["categories"].choices = category_choices()  # type: ignore[attr-defined]

    def given(self) -> Given:
        data = self.cleaned_data
        text = Text(
            data["title"], data["happened"], data["missed"], data["better"], tuple(data["categories"]), data["cause"],
            tags_of(data["tags"]), data["source"],
        )  # fmt: skip
        return Given(text=text, base=data["base"])


FORMS: dict[str, type[StepForm]] = {"return": ReasonForm, "revise": ReasonForm, "retire": ReasonForm, "meet": MeetForm}


def form_for(verb: str, who: Actor, data: Any = None) -> StepForm:
    """The form of a step, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s")
    if verb == "meet":
        form.fields["unit"].choices = [(node.id, "　" * node.depth + node.label) for node in org.units(who)]  # type: ignore[attr-defined]
    return form


def category_choices() -> list[tuple[int, str]]:
    """The complaint, report and opinion categories as they stand below each other."""
    nodes = [node for root in categories.tree() if root.code in ROOTS for node in _walk(root)]
    return [(node.id, "　" * (node.level - 1) + node.name) for node in nodes]


def initial_of(row: Lesson) -> dict[str, Any]:
    """What a case's form starts with."""
    return {
        "base": row.version, "source": row.source, "title": row.title, "happened": row.happened, "missed": row.missed,
        "better": row.better, "categories": [one.pk for one in row.categories.all()], "cause": row.root_cause,
        "tags": "、".join(row.tags),
    }  # fmt: skip


def source_of(typed: str) -> str:
    """The label of an address's ?from=, if it is one that a case may come from."""
    noun, _colon, number = typed.partition(":")
    return typed if noun in SOURCES and number.isdigit() and len(number) <= 9 else ""


def _walk(node: categories.Node) -> list[categories.Node]:
    return [node, *(one for child in node.children for one in _walk(child))]
