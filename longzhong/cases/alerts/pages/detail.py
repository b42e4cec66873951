"""One alert: why it is urgent, who has it, and what each day after the repair proved."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.cases.alerts import selectors, services
from longzhong.cases.alerts.models import Alert, ProofDay
from longzhong.cases.alerts.pages.words import LEVEL_TONES, PROOF_TONES, STATE_TONES
from longzhong.cases.alerts.rules import LIVE, MACHINE, PERSONS, READERS, DayProof, State
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit import clock, web
from longzhong.sensing.curves.rules import ELECTRIC, Kind, worst_words

PATH = (State.RAISED, State.DISPATCHED, State.VERIFYING, State.VERIFIED)


def load_unit(kind: str) -> str:
    """Export in kW for over-voltage, apparent power in kVA for the others."""
    return "kW" if kind == Kind.OVER_VOLTAGE else "kVA"


class DismissForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class ProofLine:
    """One day of evidence as the page shows it."""

    day: str
    badge: web.Badge
    load_kw: float | None
    share_pct: float | None
    round: int


@dataclass(frozen=True)
class DetailPage:
    alert: Alert
    kind: str
    state: web.Badge
    level: web.Badge
    stages: list[web.Stage]
    facts: list[web.Fact]
    reasons: list[str]
    proofs: list[ProofLine]
    load_unit: str
    timeline: list[web.Entry]
    moves: list[web.MoveForm]


@web.page(*READERS)
def detail(request: HttpRequest, alert_id: int) -> HttpResponseBase:
    who = web.actor(request)
    alert = selectors.alert_of(who, alert_id)
    kind, state, level = selectors.words(alert)
    page = DetailPage(
        alert=alert,
        kind=kind,
        state=web.Badge(STATE_TONES[alert.state], state),
        level=web.Badge(LEVEL_TONES[alert.level], level),
        stages=_stages(alert),
        facts=_facts(alert),
        reasons=alert.reasons,
        proofs=[_proof_line(alert, row) for row in selectors.proof_days(alert)],
        load_unit=load_unit(alert.kind),
        timeline=matters.timeline(f"alerts.alert:{alert.pk}", reader=who),
        moves=_moves(alert, who),
    )
    return web.show(request, page, "alerts/detail.html")


@require_POST
@web.page(*PERSONS)
def dismiss(request: HttpRequest, alert_id: int) -> HttpResponseBase:
    form = DismissForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return web.act(
        request,
        lambda: services.dismiss(alert_id=alert_id, reason=reason, by=web.actor(request), at=clock.now()),
        done=_("预警已撤销，工单随之作废。"),
        back=reverse("alerts:detail", args=[alert_id]),
    )


def _stages(alert: Alert) -> list[web.Stage]:
    words = selectors.STATE_WORDS
    if alert.state == State.DISMISSED:
        return [web.Stage(str(words[State.RAISED]), "done"), web.Stage(str(words[State.DISMISSED]), "bad")]
    now = PATH.index(State.VERIFYING if alert.state == State.UNPROVEN else State(alert.state))
    stages = []
    for index, state in enumerate(PATH):
        place = "done" if index < now or alert.state == State.VERIFIED else "now" if index == now else "todo"
        stages.append(web.Stage(str(words[state]), place))  # type: ignore[arg-type]
    return stages


def _facts(alert: Alert) -> list[web.Fact]:
    order = reverse("workorders:detail", args=[alert.order_id]) if alert.order_id else ""
    return [
        web.Fact(_("台区"), alert.area.name, reverse("curves:area", args=[alert.area_id]), alert.area.code),
        web.Fact(_("供电所"), alert.unit.name),
        web.Fact(_("网格"), alert.grid.name if alert.grid else _("未划分网格")),
        web.Fact(_("工单"), _("查看工单") if order else _("尚未派单"), order),
        *_measured(alert),
        web.Fact(_("退回次数"), alert.times_sent_back),
    ]


def _measured(alert: Alert) -> list[web.Fact]:
    days = _("窗口 %(window)s 天内异常 %(days)s 天") % {"window": alert.days_window, "days": alert.days_abnormal}
    grid = alert.kind in ELECTRIC
    plain = None if alert.worst is None else f"{alert.worst:.1f}"
    worst = worst_words(alert.kind, alert.worst) if grid else plain
    beyond = _("超限 %(pct).1f%%") % {"pct": alert.beyond_pct} if grid else ""
    load = None if alert.base_load_kw is None else f"{alert.base_load_kw:.1f} {load_unit(alert.kind)}"
    return [
        web.Fact(_("首次异常"), alert.first_on),
        web.Fact(_("最近异常"), alert.last_on, note=days),
        web.Fact(_("最严重值"), worst, note=beyond),
        web.Fact(_("发现日负荷"), load, note=_("验证日负荷须与此可比") if load else ""),
    ]


def _proof_line(alert: Alert, row: ProofDay) -> ProofLine:
    share = 100 * row.load_kw / alert.base_load_kw if row.load_kw is not None and alert.base_load_kw else None
    badge = web.Badge(PROOF_TONES[row.proof], str(selectors.PROOF_WORDS[DayProof(row.proof)]))
    return ProofLine(f"{row.day:%Y-%m-%d}", badge, row.load_kw, share, row.round + 1)


def _moves(alert: Alert, who: web.Actor) -> list[web.MoveForm]:
    if alert.state not in LIVE:
        return []
    return [
        web.MoveForm(
            move.verb, move.label, reverse(f"alerts:{move.verb}", args=[alert.pk]), DismissForm(), tone="danger"
        )
        for move in MACHINE.moves_from(alert.state, who.roles)
    ]
