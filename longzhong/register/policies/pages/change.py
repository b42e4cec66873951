"""Change a policy, or end a unit's own value."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.org import selectors as org
from longzhong.register.org.rules import Role
from longzhong.register.policies import selectors, services
from longzhong.register.policies.rules import COMPANY_ONLY, EDITION_LABELS, Edition, Row, read_value, shown, typed
from longzhong.register.policies.selectors import KeyCard

WHOLE = "0"  # the choice "whole company" of a unit field
COMMON = "ALL"  # the choice "every edition"
DAY = forms.DateInput(attrs={"type": "date"})


def unit_id_of(choice: str) -> int | None:
    return int(choice) or None


class ChangeForm(forms.Form):
    value = forms.CharField(label=gettext_lazy("新的取值"), max_length=200)
    unit = forms.TypedChoiceField(label=gettext_lazy("适用单位（含全部下级）"), coerce=unit_id_of)
    edition = forms.ChoiceField(label=gettext_lazy("适用版本"))
    from_on = forms.DateField(label=gettext_lazy("生效日期"), widget=DAY, help_text=gettext_lazy("今天或以后"))
    reason = forms.CharField(
        label=gettext_lazy("变更理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明依据的文件或会议；与取值一起长期保存"),
    )  # fmt: skip

    def __init__(self, who: Actor, card: KeyCard, like: Row, data: Any = None) -> None:
        first = {"from_on": clock.today().isoformat(), "value": typed(like.value), "edition": like.edition or COMMON}
        super().__init__(data, initial=first)
        self.like = like
        wide = [(WHOLE, _("全公司"))] if who.has(Role.SECURITY) else []
        nodes = [] if card.group in COMPANY_ONLY else org.units(who)
        self.fields["unit"].choices = [*wide, *((n.id, "　" * n.depth + n.label) for n in nodes)]  # type: ignore[attr-defined]
        self.fields["edition"].choices = [(e.value or COMMON, EDITION_LABELS[e]) for e in Edition]  # type: ignore[attr-defined]
        now = _("现行：%(value)s") % {"value": shown(like.value, like.measure)}
        self.fields["value"].help_text = "；".join(filter(None, [now, _bounds(card)]))

    def clean_edition(self) -> str:
        chosen: str = self.cleaned_data["edition"]
        return "" if chosen == COMMON else chosen

    def clean_value(self) -> Any:
        value = read_value(self.cleaned_data["value"], self.like.value)
        if value is None:
            raise forms.ValidationError(_("读不懂这个取值；请照现行取值的样子填写"))
        return value


class EndForm(forms.Form):
    to_on = forms.DateField(label=gettext_lazy("从哪天起不再自设"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300)


@dataclass(frozen=True)
class ChangePage:
    card: KeyCard
    form: ChangeForm
    back: str


@web.page(Role.SECURITY, Role.QUALITY)
def change_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Another value from a day on, with its reason."""
    who, back = web.actor(request), reverse("policies:key", args=[key])
    card = selectors.key_card(who, key)
    form = ChangeForm(who, card, _like(key, clock.today()), request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        return web.act(
            request,
            lambda: services.change_policy(
                key=key, value=data["value"], unit_id=data["unit"], edition=data["edition"], from_on=data["from_on"],
                reason=data["reason"], by=who, at=clock.now(),
            ),
            done=_("已保存；从生效日期起按新的取值执行"),
            back=back,
        )  # fmt: skip
    return web.show(request, ChangePage(card, form, back), "policies/change.html")


@web.page(Role.SECURITY, Role.QUALITY)
def end_policy(request: HttpRequest, key: str, policy_id: int) -> HttpResponseBase:
    """POST: a unit's own value ends on a day."""
    form = EndForm(request.POST, prefix=f"p{policy_id}")
    if not form.is_valid():
        raise Refused("form_incomplete", _("请填写日期和理由；没有改动。"))
    return web.act(
        request,
        lambda: services.end_policy(policy_id=policy_id, by=web.actor(request), at=clock.now(), **form.cleaned_data),
        done=_("已停止自设"),
        back=reverse("policies:key", args=[key]),
    )


def _like(key: str, day: date) -> Row:
    """The value whose shape the new one takes: the company's of today, else any that was ever there."""
    said = selectors.why(key, day=day)
    found = said.won or next((one.row for one in said.candidates), None)
    if found is None:
        raise Refused("not_found", _("没有这项制度参数。"), key=key)
    return found


def _bounds(card: KeyCard) -> str:
    if card.least is None and card.most is None:
        return ""
    low = "" if card.least is None else _("不小于 %(n)g") % {"n": card.least}
    high = "" if card.most is None else _("不大于 %(n)g") % {"n": card.most}
    return "，".join(filter(None, [low, high]))
