"""The small forms of a step: shapes only; each gives what it read as `Given`."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.cases.rectifications import selectors
from longzhong.cases.rectifications.pages.words import part_words
from longzhong.cases.rectifications.rules import (
    FOUND,
    MOST_PARTS,
    ORDER_LABELS,
    UNPROVED,
    VISIT_LABELS,
    Given,
    Part,
    Proof,
)
from longzhong.cases.rectifications.selectors import Card
from longzhong.cases.rectifications.services import Upload
from longzhong.kit import web

DAY = forms.DateInput(attrs={"type": "date"})
AREA = forms.Textarea(attrs={"rows": 3})
NONE = ("", "—")


class StepForm(forms.Form):
    """A step that needs nothing but a press."""

    def given(self) -> Given:
        data = self.cleaned_data
        chosen = (data.get(f"part{place}") for place in range(1, MOST_PARTS + 1))
        parts = tuple(Part(int(one.partition(":")[0]), one.partition(":")[2]) for one in chosen if one)
        return Given(
            text=data.get("text", ""), cause=data.get("cause", ""), aim=data.get("aim", ""), reason=data.get("reason", ""),
            number=data.get("number") or None, staff_id=data.get("staff") or None, due_on=data.get("due_on"),
            from_on=data.get("from_on"), found=data.get("found", ""), order=data.get("order", ""), parts=parts,
        )  # fmt: skip

    def uploads(self) -> list[Upload]:
        files = self.cleaned_data.get("papers", ())
        kinds = {True: "photo", False: "document"}
        return [Upload(kinds[_is_photo(one)], one.name or "file", one.read()) for one in files]


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("原因"), max_length=500, widget=AREA)


class EditForm(StepForm):
    text = forms.CharField(label=_("核查情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    cause = forms.CharField(label=_("原因分析"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    aim = forms.CharField(label=_("整改目标"), required=False, max_length=1000, widget=AREA)


class MeasureForm(StepForm):
    text = forms.CharField(label=_("整改措施"), max_length=500, widget=AREA)
    staff = forms.TypedChoiceField(label=_("责任人"), coerce=int)
    due_on = forms.DateField(label=_("完成期限"), widget=DAY)


class NumberForm(ReasonForm):
    number = forms.TypedChoiceField(label=_("哪一项"), coerce=int)
    field_order: tuple[str, ...] = ("number", "reason")


class RefuseForm(NumberForm):
    number = forms.TypedChoiceField(label=_("代表哪个部门"), coerce=int)
    reason = forms.CharField(label=_("不同意的理由"), max_length=500, widget=AREA)


class SubmitForm(StepForm):
    order = forms.ChoiceField(label=_("会签方式"), choices=[(k.value, v) for k, v in ORDER_LABELS.items()])
    part1 = forms.ChoiceField(label=_("会签部门 1"))
    part2, part3, part4, part5, part6 = (
        forms.ChoiceField(label=f"会签部门 {place}", required=False) for place in range(2, MOST_PARTS + 1)
    )


class SignForm(StepForm):
    number = forms.TypedChoiceField(label=_("代表哪个部门"), coerce=int)
    reason = forms.CharField(label=_("会签意见"), required=False, max_length=500, widget=AREA)


class DelegateForm(StepForm):
    number = forms.TypedChoiceField(label=_("哪个部门的会签"), coerce=int)
    staff = forms.TypedChoiceField(label=_("委托给"), coerce=int)
    from_on = forms.DateField(label=_("从哪天起"), widget=DAY)
    due_on = forms.DateField(label=_("到哪天止（含）"), widget=DAY)


class ProofForm(NumberForm):
    reason = forms.CharField(label=_("完成情况"), max_length=500, widget=AREA)
    papers = web.FilesField(label=_("佐证照片或资料"), help_text=_("可直接拍照，可多选；照片或 PDF。"))


class ReturnForm(NumberForm):
    due_on = forms.DateField(label=_("新的完成期限"), widget=DAY)
    field_order = ("number", "reason", "due_on")


class VisitForm(StepForm):
    found = forms.ChoiceField(label=_("回访情况"), choices=[(one.value, VISIT_LABELS[one]) for one in FOUND])
    reason = forms.CharField(label=_("说明"), max_length=500, widget=AREA)
    papers = web.PhotosField(label=_("照片"), required=False)


class ReviewForm(StepForm):
    reason = forms.CharField(label=_("成效评价"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))


FORMS: dict[str, type[StepForm]] = {
    "edit": EditForm, "add_measure": MeasureForm, "drop_measure": NumberForm, "submit": SubmitForm, "sign": SignForm,
    "refuse": RefuseForm, "delegate": DelegateForm, "prove": ProofForm, "return_proof": ReturnForm, "revisit": VisitForm,
    "effective": ReviewForm, "not_effective": ReviewForm,
}  # fmt: skip


def form_for(verb: str, card: Card, now: datetime, data: Any = None, files: Any = None) -> StepForm:
    """The form of a step with its choices, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, files, auto_id=f"{verb}_%s", initial=_initial(verb, card, now))
    for name, choices in _choices(verb, card, now).items():
        form.fields[name].choices = choices  # type: ignore[attr-defined]
    return form


def _choices(verb: str, card: Card, now: datetime) -> dict[str, list[tuple[Any, str]]]:
    if verb == "add_measure":
        return {"staff": [NONE, *selectors.candidates(card.form, now)]}
    if verb == "submit":
        options: list[tuple[Any, str]] = [
            (f"{part.unit_id}:{part.role}", label) for part, label in selectors.parts_for(card.form, now)
        ]
        return {f"part{place}": [NONE, *options] for place in range(1, MOST_PARTS + 1)}
    if verb in ("sign", "refuse"):
        return {"number": [(one.row.pk, part_words(one.row)) for one in card.mine]}
    if verb == "delegate":
        own = [one.row for one in card.mine if one.standing is not None and not one.standing.is_deputy]
        people = dict(person for row in own for person in selectors.colleagues(card.form, row, now))
        return {"number": [(one.pk, part_words(one)) for one in own], "staff": [NONE, *people.items()]}
    chosen = {
        "prove": [one for one in card.measures if one.is_mine],
        "drop_measure": [one for one in card.measures if one.row.state in UNPROVED],
        "return_proof": [one for one in card.measures if one.row.state == Proof.PROVED],
    }
    return (
        {"number": [(one.row.pk, f"{one.row.number} {one.text[:40]}") for one in chosen[verb]]}
        if verb in chosen
        else {}
    )


def _initial(verb: str, card: Card, now: datetime) -> dict[str, Any]:
    if verb == "edit":
        return {"text": card.texts.facts, "cause": card.texts.cause, "aim": card.texts.aim}
    if verb == "add_measure" and not card.measures:
        return {"text": card.texts.unit_measures or card.texts.department_measures}
    if verb == "submit":
        last = [one.row for one in card.parts]
        parts = [selectors.part_of(one) for one in last] or selectors.default_parts(card.form, now)
        usual = {f"part{place}": f"{one.unit_id}:{one.role}" for place, one in enumerate(parts[:MOST_PARTS], 1)}
        return {"order": card.form.order or selectors.usual_order(card.form, now), **usual}
    return {"from_on": now.date()} if verb == "delegate" else {}


def _is_photo(file: Any) -> bool:
    return str(file.content_type).startswith("image/")
