"""One policy: what holds for a unit on a day and why, and everything that ever held."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.kit import clock, web
from longzhong.kit.actor import Actor
from longzhong.kit.web import Badge, MoveForm
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors
from longzhong.register.policies.pages.change import WHOLE, EndForm, unit_id_of
from longzhong.register.policies.pages.words import confidence_badge, may_change, standing_words
from longzhong.register.policies.rules import EDITION_LABELS, Edition, Explanation, shown
from longzhong.register.policies.selectors import HistoryLine, KeyCard


class WhyForm(forms.Form):
    """The question: for which unit, on which day."""

    unit = forms.TypedChoiceField(label=gettext_lazy("单位"), coerce=unit_id_of)
    day = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, who: Actor, asked: dict[str, str]) -> None:
        super().__init__(asked)
        nodes = [(node.id, "　" * node.depth + node.label) for node in org.units(who)]
        self.fields["unit"].choices = [(WHOLE, _("全公司")), *nodes]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class CandidateLine:
    line: HistoryLine
    won: bool
    because: str
    badge: Badge | str


@dataclass(frozen=True)
class KeyPage:
    card: KeyCard
    form: WhyForm
    asked: str
    value: str
    edition: str
    badge: Badge | str
    candidates: list[CandidateLine]
    history: list[tuple[HistoryLine, Badge | str, list[MoveForm]]]
    change_href: str


@web.page()
def key_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Which value held for this unit on this day, and why."""
    who, today = web.actor(request), clock.today()
    card = selectors.key_card(who, key)
    form = WhyForm(who, {"unit": request.GET.get("unit") or WHOLE, "day": request.GET.get("day") or today.isoformat()})
    day, unit_id = (form.cleaned_data["day"], form.cleaned_data["unit"]) if form.is_valid() else (today, None)
    said = selectors.why(key, unit_id=unit_id, day=day)
    lines = selectors.history(who, key, today)
    change = reverse("policies:change", args=[key]) if may_change(who, card.group) else ""
    page = KeyPage(
        card=card,
        form=form,
        asked=_asked(form, unit_id, day),
        value=shown(said.value, said.measure) if said.won else "",
        edition=EDITION_LABELS[Edition(said.unit_edition)],
        badge=confidence_badge(said.confidence) if said.won else "",
        candidates=_candidates(said, lines),
        history=[(line, confidence_badge(line.row.confidence), _moves(line, bool(change), today)) for line in lines],
        change_href=change,
    )
    return web.show(request, page, "policies/key.html")


def _asked(form: WhyForm, unit_id: int | None, day: date) -> str:
    names = dict(form.fields["unit"].choices)  # type: ignore[attr-defined]
    return _("%(day)s，%(unit)s") % {"day": day.isoformat(), "unit": names.get(unit_id or WHOLE, "").strip("　")}


def _candidates(said: Explanation, lines: list[HistoryLine]) -> list[CandidateLine]:
    by_id = {line.row.id: line for line in lines}
    return [
        CandidateLine(
            by_id[one.row.id], one.standing == "won", standing_words(one, said), confidence_badge(one.row.confidence)
        )
        for one in said.candidates
        if one.row.id in by_id
    ]


def _moves(line: HistoryLine, may: bool, today: date) -> list[MoveForm]:
    if not may or line.row.unit_id is None or not (line.running or line.planned) or line.row.to_on is not None:
        return []
    form = EndForm(initial={"to_on": today.isoformat()}, prefix=f"p{line.row.id}")
    action = reverse("policies:end", args=[line.row.key, line.row.id])
    ask = _("从那一天起，这个单位重新采用上级或全公司的取值；历史仍可查。")
    return [MoveForm("end", _("停止自设"), action, form=form, ask=ask)]
