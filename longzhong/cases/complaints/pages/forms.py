"""The small forms of a complaint's steps: shapes only; each gives what it read as `Given`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.complaints import selectors
from longzhong.cases.complaints.models import Complaint
from longzhong.cases.complaints.rules import (
    EVIDENCE_LABELS,
    RESPONSIBILITY_LABELS,
    VERDICT_LABELS,
    VIOLATION_LABELS,
    Given,
    Kind,
)
from longzhong.cases.hotline.rules.cues import cause_of
from longzhong.cases.hotline.rules.words import (
    CAUSE_LABELS,
    GRADE_LABELS,
    RESULT_LABELS,
    CallResult,
    CaseType,
    Secrecy,
)
from longzhong.dispatch.matters.services import Upload
from longzhong.kit import web

REACHED = (CallResult.REACHED, CallResult.NO_ANSWER, CallResult.BUSY, CallResult.WRONG_NUMBER)
PICK = ("", "—")


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _words(label: Any, *, rows: int = 4, most: int = 4000, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=_area(rows), **more)


def _choice(label: Any, labels: Mapping[Any, str], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[PICK, *((key.value, text) for key, text in labels.items() if key)], **more
    )


def _person(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None)


class StepForm(forms.Form):
    """A step that needs nothing but a press; every field that it has becomes that of `Given`."""

    def given(self) -> Given:
        data = {**self.cleaned_data, "violations": tuple(self.cleaned_data.get("violations", ()))}
        return Given(**{name: value for name, value in data.items() if name in Given.__dataclass_fields__})

    def uploads(self) -> list[Upload]:
        return [Upload("evidence", file.name or "file", file.read()) for file in self.cleaned_data.get("papers", ())]


class ReasonForm(StepForm):
    reason = _words(_("理由"), rows=3, most=1000)


class PlaceForm(StepForm):
    unit_id = _person(_("责任单位"))
    department_id = _person(_("专业部门"))
    handler_id = _person(_("调查人"))


class DispatchForm(PlaceForm):
    grade = _choice(_("投诉等级"), GRADE_LABELS)
    summary = _words(
        _("转述"), rows=3, most=1000,
        help_text=_("客户要求保密或匿名：用您自己的话写明反映的问题，不要照抄原话，不写户号、地址、电话。"),
    )  # fmt: skip


class HideForm(StepForm):
    reason = _words(
        _("客户怎样提出的"), rows=2, most=500,
        help_text=_("登记后不能撤销：责任单位不再看到客户、地点和原话，与公开诉求的并单、关联一并解除。"),
    )  # fmt: skip
    summary = _words(
        _("转述"), rows=3, most=1000,
        help_text=_("单位今后只看这段转述：用您自己的话，不要照抄原话，不写户号、地址、电话。"),
    )  # fmt: skip


class RedispatchForm(PlaceForm):
    reason = _words(_("改派理由"), rows=3, most=1000)


class RegradeForm(ReasonForm):
    grade = _choice(_("投诉等级"), GRADE_LABELS)


class NameForm(StepForm):
    about_id = _person(_("被投诉人"))
    reason = _words(_("怎样查明的"), rows=3, most=1000)


class ContactForm(StepForm):
    result = forms.ChoiceField(label=_("联系结果"), choices=[PICK, *((k.value, RESULT_LABELS[k]) for k in REACHED)])
    reason = _words(_("客户说了什么，或为何没联系上"), rows=3, most=1000, required=False)
    wish = forms.CharField(
        label=_("客户要求此时联系"), max_length=100, required=False, help_text=_("在不宜打扰的时段联系时填写。")
    )


class UncalledForm(StepForm):
    """A confidential or anonymous customer isn't called: why is all that is asked."""

    result = forms.CharField(initial="none", widget=forms.HiddenInput())
    reason = _words(_("不联系客户的说明"), rows=3, most=1000)


class FindForm(StepForm):
    evidence = _choice(_("证据种类"), EVIDENCE_LABELS)
    reason = _words(_("证据内容"), required=False)
    papers = web.FilesField(
        label=_("文件"),
        required=False,
        accept=web.EVIDENCE,
        help_text=_("照片、PDF、录音录像，可多选；单个不超过 12 MB。"),
    )


class OpinionReplyForm(StepForm):
    facts = _words(_("调查的事实"), rows=6)


class ReplyForm(OpinionReplyForm):
    verdict = _choice(_("拟定性"), VERDICT_LABELS)
    responsibility = _choice(_("责任分类"), RESPONSIBILITY_LABELS, required=False)
    root_cause = _choice(_("根本原因"), CAUSE_LABELS, required=False, help_text=_("拟定属实时必选。"))
    measures = _words(_("整改措施"), required=False, help_text=_("拟定属实时必填。"))


class PassForm(StepForm):
    analysis = _words(_("专业分析"))
    measures = _words(_("专业整改措施"), required=False, help_text=_("拟定属实时必填。"))


class DecideForm(StepForm):
    verdict = _choice(_("核定"), VERDICT_LABELS)
    responsibility = _choice(_("责任分类"), RESPONSIBILITY_LABELS, required=False)
    root_cause = _choice(_("根本原因"), CAUSE_LABELS, required=False, help_text=_("属实、部分属实时必选。"))
    violations = forms.MultipleChoiceField(
        label=_("违反“十个不准”"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(k.value, v) for k, v in VIOLATION_LABELS.items()],
    )  # fmt: skip
    basis = _words(_("核定依据"))


class AnswerForm(StepForm):
    answer = _words(_("答复客户的内容"), rows=6, most=1000)


FORMS: dict[str, type[StepForm]] = {
    "dispatch": DispatchForm, "redispatch": RedispatchForm, "refuse": ReasonForm, "regrade": RegradeForm, "name": NameForm,
    "hide": HideForm,
    "contact": ContactForm, "find": FindForm, "reply": ReplyForm, "return": ReasonForm, "pass": PassForm,
    "send_back": ReasonForm, "decide": DecideForm, "answer": AnswerForm, "withdraw": ReasonForm, "void": ReasonForm,
}  # fmt: skip


def form_for(row: Complaint, verb: str, at: datetime, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step for this complaint, bound if data is given, else filled with what is known."""
    make = _kind(row, verb)
    form = make(data, files, auto_id=f"{verb}_%s", initial=None if data is not None else _known(row, verb))
    if isinstance(form, PlaceForm):
        _fill(form, row, at, data)
    if isinstance(form, NameForm):
        form.fields["about_id"].choices = [PICK, *selectors.respondents(row, at)]  # type: ignore[attr-defined]
    if isinstance(form, DispatchForm) and row.secrecy == Secrecy.OPEN:
        del form.fields["summary"]
    if isinstance(form, HideForm) and row.secrecy != Secrecy.OPEN:
        del form.fields["reason"]
    return form


def _kind(row: Complaint, verb: str) -> type[StepForm]:
    if verb == "contact" and row.secrecy != Secrecy.OPEN:
        return UncalledForm
    if verb == "reply" and row.kind == Kind.OPINION:
        return OpinionReplyForm
    return FORMS.get(verb, StepForm)


def _known(row: Complaint, verb: str) -> dict[str, Any]:
    """What the case itself suggests: the 1+1+1 map's unit and department, the suggested grade, the last proposal."""
    known: dict[str, Any] = {
        "unit_id": row.unit_id, "department_id": row.department_id, "handler_id": row.handler_id, "grade": row.grade,
        "result": "none" if row.secrecy != Secrecy.OPEN else "",
    }  # fmt: skip
    if verb == "decide" and (last := row.replies.order_by("-number").first()) is not None:
        known |= {"verdict": last.verdict, "responsibility": last.responsibility, "root_cause": last.root_cause}
    if verb == "reply":
        words = cause_of(CaseType(row.case.type), row.case.content)
        known["root_cause"] = row.root_cause or row.case.root_cause or words
    return known


def _fill(form: PlaceForm, row: Complaint, at: datetime, data: Any) -> None:
    """Units that may investigate, departments of the profession, people of the chosen unit (and of the one suggested)."""
    chosen = str(data.get("unit_id", "")) if data is not None else ""
    unit = int(chosen) if chosen.isdecimal() and len(chosen) < 15 else row.unit_id
    choices: dict[str, Callable[[], list[tuple[int, str]]]] = {
        "unit_id": lambda: selectors.units_for(row, at),
        "department_id": lambda: selectors.departments_for(row, at),
        "handler_id": lambda: selectors.handlers(row, at, unit_id=unit),
    }
    for name, found in choices.items():
        form.fields[name].choices = [PICK, *found()]  # type: ignore[attr-defined]
