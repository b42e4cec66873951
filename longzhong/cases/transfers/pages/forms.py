"""The small forms of a transfer: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.transfers.rules import PAPER_LABELS, PARTY_LABELS, Given, NewDefect, NewTransfer, Paper
from longzhong.cases.transfers.services import Upload
from longzhong.kit import web

NONE = [("", "—")]


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    kind = Paper.OTHER.value

    def given(self, defect_id: int = 0) -> Given:
        data = self.cleaned_data
        defect = NewDefect(data.get("text", ""), data.get("party", ""), data.get("due_on"))
        plain = {name: data[name] for name in ("reason", "label", "contract_no") if name in data}
        return Given(defect=defect, defect_id=defect_id, **plain)

    def uploads(self) -> list[Upload]:
        kind = self.cleaned_data.get("paper") or self.kind
        return [Upload(kind, file.name or "file", file.read()) for file in self.cleaned_data.get("papers", ())]


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("情况说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(StepForm):
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class DisputeForm(StepForm):
    reason = forms.CharField(
        label=_("争议内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("谁与谁争什么、各自的要求；姓名、电话、门牌会自动隐去。"),
    )  # fmt: skip


class PapersForm(StepForm):
    papers = web.FilesField(label=_("材料"), help_text=_("照片或 PDF，可多选。"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class NoticeForm(PapersForm):
    kind = Paper.NOTICE.value


class ProofForm(PapersForm):
    kind = Paper.PROOF.value


class SheetForm(PapersForm):
    kind = Paper.ACCEPTANCE.value


class AttachForm(PapersForm):
    paper = forms.ChoiceField(label=_("材料类别"), choices=[(k.value, v) for k, v in PAPER_LABELS.items()])
    field_order = ("paper", "papers", "reason")


class ContractForm(StepForm):
    kind = Paper.CONTRACT.value
    contract_no = forms.CharField(label=_("协议编号"), max_length=60)
    papers = web.FilesField(label=_("移交协议"), help_text=_("照片或 PDF，可多选。"))


class DefectForm(StepForm):
    text = forms.CharField(label=_("缺陷"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    party = forms.ChoiceField(label=_("整改责任方"), choices=[*NONE, *((k.value, v) for k, v in PARTY_LABELS.items())])
    due_on = forms.DateField(label=_("整改期限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class FailForm(DefectForm):
    reason = forms.CharField(label=_("为什么不合格"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class TieForm(StepForm):
    label = forms.CharField(
        label=_("事项页面的地址"), max_length=300,
        help_text=_("打开要关联的投诉、诉求、舆情、停电的页面，把地址栏里的地址粘贴到这里。"),
    )  # fmt: skip


class NewForm(StepForm):
    estate = forms.CharField(label=_("小区名称"), max_length=80)
    households = forms.IntegerField(label=_("户数"), min_value=1, max_value=100_000)
    developer = forms.CharField(label=_("开发商"), required=False, max_length=80, help_text=_("单位名称，不写个人。"))
    property_company = forms.CharField(label=_("物业公司"), required=False, max_length=80)
    area = forms.CharField(
        label=_("台区编码"), required=False, max_length=40, help_text=_("填了就按台区归属供电所和网格。")
    )

    def __init__(self, units: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = forms.TypedChoiceField(label=_("责任单位"), choices=units, coerce=int)
        self.fields = {"unit": unit, **self.fields}

    def new(self) -> NewTransfer:
        names = ("estate", "developer", "property_company", "households", "area")
        return NewTransfer(**{name: self.cleaned_data[name] for name in names})


FORMS: dict[str, type[StepForm]] = {
    "add_defect": DefectForm, "list_defects": ReasonForm, "clear": ReasonForm, "notify": NoticeForm, "fix": ProofForm,
    "verify": NoteForm, "unfix": ReasonForm, "fail": FailForm, "accept": SheetForm, "hand_over": ContractForm,
    "dispute": DisputeForm, "settle_survey": ReasonForm, "settle_rectify": ReasonForm, "settle_accept": ReasonForm,
    "settle_handed": ReasonForm, "stop": ReasonForm, "restart": ReasonForm, "attach": AttachForm, "tie": TieForm,
}  # fmt: skip


def form_for(verb: str, data: Any = None, files: Any = None, defect_id: int = 0) -> StepForm:
    """The form of a step, bound if data is given; those beside a defect have ids of their own."""
    return FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}{defect_id or ''}_%s")
