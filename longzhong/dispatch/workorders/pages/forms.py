"""The small forms of steps, made of what the machine's table says a step needs: shapes only; each gives what it read as `Given`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.dispatch.matters.rules import PAUSE_LABELS
from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import (
    CAUSES,
    GROUNDS,
    MACHINES,
    MEASURED,
    PRIORITY_LABELS,
    SERVICES,
    SIDES,
    TRIAGES,
    WAYS,
    Given,
    Kind,
    given_of,
)
from longzhong.kit import web
from longzhong.kit.clock import today

EXPECTED_IN = ((60, _("1 小时")), (120, _("2 小时")), (240, _("4 小时")))
BESIDE: dict[str, tuple[str, ...]] = {  # what the steps beside the machine need
    "offer": ("owner",),
    "pause": ("pause_reason", "reason"),
    "resume": ("reason",),
    "priority": ("priority", "reason"),
    "reach_milestone": ("milestone", "note"),
    "move_milestone": ("milestone", "due_on", "note"),
}
Make = Callable[[WorkOrder], forms.Field]


class StepForm(forms.Form):
    """A step with the fields of its needs; without any it is but a press."""

    claimed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def given(self, at: datetime) -> Given:
        return given_of(self.cleaned_data, at)

    @property
    def photos(self) -> list[Any]:
        return self.cleaned_data.get("photos") or []


def needs_of(verb: str, order: WorkOrder) -> tuple[str, ...]:
    """What a step of this order needs, by the machine's table or beside it."""
    rows = MACHINES[Kind(order.kind)].moves
    return next((row.needs for row in rows if row.verb == verb), BESIDE.get(verb, ()))


def form_for(verb: str, order: WorkOrder, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step of this order, bound if data is given."""
    form = StepForm(data, files, auto_id=f"{verb}_%s")
    for need in needs_of(verb, order):
        form.fields.update({name: make(order) for name, make in FIELDS.get(need, {}).items()})
    return form


def _area(label: Any, most: int, **more: Any) -> Make:
    return lambda _order: forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


def _line(label: Any, most: int, **more: Any) -> Make:
    return lambda _order: forms.CharField(label=label, max_length=most, **more)


def _choice(label: Any, choices: Mapping[str, str], **more: Any) -> Make:
    return lambda _order: forms.ChoiceField(label=label, choices=[("", "—"), *choices.items()], **more)


def _moment(label: Any, **more: Any) -> Make:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return lambda _order: forms.DateTimeField(label=label, required=False, widget=widget, **more)


def _hidden(low: float | None, high: float | None) -> Make:
    return lambda _order: forms.FloatField(required=False, min_value=low, max_value=high, widget=forms.HiddenInput)


def _measure(key: str) -> Make:
    word, unit, low, high = MEASURED[key]
    return lambda _order: forms.FloatField(label=f"实测{word} {unit}", required=False, min_value=low, max_value=high)


def _owner(order: WorkOrder) -> forms.Field:
    return forms.ChoiceField(label=_("负责人"), choices=selectors.candidates(order, today()))


def _cause(order: WorkOrder) -> forms.Field:
    return forms.ChoiceField(label=_("查明原因"), choices=[("", "—"), *CAUSES[Kind(order.kind)].items()])


def _milestone(order: WorkOrder) -> forms.Field:
    rows = [(row.code, row.get_code_display()) for row in order.milestones.all() if row.done_at is None]
    return forms.ChoiceField(label=_("里程碑"), choices=rows)


def _priority(_order: WorkOrder) -> forms.Field:
    choices = [(level.value, word) for level, word in PRIORITY_LABELS.items()]
    return forms.TypedChoiceField(label=_("紧急程度"), coerce=int, choices=choices)


def _photos(help_text: Any) -> Make:
    return lambda _order: web.PhotosField(label=_("现场照片"), required=False, help_text=help_text)


FIELDS: dict[str, dict[str, Make]] = {
    "reason": {"reason": _area(_("理由"), 500)},
    "note": {"reason": _line(_("说明"), 500, required=False)},
    "answer": {"reason": _area(_("答复意见"), 500)},
    "owner": {"owner": _owner},
    "position": {
        "lat": _hidden(-90, 90), "lon": _hidden(-180, 180), "accuracy_m": _hidden(0, None),
        "reason": _line(_("无法定位的原因"), 200, required=False, help_text=_("在手机的“我的工单”里办理可自动定位。")),
    },
    "cause_found": {"cause_found": _cause},
    "work_done": {"work_done": _area(_("处理情况"), 2000)},
    "photo": {
        "photos": _photos(_("至少一张；确实拍不了，请在下面写明原因。")),
        "no_photo_reason": _line(_("无法拍照的原因"), 200, required=False),
    },
    "picture": {"photos": _photos("")},
    "measured": {key: _measure(key) for key in MEASURED},
    "restored_at": {"restored_at": _moment(_("恢复送电时间"), help_text=_("不填就是现在。"))},
    "expected": {
        "expected_in": lambda _order: forms.ChoiceField(
            label=_("预计多久恢复供电"), required=False, choices=[("", _("另选时间")), *EXPECTED_IN]
        ),
        "expected_at": _moment(_("预计恢复供电时间"), help_text=_("上面没有合适的再填；客户产权设备可不填。")),
    },
    "fault_place": {"fault_place": _line(_("故障位置"), 120, help_text=_("线路、杆号或设备，不写客户姓名。"))},
    "side": {"side": _choice(_("产权归属"), SIDES)},
    "service": {"service": _choice(_("服务方式"), SERVICES, required=False, help_text=_("客户产权设备必选。"))},
    "ground": {"code": _choice(_("退单理由"), GROUNDS)},
    "way": {"code": _choice(_("联系方式"), WAYS)},
    "triage": {"triage": _choice(_("办理方式"), TRIAGES)},
    "reply": {"reply": _area(_("给客户的答复"), 2000)},
    "pause_reason": {"code": lambda _order: forms.ChoiceField(
        label=_("挂起原因"), choices=[(code.value, label) for code, label in PAUSE_LABELS.items()]
    )},
    "priority": {"priority": _priority},
    "milestone": {"code": _milestone},
    "due_on": {
        "due_on": lambda _order: forms.DateField(label=_("改到"), widget=forms.DateInput(attrs={"type": "date"}))
    },
}  # fmt: skip
