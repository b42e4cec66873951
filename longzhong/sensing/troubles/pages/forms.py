"""The small forms of corrections: shapes only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from longzhong.dispatch.matters.rules import moment_words
from longzhong.sensing.troubles.pages.words import kind_words
from longzhong.sensing.troubles.rules import Given
from longzhong.sensing.troubles.selectors import Signal

MOST_CHOICES = 300


class StepForm(forms.Form):
    """A step that needs nothing but a press; the other forms add what it asks."""

    def given(self) -> Given:
        data = self.cleaned_data
        signals = tuple(int(one) for one in data.get("signals", ()))
        return Given(signals, int(data["other"]) if data.get("other") else None, data.get("reason", ""))


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("为什么不是停电"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class SignalsForm(StepForm):
    signals = forms.MultipleChoiceField(label=_("信号"), widget=forms.CheckboxSelectMultiple)


class OtherForm(StepForm):
    other = forms.ChoiceField(label=_("另一处疑似停电"))


class MoveForm(SignalsForm, OtherForm):
    field_order = ("signals", "other")


FORMS: dict[str, type[StepForm]] = {
    "dismiss": ReasonForm, "split": SignalsForm, "merge": OtherForm, "move_signal": MoveForm,
}  # fmt: skip


def form_for(verb: str, signals: list[Signal], others: list[tuple[int, str]], data: Any = None) -> StepForm:
    """The form of a step of a trouble, bound if data is given."""
    form = FORMS.get(verb, StepForm)(data, auto_id=f"{verb}_%s")
    fields: dict[str, Any] = form.fields
    if "signals" in fields:
        fields["signals"].choices = [(one.pk, signal_words(one)) for one in signals[:MOST_CHOICES]]
    if "other" in fields:
        fields["other"].choices = [(number, f"{name}（{number}）") for number, name in others]
    return form


def signal_words(signal: Signal) -> str:
    """2026-03-02 14:05 来电 · 隆中一台区."""
    place = signal.area.name if signal.area else signal.meter_code or str(_("台区未知"))
    return f"{moment_words(signal.at)} {kind_words(signal)} · {place}"
