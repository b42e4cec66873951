"""The small forms of steps, and the form of a new outage: shapes only."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.kit import web
from longzhong.kit.clock import CST
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.rules import (
    KIND_LABELS,
    REASONS,
    Devices,
    Given,
    Kind,
    NewFault,
    NewPlan,
    NewReport,
    PlanChange,
    devices_of,
)
from longzhong.sensing.outages.selectors import Outage


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment in the county's time, to the minute."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


class StepForm(forms.Form):
    """A step that needs nothing but a press; the other forms add what it asks."""

    def given(self) -> Given:
        data = self.cleaned_data
        areas = tuple(int(one) for one in data.get("areas", ()))
        other = data.get("other")
        return Given(
            data.get("reason", ""), data.get("moment"), areas, until=data.get("until"), other_id=int(other) if other else None,
            fault=self.fault(),
        )  # fmt: skip

    def fault(self) -> NewFault | None:
        return None

    def pictures(self) -> list[Any]:
        return self.cleaned_data.get("photos") or []


class NoteForm(StepForm):
    reason = forms.CharField(label=_("说明"), required=False, max_length=200)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class StartForm(StepForm):
    moment = moment_field(_("实际停电时间"), required=False, help_text=_("不填即为现在。"))


class ExpectedForm(ReasonForm):
    moment = moment_field(_("新的预计恢复时间"))
    field_order = ("moment", "reason")


class RestoreForm(NoteForm):
    moment = moment_field(_("实际送电时间"), required=False, help_text=_("不填即为现在。"))
    field_order: tuple[str, ...] = ("moment", "reason")


class PartForm(RestoreForm):
    areas = forms.MultipleChoiceField(label=_("恢复的台区"), widget=forms.CheckboxSelectMultiple)
    field_order: tuple[str, ...] = ("areas", "moment", "reason")


class PostponeForm(ReasonForm):
    moment = moment_field(_("新的停电时间"))
    until = moment_field(_("新的送电时间"), required=False, help_text=_("不填时按原计划时长。"))
    field_order: tuple[str, ...] = ("moment", "until", "reason")


class AbsorbForm(ReasonForm):
    other = forms.ChoiceField(label=_("并入本次的停电"), widget=forms.RadioSelect)
    field_order: tuple[str, ...] = ("other", "reason")


class LocateForm(NoteForm):
    line = forms.ChoiceField(label=_("线路"), required=False)
    pole = forms.CharField(label=_("杆号或位置"), max_length=40)
    cause = forms.ChoiceField(label=_("故障原因"), choices=lambda: list(REASONS[Kind.FAULT].items()))
    photos = web.PhotosField(label=_("照片"), required=False)
    field_order: tuple[str, ...] = ("line", "pole", "cause", "reason", "photos")

    def fault(self) -> NewFault:
        data = self.cleaned_data
        line = int(data["line"]) if data["line"] else None
        return NewFault(pole=data["pole"], cause=data["cause"], feeder_id=line, note=data["reason"])


FORMS: dict[str, type[StepForm]] = {
    "confirm": NoteForm, "start": StartForm, "change_expected": ExpectedForm, "restore": RestoreForm, "restore_part": PartForm,
    "cancel": ReasonForm, "withdraw": ReasonForm, "approve": NoteForm, "decline": ReasonForm, "postpone": PostponeForm,
    "absorb": AbsorbForm, "locate": LocateForm,
}  # fmt: skip


def form_for(verb: str, outage: Outage, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step of this outage, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s")
    fields: dict[str, Any] = form.fields
    if "areas" in fields:
        fields["areas"].choices = [*selectors.still_out(outage.pk), *_sent(data, "areas")]
    if "other" in fields:
        known = [(one.id, f"{one.number} {one.title}") for one in selectors.absorbable(outage)]
        fields["other"].choices = [*known, *_sent(data, "other")]
    if "line" in fields:
        lines = selectors.feeders_of(selectors.areas_of_outage(outage.pk))
        fields["line"].choices = [("", "—"), *lines.items()]
    return form


def _sent(data: Any, name: str) -> list[tuple[int, str]]:
    """What was sent is a choice even if it isn't one any more: a repeated POST reaches its client key, and the service judges."""
    return (
        [(int(one), one) for one in data.getlist(name) if one.isdecimal() and len(one) < 17] if data is not None else []
    )


def _kinds() -> list[tuple[str, str]]:
    first = (Kind.FAULT, Kind.PLANNED, Kind.TEMPORARY, Kind.SHORTAGE)
    return [(kind.value, KIND_LABELS[kind]) for kind in first]


def _reasons() -> list[tuple[str, Any]]:
    shown = (Kind.FAULT, Kind.TEMPORARY, Kind.SHORTAGE)  # those of plans are among those of temporary outages
    return [("", "—"), *((KIND_LABELS[kind], list(REASONS[kind].items())) for kind in shown)]


class NewForm(forms.Form):
    """A plan or a fault; `devices` and `kept` come as "feeder:12" from the picker beside."""

    kind = forms.ChoiceField(label=_("类型"), choices=_kinds)
    starts_at = moment_field(_("停电时间"), required=False, help_text=_("故障不填即为现在。"))
    ends_at = moment_field(_("预计送电时间"), required=False, help_text=_("故障可以先不填，知道后再补。"))
    reason_code = forms.ChoiceField(label=_("原因"), choices=_reasons)
    reason = forms.CharField(
        label=_("原因说明"), required=False, max_length=200, help_text=_("会告诉客户，请勿写个人信息。")
    )
    place = forms.CharField(
        label=_("停电或故障地点"), required=False, max_length=120, help_text=_("线路、杆号；找不到设备时必填。")
    )
    exemption = forms.CharField(
        label=_("豁免理由"), required=False, max_length=200, help_text=_("提前时间不够时写明，另一位领导或专业部门批准后公告。"),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=_("现场已确认停电（抢修、供电所、专业部门）"), required=False)
    apart = forms.BooleanField(label=_("已有停电也单独登记"), required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") != Kind.FAULT:
            for name in ("starts_at", "ends_at"):
                if name not in self.errors and data.get(name) is None:
                    self.add_error(name, _("计划停电要写明停电和送电时间。"))
        return data

    def what(self, devices: Devices) -> NewPlan | NewReport:
        data = self.cleaned_data
        same: Any = {
            "reason_code": data["reason_code"],
            "reason": data["reason"],
            "place": data["place"],
            "devices": devices,
        }
        if data["kind"] != Kind.FAULT:
            return NewPlan(
                kind=Kind(data["kind"]),
                starts_at=data["starts_at"],
                ends_at=data["ends_at"],
                exemption=data["exemption"],
                **same,
            )
        return NewReport(
            started_at=data["starts_at"], expected_end_at=data["ends_at"], confirmed=data["confirmed"], apart=data["apart"],
            **same,
        )  # fmt: skip


class ChangeForm(forms.Form):
    """Other times of a plan; the devices come from the picker beside."""

    starts_at = moment_field(_("停电时间"))
    ends_at = moment_field(_("预计送电时间"))
    reason = forms.CharField(label=_("变更原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def change(self, devices: Devices) -> PlanChange:
        data = self.cleaned_data
        return PlanChange(starts_at=data["starts_at"], ends_at=data["ends_at"], reason=data["reason"], devices=devices)


def asked_moment(text: str) -> datetime | None:
    """A moment as a datetime-local field sends it, in the county's time; None while it isn't whole."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CST) if text else None
    except ValueError:
        return None


def picked(data: Any) -> Devices:
    """The devices that were ticked; what isn't a device is passed over."""
    pairs = [(kind, int(number)) for kind, number in _pairs(data.getlist("devices"))]
    kept = [int(number) for kind, number in _pairs(data.getlist("kept")) if kind == "section"]
    off = [pair for pair in pairs if pair[0] != "section" or pair[1] not in kept]
    return devices_of(off, kept)


def _pairs(values: list[str]) -> list[tuple[str, str]]:
    found = [value.partition(":")[::2] for value in values]
    kinds = {"substation", "feeder", "section", "area"}
    return [(kind, number) for kind, number in found if kind in kinds and number.isdecimal() and len(number) < 17]


__all__ = ["FORMS", "ChangeForm", "NewForm", "StepForm", "asked_moment", "form_for", "moment_field", "picked"]
