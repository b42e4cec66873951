"""The forms of closures: shapes only; each gives what it read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.closures.rules import (
    CHANNEL_LABELS,
    CONTACT_WAYS,
    GROUND_LABELS,
    KIND_LABELS,
    PAPERS,
    SHOWN,
    TELL_WAYS,
    TRANSFER_LABELS,
    WAY_LABELS,
    Channel,
    Given,
    Ground,
    Kind,
    NewClosure,
    Transfer,
)
from longzhong.cases.closures.services import NewProject, Upload
from longzhong.kit import web

BLANK = ("", "—")
Choices = Mapping[str, Sequence[Any]]
DAY: dict[str, Any] = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
WAYS = [BLANK, *((way.value, WAY_LABELS[way]) for way in CONTACT_WAYS)]


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChosenForm(forms.Form):
    """A form some of whose fields are chosen from what the county has today: `choices` by the field's name."""

    def __init__(self, *args: Any, choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = [BLANK, *offered]  # type: ignore[attr-defined]


class StepForm(ChosenForm):
    """A step that needs nothing but a press; every field that it has becomes that of `Given`."""

    def given(self) -> Given:
        known = {name: value for name, value in self.cleaned_data.items() if name in Given.__dataclass_fields__}
        return Given(**known)

    def uploads(self) -> list[Upload]:
        return [Upload("photo", file.name or "photo", file.read()) for file in self.cleaned_data.get("photos", ())]


class NoteForm(StepForm):
    note = forms.CharField(label=_("说明"), required=False, max_length=500, widget=area())


class ReasonForm(StepForm):
    reason = forms.CharField(
        label=_("情况和理由"), max_length=500, widget=area(), help_text=_("不要写手机号和证件号。")
    )


class ContactForm(StepForm):
    way = forms.ChoiceField(label=_("联系方式"), choices=WAYS)
    note = forms.CharField(label=_("联系的情况"), max_length=500, widget=area(), help_text=_("不要写手机号和证件号。"))
    next_on = forms.DateField(label=_("下次联系"), required=False, help_text=_("不填则按制度天数。"), **DAY)


class RefuseForm(ReasonForm):
    next_on = forms.DateField(label=_("下次再联系"), required=False, **DAY)


class ApplyForm(StepForm):
    shown = forms.ChoiceField(label=_("客户出示"), choices=[BLANK, *((code, PAPERS[code]) for code in SHOWN)])
    agent = forms.BooleanField(label=_("由他人代办"), required=False)
    signed = forms.BooleanField(label=_("已签材料后补承诺书"), required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=500, widget=area(2))
    next_on = forms.DateField(label=_("下次联系"), required=False, **DAY)


class PassForm(StepForm):
    signed = forms.BooleanField(label=_("还缺的材料已签后补承诺书"), required=False)


class ReadForm(StepForm):
    kwh = forms.CharField(label=_("末次示数 kWh"), max_length=20)
    removed = forms.BooleanField(label=_("电能表已拆除"), required=False)
    photos = web.PhotosField(label=_("拆表照片"), required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=500, widget=area(2))


class SettleForm(StepForm):
    yuan = forms.CharField(label=_("末次电费（元）"), max_length=20, help_text=_("没有电费填 0。"))
    receipt = forms.CharField(label=_("缴费票据号"), required=False, max_length=40)


class StaffForm(StepForm):
    staff = forms.ChoiceField(label=_("新负责人"))


class TransferForm(StepForm):
    kind = forms.ChoiceField(
        label=_("办理了"), choices=[BLANK, *((Transfer(k).value, v) for k, v in TRANSFER_LABELS.items())]
    )
    reason = forms.CharField(label=_("办理的情况"), max_length=500, widget=area())


class AgainForm(StepForm):
    paper = forms.ChoiceField(label=_("补要的材料"), help_text=_("告知单上已有的不算二次告知，不在这里列出。"))
    staff = forms.ChoiceField(label=_("谁要的"), required=False, help_text=_("本人要的不用选。"))
    reason = forms.CharField(label=_("为什么还要"), max_length=500, widget=area())


class BringForm(StepForm):
    """The papers that are still missing, as choices."""

    paper = forms.ChoiceField(label=_("带来的材料"))


class BeginForm(ApplyForm):
    """A closure to begin: without a document it is a wish only."""

    ground = forms.ChoiceField(label=_("原因"), choices=[(Ground(k).value, v) for k, v in GROUND_LABELS.items()])
    channel = forms.ChoiceField(
        label=_("怎么提出的"), choices=[(Channel(k).value, v) for k, v in CHANNEL_LABELS.items()]
    )
    idle_since_on = forms.DateField(label=_("从哪天起不用电"), required=False, **DAY)
    suspended = forms.BooleanField(label=_("期间办了暂停用电"), required=False)
    case_number = forms.CharField(label=_("来自诉求（编号）"), required=False, max_length=30)
    field_order = (
        "ground",
        "channel",
        "shown",
        "agent",
        "signed",
        "note",
        "next_on",
        "case_number",
        "idle_since_on",
        "suspended",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].required = False
        self.fields["shown"].help_text = _("没有带证件就不选：只登记口头意愿，不算受理。")

    def new(self) -> NewClosure:
        return NewClosure(**self.cleaned_data)


class TellForm(forms.Form):
    kind = forms.ChoiceField(label=_("办理的业务"), choices=[(Kind(k).value, v) for k, v in KIND_LABELS.items()])
    way = forms.ChoiceField(label=_("告知方式"), choices=[(way.value, WAY_LABELS[way]) for way in TELL_WAYS])
    case_number = forms.CharField(label=_("来自诉求（编号）"), required=False, max_length=30)


class HouseholdForm(forms.Form):
    accounts = forms.CharField(
        label=_("户号"),
        max_length=400_000,
        widget=area(6),
        help_text=_("每行一个户号；带搬离情况和约定日期的名单，用本页的“导入名单”。"),
    )

    def codes(self) -> list[str]:
        return str(self.cleaned_data["accounts"]).split("\n")


class ProjectForm(ChosenForm):
    name = forms.CharField(label=_("项目名称"), max_length=80)
    unit = forms.ChoiceField(label=_("责任单位"))
    responsible = forms.ChoiceField(label=_("负责人"))
    from_on = forms.DateField(label=_("开始日期"), **DAY)
    to_on = forms.DateField(label=_("结束日期"), required=False, **DAY)
    area_m2 = forms.IntegerField(label=_("拆迁面积（平方米）"), required=False, min_value=0, max_value=100_000_000)
    area_codes = forms.CharField(
        label=_("台区编号"), required=False, max_length=4000, widget=area(), help_text=_("每行一个。")
    )
    estates = forms.CharField(
        label=_("小区、村"), required=False, max_length=4000, widget=area(), help_text=_("每行一个。")
    )

    def new(self) -> NewProject:
        data = self.cleaned_data
        lines: dict[str, Any] = {name: tuple(data.pop(name).split("\n")) for name in ("area_codes", "estates")}
        return NewProject(**data, **lines)


FORMS: dict[str, type[StepForm]] = {
    "apply": ApplyForm, "contact": ContactForm, "bring": BringForm, "pass_on": PassForm, "read": ReadForm,
    "settle": SettleForm, "close": NoteForm, "withdraw": ReasonForm, "assign": StaffForm,
}  # fmt: skip
HOUSE_FORMS: dict[str, type[StepForm]] = {
    "contact": ContactForm, "refuse": RefuseForm, "transfer": TransferForm, "drop": ReasonForm, "resume": ReasonForm,
}  # fmt: skip


def form_for(
    forms_of: dict[str, type[StepForm]], verb: str, data: Any = None, files: Any = None, choices: Choices | None = None
) -> StepForm:
    """The form of a step, bound if data is given."""
    return forms_of.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s", choices=choices)
