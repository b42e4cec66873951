"""The small forms of steps: shapes only; each gives what it read as `Given`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.dispatch.matters.rules import PAUSE_LABELS
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    CAUSES,
    MEASURED,
    PRIORITY_LABELS,
    Given,
    Kind,
    Outcome,
    Position,
)
from longzhong.kit.clock import today


class ManyPhotos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos; on a phone the camera opens."""

    widget = ManyPhotos(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotosField, self).clean(file, initial) for file in files]


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    claimed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def given(self) -> Given:
        return Given(claimed_at=self.cleaned_data["claimed_at"])


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def given(self) -> Given:
        return Given(reason=self.cleaned_data["reason"])


class OwnerForm(StepForm):
    owner = forms.ChoiceField(label=_("负责人"))

    def given(self) -> Given:
        return Given(owner_id=int(self.cleaned_data["owner"]))


class ArriveForm(StepForm):
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy_m = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("无法定位的原因"), required=False, max_length=200, help_text=_("在手机的“我的工单”里办理可自动定位。")
    )

    def given(self) -> Given:
        data = self.cleaned_data
        position = Position(data["lat"], data["lon"], data["accuracy_m"], data["reason"])
        return Given(position=position, claimed_at=data["claimed_at"])


class FinishForm(StepForm):
    cause_found = forms.ChoiceField(label=_("查明原因"))
    work_done = forms.CharField(label=_("处理情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label=_("现场照片"), required=False, help_text=_("至少一张；确实拍不了，请在下面写明原因。"))
    no_photo_reason = forms.CharField(label=_("无法拍照的原因"), required=False, max_length=200)
    ua = forms.FloatField(label=_("实测A相电压 V"), required=False, min_value=0, max_value=1000)
    ub = forms.FloatField(label=_("实测B相电压 V"), required=False, min_value=0, max_value=1000)
    uc = forms.FloatField(label=_("实测C相电压 V"), required=False, min_value=0, max_value=1000)
    load_pct = forms.FloatField(label=_("实测负载率 %"), required=False, min_value=0, max_value=500)

    def given(self) -> Given:
        data = self.cleaned_data
        measured = {key: data[key] for key in MEASURED if data.get(key) is not None}
        outcome = Outcome(data["cause_found"], data["work_done"], data["no_photo_reason"], measured)
        return Given(outcome=outcome, claimed_at=data["claimed_at"])


class PauseForm(ReasonForm):
    code = forms.ChoiceField(label=_("挂起原因"), choices=[(code.value, label) for code, label in PAUSE_LABELS.items()])
    field_order = ("code", "reason")

    def given(self) -> Given:
        return Given(reason=self.cleaned_data["reason"], code=self.cleaned_data["code"])


class PriorityForm(ReasonForm):
    priority = forms.TypedChoiceField(
        label=_("紧急程度"), coerce=int, choices=[(level.value, word) for level, word in PRIORITY_LABELS.items()]
    )
    field_order = ("priority", "reason")

    def given(self) -> Given:
        return Given(reason=self.cleaned_data["reason"], priority=self.cleaned_data["priority"])


class MilestoneForm(StepForm):
    code = forms.ChoiceField(label=_("里程碑"))
    reason = forms.CharField(label=_("说明"), required=False, max_length=500)

    def given(self) -> Given:
        return Given(reason=self.cleaned_data["reason"], code=self.cleaned_data["code"])


class MoveMilestoneForm(MilestoneForm):
    due_on = forms.DateField(label=_("改到"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("code", "due_on", "reason")

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(reason=data["reason"], code=data["code"], due_on=data["due_on"])


FORMS: dict[str, type[StepForm]] = {
    "assign": OwnerForm, "offer": OwnerForm, "release": ReasonForm, "arrive": ArriveForm, "finish": FinishForm,
    "decide_verified": ReasonForm, "decide_return": ReasonForm, "make_project": ReasonForm, "cancel": ReasonForm,
    "pause": PauseForm, "resume": ReasonForm, "priority": PriorityForm, "reach_milestone": MilestoneForm,
    "move_milestone": MoveMilestoneForm,
}  # fmt: skip


def form_for(verb: str, order: WorkOrder, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step of this order, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s")
    fields: dict[str, Any] = form.fields
    if "owner" in fields:
        fields["owner"].choices = selectors.candidates(order, today())
    if "cause_found" in fields:
        fields["cause_found"].choices = [("", "—"), *CAUSES[Kind(order.kind)].items()]
    if "code" in fields and verb.endswith("milestone"):
        fields["code"].choices = [
            (row.code, row.get_code_display()) for row in order.milestones.all() if row.done_at is None
        ]
    return form
