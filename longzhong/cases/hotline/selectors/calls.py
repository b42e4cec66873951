"""Calls as lists show them: all of them, and those that nothing became of yet, the oldest first (零遗漏, S3-17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from longzhong.cases.hotline.models import Call
from longzhong.cases.hotline.rules.words import CALL_OUTCOME_LABELS, CHANNEL_LABELS, CallOutcome, Channel
from longzhong.cases.hotline.selectors.door import CALL_NOUN, visible_calls
from longzhong.cases.hotline.selectors.parties import CallerCard, caller_of_call
from longzhong.dispatch.matters import selectors as matters
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.register.policies import selectors as policies

WARN_KEY = "hotline.kept_warn_min"


@dataclass(frozen=True)
class CallCounts:
    """Numbers of tabs and tiles."""

    kept: int
    today: int


@dataclass(frozen=True)
class CallDetail:
    call: Call
    caller: CallerCard
    channel: str
    outcome: str
    reply: str
    satisfied: bool | None


def call_rows(actor: Actor) -> QuerySet[Call]:
    """Every call of the actor's, the newest first."""
    return visible_calls(actor).select_related("case__category", "area", "unit", "taken_by").order_by("-at", "-id")


def kept_rows(actor: Actor) -> QuerySet[Call]:
    """What nothing became of yet, the oldest first."""
    return call_rows(actor).filter(outcome=CallOutcome.KEPT).order_by("at", "id")


def call_counts(actor: Actor, at: datetime) -> CallCounts:
    """Calls that nobody settled yet, and today's; one query over those alone."""
    kept, today = Q(outcome=CallOutcome.KEPT), Q(at__gte=day_start(civil_day(at)))
    rows = visible_calls(actor).filter(kept | today)
    return CallCounts(**rows.aggregate(kept=Count("id", filter=kept), today=Count("id", filter=today)))


def forgotten(actor: Actor, at: datetime) -> int:
    """How many kept calls wait longer than the policy's minutes (S3-17)."""
    return visible_calls(actor).filter(outcome=CallOutcome.KEPT, at__lt=at - kept_limit(at)).count()


def kept_limit(at: datetime) -> timedelta:
    """How long a call may wait before it is shown as forgotten."""
    return timedelta(minutes=float(str(policies.value(WARN_KEY, day=civil_day(at)))))


def call_card(actor: Actor, call_id: int) -> CallDetail:
    """One call with its caller masked, and how it was answered."""
    call = call_rows(actor).filter(pk=call_id).first()
    if call is None:
        raise Refused("not_found", _("没有这个来电，或不在您的管辖范围内。"), call=call_id)
    answer = next((step for step in matters.steps(f"{CALL_NOUN}:{call.pk}") if step.verb == "answer"), None)
    data, words = (answer.data, answer.words) if answer else ({}, {})
    return CallDetail(
        call, caller_of_call(actor, call), CHANNEL_LABELS[Channel(call.channel)],
        CALL_OUTCOME_LABELS[CallOutcome(call.outcome)], str(words.get("reply", "")), data.get("satisfied"),
    )  # fmt: skip


def topics(actor: Actor, first: datetime, last: datetime) -> Sequence[tuple[str, int]]:
    """Calls of a span by the type of their case, the most frequent first; "" for those without a case (S3-07)."""
    rows = visible_calls(actor).filter(at__gte=first, at__lt=last).values_list("case__type")
    return [(kind or "", n) for kind, n in rows.annotate(n=Count("id")).order_by("-n", "case__type")]
