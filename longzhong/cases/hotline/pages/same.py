"""同一事项: what may be the same matter as a case and why, what hangs on it, and the steps: join, link, part, urge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from longzhong.cases.hotline import selectors, services
from longzhong.cases.hotline.models import Case
from longzhong.cases.hotline.rules.machine import DESK, DONE, READERS, STATE_LABELS, State
from longzhong.cases.hotline.rules.repeats import LISTENING, URGE_LABELS
from longzhong.cases.hotline.rules.words import GOVERNED_TYPES
from longzhong.cases.hotline.selectors import Likeness, LinkLine, Ties
from longzhong.kit import clock, web


class ReasonForm(forms.Form):
    reason = forms.CharField(label=later("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class UrgeForm(forms.Form):
    code = forms.ChoiceField(label=later("催办原因"), choices=[(k.value, v) for k, v in URGE_LABELS.items()])
    reason = forms.CharField(
        label=later("客户怎么说"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    reason = forms.CharField(label=later("答复内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


FORMS: dict[str, type[forms.Form]] = {
    "override": ReasonForm, "leave": ReasonForm, "urge": UrgeForm, "answer_urge": AnswerForm
}  # fmt: skip
LABELS = {
    "join": later("并入这一件"),
    "link": later("关联为重复致电"),
    "override": later("不是同一件事"),
    "leave": later("拆出主单"),
    "urge": later("登记催办"),
    "answer_urge": later("答复催办"),
}


@dataclass(frozen=True)
class Candidate:
    """An earlier case with its reasons, and what may be done about it."""

    likeness: Likeness
    href: str
    moves: list[web.MoveForm]


@dataclass(frozen=True)
class SamePage:
    case: Case
    state: web.Badge
    candidates: list[Candidate]
    ties: Ties
    parting: list[tuple[str, list[web.MoveForm]]]
    family: list[LinkLine]
    leave: list[web.MoveForm]
    urge_moves: list[web.MoveForm]
    answers: list[web.MoveForm]
    listening: str
    final_href: str
    back: str


@web.page(*READERS)
def same(request: HttpRequest, case_id: int) -> HttpResponseBase:
    return web.show(request, same_page(web.actor(request), case_id, clock.now()), "hotline/same.html")


@require_POST
@web.page(*READERS)
def same_step(request: HttpRequest, case_id: int, verb: str) -> HttpResponseBase:
    """One step about what hangs together, once for a client key."""
    form = FORMS.get(verb, forms.Form)(request.POST)
    typed = form.cleaned_data if form.is_valid() else {}
    services.take_tie(
        case_id=case_id, verb=verb, given=_given(request, typed), key=request.POST.get("client_key", ""),
        by=web.actor(request), at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("“%(step)s”已登记。") % {"step": LABELS.get(verb, verb)})
    return redirect(reverse("hotline:same", args=[case_id]))


def _given(request: HttpRequest, typed: dict[str, str]) -> services.Tie:
    numbers = {key: int(value) for key in ("other", "number") if (value := request.POST.get(key, "")).isdigit()}
    return services.Tie(numbers.get("other"), numbers.get("number"), typed.get("code", ""), typed.get("reason", ""))


def same_page(who: web.Actor, case_id: int, now: datetime) -> SamePage:
    case = selectors.case_of(who, case_id)
    ties = selectors.ties_of(who, case)
    candidates = selectors.candidates_of(who, case, now)
    move = _mover(case_id)
    live = case.state not in DONE
    return SamePage(
        case=case,
        state=web.Badge("info" if live else "closed", STATE_LABELS[State(case.state)]),
        candidates=[Candidate(one, _href(one.case_id), _moves(case, one, move)) for one in candidates],
        ties=ties,
        parting=[(line.number, [move("override", line.case_id)]) for line in ties.links if not line.overridden],
        family=[*([ties.parent] if ties.parent else []), *ties.children],
        leave=[move("leave", None)] if case.state == State.FOLLOWING else [],
        urge_moves=[move("urge", None)] if live else [],
        answers=[_answer(case_id, line.number) for line in ties.urges if line.open],
        listening=LISTENING if case.state == State.FINAL else "",
        final_href=reverse("finals:new", args=[case_id]) if live and who.has(*DESK) else "",
        back=reverse("hotline:case", args=[case_id]),
    )


def _href(case_id: int) -> str:
    return reverse("hotline:same", args=[case_id])


def _mover(case_id: int) -> Callable[[str, int | None], web.MoveForm]:
    def move(verb: str, other: int | None) -> web.MoveForm:
        form = FORMS[verb](auto_id=f"{verb}_{other or 0}_%s") if verb in FORMS else None
        hidden = {} if other is None else {"other": str(other)}
        tone = "primary" if verb == "join" else "secondary"
        action = reverse("hotline:same_step", args=[case_id, verb])
        return web.MoveForm(f"{verb}{other or ''}", str(LABELS[verb]), action, form=form, tone=tone, hidden=hidden)  # type: ignore[arg-type]

    return move


def _moves(case: Case, one: Likeness, move: Callable[[str, int | None], web.MoveForm]) -> list[web.MoveForm]:
    governed = case.governed or one.type in GOVERNED_TYPES
    joins = one.decision == "merge" and case.state not in DONE and case.parent_id is None and not governed
    verbs = ["join", "override"] if joins else ["link", "override"]
    return [move(verb, one.case_id) for verb in verbs]


def _answer(case_id: int, number: int) -> web.MoveForm:
    label = _("答复第 %(number)s 次催办") % {"number": number}
    form = AnswerForm(auto_id=f"answer_{number}_%s")
    action = reverse("hotline:same_step", args=[case_id, "answer_urge"])
    return web.MoveForm(f"answer_urge{number}", label, action, form=form, hidden={"number": str(number)})
