"""Alerts to look at: the board, one alert with its evidence, and the counts behind the loop."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from longzhong.cases.alerts.models import Alert, ProofDay
from longzhong.cases.alerts.rules import LIVE, DayProof, Level, State
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import StepCard
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.kit.actor import Actor, within
from longzhong.kit.clock import day_start
from longzhong.kit.errors import Refused
from longzhong.sensing.curves.rules import KIND_NAMES

STATE_WORDS = {
    State.RAISED: later("已预警"),
    State.DISPATCHED: later("处置中"),
    State.VERIFYING: later("数据验证中"),
    State.UNPROVEN: later("待人工判定"),
    State.VERIFIED: later("已验证"),
    State.DISMISSED: later("已撤销"),
}
PROOF_WORDS = {
    DayProof.CLEAN: later("合格"),
    DayProof.ABNORMAL: later("仍异常"),
    DayProof.UNDETERMINED: later("数据不足，不作数"),
    DayProof.LIGHT_LOAD: later("负荷偏轻，不作数"),
}


VERB_WORDS = {
    "raise": "曲线研判预警",
    "worsen": "等级上升",
    "dispatch": "派单",
    "await_proof": "完工，等待数据验证",
    "send_back": "数据不通过，退回重办",
    "verify": "验证通过",
    "hold_unproven": "数据不足以证明，转人工判定",
    "dismiss": "撤销",
}


@dataclass(frozen=True)
class Funnel:
    """The loop's counts for alerts raised in a period: each step's alerts are among those of the step before."""

    warned: int
    dispatched: int
    handled: int
    verified: int


@dataclass(frozen=True)
class Outcome:
    """Alerts of one unit and kind raised in a period: what became of them, and how many took longer than their clocks allow."""

    unit_id: int
    kind: str
    found: int
    verified: int
    unproven: int
    dismissed: int
    late: int


def visible_to(actor: Actor) -> QuerySet[Alert]:
    """The door: organisation × grid × role."""
    return Alert.objects.filter(within(actor))


def board(actor: Actor) -> QuerySet[Alert]:
    """Alerts by urgency, the newest first."""
    return visible_to(actor).select_related("area", "unit", "grid").order_by("level", "-raised_at", "-id")


def live(actor: Actor) -> QuerySet[Alert]:
    return board(actor).filter(state__in=LIVE)


def alert_of(actor: Actor, alert_id: int) -> Alert:
    """One alert with its area; refused outside the actor's scope."""
    alert = board(actor).filter(pk=alert_id).first()
    if alert is None:
        raise Refused("not_found", _("没有这条预警，或不在您的管辖范围内。"), alert=alert_id)
    return alert


def proof_days(alert: Alert) -> list[ProofDay]:
    """The days taken as evidence, oldest first, all rounds."""
    return list(alert.proof_days.order_by("round", "day", "id"))


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many alerts stand in each state."""
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def live_by(actor: Actor, *columns: str) -> list[Counter[Any]]:
    """How many live alerts there are of each value of each column; one query."""
    rows = visible_to(actor).filter(state__in=LIVE).order_by().values_list(*columns).annotate(n=Count("id"))
    found: list[Counter[Any]] = [Counter() for _column in columns]
    for *values, count in rows:
        for counter, value in zip(found, values, strict=True):
            counter[value] += count
    return found


def raised_between(actor: Actor, first: date, last: date) -> QuerySet[Alert]:
    """The list behind the funnel: alerts raised on these days, both included."""
    return board(actor).filter(raised_at__gte=day_start(first), raised_at__lt=_after(last))


def funnels(actor: Actor, *spans: tuple[date, date]) -> list[Funnel]:
    """Warned → dispatched → handled → verified, of the alerts raised in each of some periods; one query."""
    parts = {"warned": Q(), "dispatched": Q(order_id__isnull=False), "handled": Q(handled_on__isnull=False),
             "verified": Q(state=State.VERIFIED)}  # fmt: skip
    within_span = [Q(raised_at__gte=day_start(first), raised_at__lt=_after(last)) for first, last in spans]
    counted = visible_to(actor).aggregate(**{
        f"{name}_{n}": Count("id", filter=span & part)
        for n, span in enumerate(within_span)
        for name, part in parts.items()
    })  # fmt: skip
    return [Funnel(**{name: counted[f"{name}_{n}"] for name in parts}) for n in range(len(spans))]


def outcomes(first: date, last: date, at: datetime, *, unit_id: int | None = None, kind: str = "") -> list[Outcome]:
    """What became of the alerts raised in a period by unit and kind, all units or one; `late` as it stands at `at`."""
    rows = Alert.objects.filter(raised_at__gte=day_start(first), raised_at__lt=_after(last))
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id, kind=kind)
    found = list(rows.order_by("unit_id", "kind", "id").values_list("unit_id", "kind", "state", "order_id"))
    late = workorders.late_orders([order_id for *_rest, order_id in found if order_id is not None], at)
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for unit, kind_, state, order_id in found:
        counts[unit, kind_].update(["found", state, *(["late"] if order_id in late else [])])
    return [
        Outcome(unit, kind_, row["found"], row[State.VERIFIED], row[State.UNPROVEN], row[State.DISMISSED], row["late"])
        for (unit, kind_), row in counts.items()
    ]


def worst_level(actor: Actor) -> Subquery:
    """For a query of areas: the most urgent level among an area's live alerts (for the map)."""
    rows = visible_to(actor).filter(state__in=LIVE, quality=False, area=OuterRef("pk"))
    return Subquery(rows.order_by("level").values("level")[:1])


def is_visible(actor: Actor, alert_id: int) -> bool:
    """Whether the actor may see the alert and what hangs on it."""
    return visible_to(actor).filter(pk=alert_id).exists()


def told(steps: Sequence[StepCard]) -> list[str]:
    """The text of each step of an alert's timeline: the days taken as evidence, or the words that somebody typed."""
    return [_proofs(step.data) if "proofs" in step.data else matters.said(step) for step in steps]


def _proofs(data: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{day} {PROOF_WORDS[DayProof(proof)]}" for day, proof in zip(data["days"], data["proofs"], strict=True)
    )


def words(alert: Alert) -> tuple[str, str, str]:
    """Kind, state and level in Chinese."""
    return KIND_NAMES[alert.kind], str(STATE_WORDS[State(alert.state)]), Level(alert.level).word


def _after(last: date) -> datetime:
    return day_start(date.fromordinal(last.toordinal() + 1))
