"""The small forms of a filing: shapes only; each gives what it read as `Given`."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.filings.rules import KIND_LABELS, Asked, Given
from longzhong.cases.filings.services import Upload
from longzhong.kit import web
from longzhong.register.categories import selectors as categories

SPLIT = re.compile(r"[\s,，、;；]+")
MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label, help_text=help_text, widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"]
    )


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(data.get("reason", ""), int(data.get("months") or 0), data.get("label", ""))

    def uploads(self) -> list[Upload]:
        return [Upload("document", file.name or "file", file.read()) for file in self.cleaned_data.get("papers", ())]


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(StepForm):
    reason = forms.CharField(label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class FilesForm(StepForm):
    papers = web.FilesField(
        label=_("证据材料"), help_text=_("照片或 PDF，可多选：气象预警、通知、以往答复、现场照片等。")
    )
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class TieForm(StepForm):
    label = forms.CharField(
        label=_("事项页面的地址"), max_length=300,
        help_text=_("打开要关联的最终答复、老上访档案、诉求、停电或舆情的页面，把地址栏里的地址粘贴到这里。"),
    )  # fmt: skip


class AuditForm(StepForm):
    reason = forms.CharField(label=_("核查情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MisuseForm(AuditForm):
    months = forms.IntegerField(label=_("暂停报备几个月"), min_value=1, max_value=12, initial=1)


class AskedForm(StepForm):
    kind = forms.ChoiceField(label=_("类型"), choices=[("", "—"), *((k.value, v) for k, v in KIND_LABELS.items())])
    title = forms.CharField(label=_("标题"), max_length=80)
    grounds = forms.CharField(
        label=_("依据"), min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("发生了什么或将发生什么、凭什么判断；姓名、电话、门牌会自动隐去。"),
    )  # fmt: skip
    begins_at = moment_field(_("开始时间"))
    ends_at = moment_field(_("结束时间"))
    whole_unit = forms.BooleanField(label=_("整个单位"), required=False)
    areas = forms.CharField(label=_("台区编码"), required=False, max_length=2000, help_text=_("多个用空格或逗号隔开。"))
    feeders = forms.CharField(
        label=_("线路编码"), required=False, max_length=500, help_text=_("线路下的台区都算在内。")
    )
    estates = forms.CharField(
        label=_("小区名称"), required=False, max_length=500, help_text=_("按用户档案里的小区名称。")
    )
    account = forms.CharField(label=_("户号"), required=False, max_length=40, help_text=_("修改时不填即不变。"))
    phone = forms.CharField(
        label=_("来电号码"), required=False, max_length=40, help_text=_("只存不可还原的索引和掩码；修改时不填即不变。")
    )
    categories = forms.MultipleChoiceField(
        label=_("诉求分类"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("不选为全部；选大类即包含其下各项。可多选：电脑上按住 Ctrl 点选。"),
    )  # fmt: skip
    late_reason = forms.CharField(
        label=_("补报理由"), required=False, max_length=200, help_text=_("晚于事项开始的必填。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = [node for root in categories.tree() for node in _walk(root)]
        self.fields["categories"].choices = [(node.code, "　" * (node.level - 1) + node.name) for node in nodes]  # type: ignore[attr-defined]

    def given(self) -> Given:
        return Given(asked=self.asked())

    def asked(self) -> Asked:
        data = self.cleaned_data
        lists: dict[str, Any] = {name: codes(data[name]) for name in ("areas", "feeders", "estates")}
        lists["categories"] = tuple(data["categories"])
        plain = ("kind", "title", "grounds", "begins_at", "ends_at", "whole_unit", "account", "phone", "late_reason")
        return Asked(**{name: data[name] for name in plain}, **lists)


def _walk(node: categories.Node) -> list[categories.Node]:
    return [node, *(one for child in node.children for one in _walk(child))]


class NewForm(AskedForm):
    papers = web.FilesField(label=_("证据材料"), required=False, help_text=_("照片或 PDF，可多选；提交前至少一份。"))

    def __init__(self, units: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = forms.TypedChoiceField(label=_("报备单位"), choices=units, coerce=int)
        self.fields = {"unit": unit, **self.fields}


FORMS: dict[str, type[StepForm]] = {
    "edit": AskedForm, "attach": FilesForm, "tie": TieForm, "accept": NoteForm, "return": ReasonForm, "end": ReasonForm,
    "confirm": AuditForm, "misuse": MisuseForm, "withdraw": ReasonForm,
}  # fmt: skip


def codes(text: str) -> tuple[str, ...]:
    """What was typed between blanks and commas, each once."""
    return tuple(dict.fromkeys(one for one in SPLIT.split(text) if one))


def form_for(verb: str, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None) -> StepForm:
    """The form of a step, bound if data is given."""
    return FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s", initial=initial)
