"""The small forms of an appeal: shapes only; each gives what it read as `Given`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.appeals import selectors
from longzhong.cases.appeals.rules import (
    ASK_LABELS,
    CHOICE_LABELS,
    GROUND_LABELS,
    PART_LABELS,
    Given,
    Request,
    choices,
)
from longzhong.cases.appeals.selectors import AppealCard
from longzhong.cases.complaints.rules import RESPONSIBILITY_LABELS, VERDICT_LABELS, Verdict
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import web

PICK = ("", "—")
DAY = forms.DateInput(attrs={"type": "date"})
GRANTED = (Verdict.UPHELD, Verdict.PARTLY)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _labels(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [PICK, *((key.value, words) for key, words in labels.items() if key)]


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def request(self) -> Request:
        data = self.cleaned_data
        return Request(
            tuple(data.get("grounds", ())), data.get("ask", ""), data.get("responsibility", ""), data.get("basis", ""),
            data.get("duplicate", ""),
        )  # fmt: skip

    def given(self) -> Given:
        data = self.cleaned_data
        members = data.get("members") or ([data["comes"]] if data.get("comes") else [])
        return Given(
            request=self.request(), part=data.get("part", ""), staff_id=data.get("staff"), on=data.get("on"),
            members=tuple(members), choice=data.get("choice", ""), verdict=data.get("verdict", ""),
            responsibility=data.get("responsibility", ""), reason=data.get("reason", ""),
        )  # fmt: skip

    def uploads(self) -> list[Upload]:
        return [Upload("evidence", file.name or "file", file.read()) for file in self.cleaned_data.get("papers", ())]


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=1000, widget=_area(3))


class StateForm(StepForm):
    reason = forms.CharField(
        label=_("本人陈述"), max_length=2000, widget=_area(6), help_text=_("评审组会看到；请不要写客户的姓名和电话。")
    )


class ConcludeForm(StepForm):
    reason = forms.CharField(label=_("评审结论"), max_length=4000, widget=_area(6), help_text=_("写明采信了哪些证据。"))


class PartlyForm(ConcludeForm):
    verdict = forms.ChoiceField(
        label=_("改判为"), choices=[PICK, *((one.value, VERDICT_LABELS[one]) for one in GRANTED)],
        help_text=_("须轻于现在的核定，重于申诉的要求。"),
    )  # fmt: skip
    responsibility = forms.ChoiceField(label=_("责任分类"), choices=_labels(RESPONSIBILITY_LABELS))


class FilesForm(StepForm):
    papers = web.FilesField(label=_("文件"), help_text=_("照片或 PDF，可多选；单个不超过 12 MB。"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class SealForm(StepForm):
    part = forms.ChoiceField(label=_("哪一级"), choices=_labels(PART_LABELS))
    staff = forms.TypedChoiceField(label=_("盖章经办人"), coerce=int)
    on = forms.DateField(
        label=_("盖章日期"), widget=DAY, help_text=_("按责任单位、专业部门、县公司的顺序；不早于核定日。")
    )


class SeatForm(StepForm):
    members = forms.TypedMultipleChoiceField(
        label=_("评审人"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("单数；与这件投诉有关联的人不在名单里。"),
    )


class ReplaceForm(ReasonForm):
    staff = forms.TypedChoiceField(label=_("离开的评审人"), coerce=int)
    comes = forms.TypedChoiceField(label=_("接替的评审人"), coerce=int)


class VoteForm(StepForm):
    choice = forms.ChoiceField(label=_("意见"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=_area(4))


class RequestForm(StepForm):
    grounds = forms.MultipleChoiceField(
        label=_("申诉原因"),
        choices=[(k.value, v) for k, v in GROUND_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    ask = forms.ChoiceField(label=_("申诉目的"), choices=_labels(ASK_LABELS))
    responsibility = forms.ChoiceField(
        label=_("改判后的责任分类"),
        required=False,
        choices=_labels(RESPONSIBILITY_LABELS),
        help_text=_("改判责任分类时必选。"),
    )
    duplicate = forms.CharField(
        label=_("重复的投诉编号"), required=False, max_length=24, help_text=_("重复计件时必填。")
    )
    basis = forms.CharField(
        label=_("申诉依据"),
        max_length=4000,
        widget=_area(8),
        help_text=_("写清事实和规定；请不要写客户的姓名和电话。加密保存。"),
    )


class NewForm(RequestForm):
    papers = web.FilesField(
        label=_("证据"), required=False, help_text=_("照片或 PDF，可多选；提交前还要上传盖章扫描件。")
    )


FORMS: dict[str, type[StepForm]] = {
    "edit": RequestForm, "attach": FilesForm, "attach_scan": FilesForm, "seal": SealForm, "state": StateForm,
    "withdraw": ReasonForm, "seat": SeatForm, "vote": VoteForm, "replace": ReplaceForm, "allow": ConcludeForm,
    "allow_partly": PartlyForm, "refuse": ConcludeForm,
}  # fmt: skip


def form_for(card: AppealCard, verb: str, at: datetime, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step for this appeal, bound if data is given, with the people that it may name."""
    typed = _known(card) if verb == "edit" and data is None else None
    form = FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s", initial=typed)
    row = card.appeal
    found: dict[str, list[tuple[Any, Any]]] = {}
    if verb == "seal":
        found = {"staff": [PICK, *selectors.sealers(row, at)]}
    elif verb == "seat":
        found = {"members": [*selectors.candidates(row, at)]}
    elif verb == "replace":
        seated = [(one.staff_id, one.name) for one in card.members if one.left_at is None and one.voted_at is None]
        found = {"staff": [PICK, *seated], "comes": [PICK, *selectors.candidates(row, at)]}
    elif verb == "vote":
        found = {"choice": [(one.value, CHOICE_LABELS[one]) for one in choices(row.ask)]}
    for name, rows in found.items():
        form.fields[name].choices = rows  # type: ignore[attr-defined]
    return form


def _known(card: AppealCard) -> dict[str, Any]:
    row = card.appeal
    twin = row.duplicate_of.case.number if row.duplicate_of else ""
    return {
        "grounds": row.grounds, "ask": row.ask, "responsibility": row.asked_responsibility, "basis": card.basis,
        "duplicate": twin,
    }  # fmt: skip
