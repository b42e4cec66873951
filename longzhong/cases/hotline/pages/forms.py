"""The small forms of steps on a case: shapes only; each gives what it read as `StepGiven`."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.hotline.rules.callbacks import WHEN, results_of
from longzhong.cases.hotline.rules.papers import DOCUMENTS, SHOWN
from longzhong.cases.hotline.rules.reviewing import AUDITS, GROUNDS, LISTENING
from longzhong.cases.hotline.rules.words import (
    CAUSE_LABELS,
    PURPOSE_LABELS,
    RESULT_LABELS,
    CallResult,
    Purpose,
)
from longzhong.cases.hotline.selectors import CaseCard, candidates
from longzhong.cases.hotline.services import StepGiven
from longzhong.dispatch.matters.rules import PAUSE_LABELS

NONE = [("", "—")]
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class StepForm(forms.Form):
    """A step; whatever fields a subclass has are read by their names in `StepGiven`."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def given(self) -> StepGiven:
        known: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in self.cleaned_data.items()
        }
        return StepGiven(**{key: value for key, value in known.items() if value not in (None, "")})


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReplyForm(ReasonForm):
    reason = forms.CharField(label=_("答复内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class DispatchForm(StepForm):
    staff_id = forms.TypedChoiceField(
        label=_("派给"), required=False, coerce=int, empty_value=None,
        help_text=_("不选时派给网格的台区经理，其次值班人员、所长；对方接单前仍由您负责。"),
    )  # fmt: skip
    code = forms.ChoiceField(
        label=_("工单类别"), required=False,
        choices=[("", _("按诉求类型")), ("repair", _("故障抢修")), ("service", _("诉求办理"))],
    )  # fmt: skip


class OfferForm(StepForm):
    staff_id = forms.TypedChoiceField(label=_("交给"), coerce=int)


class PassForm(StepForm):
    reason = forms.CharField(
        label=_("审核意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    root_cause = forms.ChoiceField(
        label=_("根本原因"), required=False, choices=[*NONE, *((k.value, v) for k, v in CAUSE_LABELS.items())],
        help_text=_("投诉、举报、意见按客户的话预选，请核对。"),
    )  # fmt: skip


class SendBackForm(PassForm):
    code = forms.ChoiceField(label=_("退回理由"), choices=list(GROUNDS.items()))
    reason = forms.CharField(label=_("要补什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("code", "reason", "root_cause")


class CallForm(StepForm):
    code = forms.ChoiceField(label=_("通话"))
    result = forms.ChoiceField(label=_("结果"))
    reason = forms.CharField(
        label=_("客户怎么说"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不满意时必填；请不要写姓名和电话。"),
    )  # fmt: skip
    wish = forms.CharField(
        label=_("夜间或午间联系的原因"), required=False, max_length=200, help_text=_("例如：客户要求来电后立即告知。")
    )


class PromiseForm(StepForm):
    reason = forms.CharField(label=_("承诺内容"), max_length=200)
    due_at = forms.DateTimeField(label=_("什么时候以前"), widget=MOMENT)


class MovePromiseForm(StepForm):
    number = forms.TypedChoiceField(label=_("哪一条承诺"), coerce=int)  # type: ignore[assignment]
    due_at = forms.DateTimeField(label=_("改到"), widget=MOMENT)
    reason = forms.CharField(label=_("改期理由"), max_length=500)


class KeepPromiseForm(StepForm):
    number = forms.TypedChoiceField(label=_("哪一条承诺"), coerce=int)  # type: ignore[assignment]
    reason = forms.CharField(label=_("怎么兑现的"), required=False, max_length=500)


class PauseForm(StepForm):
    code = forms.ChoiceField(label=_("挂起原因"), choices=[(k.value, v) for k, v in PAUSE_LABELS.items()])
    reason = forms.CharField(label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class SecretForm(ReasonForm):
    reason = forms.CharField(
        label=_("客户怎样提出的"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("登记后不能撤销：被投诉单位不再看到客户、地点和原话，与公开诉求的并单、关联一并解除。"),
    )  # fmt: skip


class JoinForm(StepForm):
    number = forms.IntegerField(label=_("主单编号（网址末尾的数字）"), min_value=1)


class AuditForm(StepForm):
    items = forms.MultipleChoiceField(
        label=_("接听不足（可多选）"),
        required=False,
        choices=list(LISTENING.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    result = forms.ChoiceField(label=_("核实结论"), choices=list(AUDITS.items()))
    reason = forms.CharField(
        label=_("核实情况"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AcceptOneForm(StepForm):
    code = forms.ChoiceField(label=_("核验的证件"), choices=[(one, DOCUMENTS[one]) for one in SHOWN])
    items = forms.MultipleChoiceField(
        label=_("后补材料（一次告知）"), required=False, choices=list(DOCUMENTS.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("没有勾选的以后不能再要求补。请客户签承诺书。"),
    )  # fmt: skip


class BringPaperForm(StepForm):
    code = forms.ChoiceField(label=_("收到的材料"), choices=list(DOCUMENTS.items()))


FORMS: dict[str, type[StepForm]] = {
    "answer": ReplyForm, "dispatch": DispatchForm, "offer": OfferForm, "pass": PassForm, "send_back": SendBackForm,
    "call": CallForm, "promise": PromiseForm, "move_promise": MovePromiseForm, "keep_promise": KeepPromiseForm,
    "pause": PauseForm, "resume": ReasonForm, "join": JoinForm, "leave": ReasonForm, "void": ReasonForm,
    "reopen": ReasonForm, "audit": AuditForm, "accept_one": AcceptOneForm, "bring_paper": BringPaperForm, "answer_urge": ReplyForm,
    "keep_secret": SecretForm,
}  # fmt: skip


def form_for(verb: str, card: CaseCard, at: datetime, data: Any = None) -> StepForm:
    """The form of a step of this case, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s")
    fields: dict[str, Any] = form.fields
    if "staff_id" in fields:
        people = candidates(card.case, at)
        fields["staff_id"].choices = [*NONE, *people] if verb == "dispatch" else people
    if verb == "call":
        _offer_calls(fields, card)
    if verb in ("keep_promise", "move_promise"):
        fields["number"].choices = [(row.pk, row.text) for row in card.promises if row.ended_at is None]
    if verb == "bring_paper" and card.papers is not None:
        fields["code"].choices = [(one, DOCUMENTS[one]) for one in card.papers.missing]
    if "root_cause" in fields:
        fields["root_cause"].initial = card.case.root_cause
    if verb == "answer_urge":
        fields["number"].initial = card.case.urges_count
    return form


def _offer_calls(fields: dict[str, Any], card: CaseCard) -> None:
    """Only the calls that this state knows, and not the call-back for who did the work."""
    open_to = [one for one in Purpose if card.case.state in WHEN[one] and not (one is Purpose.REVIEW and card.is_mine)]
    fields["code"].choices = [(one.value, PURPOSE_LABELS[one]) for one in reversed(open_to)]
    known = {result for one in open_to for result in results_of(one)}
    fields["result"].choices = [(one.value, RESULT_LABELS[one]) for one in CallResult if one in known]
