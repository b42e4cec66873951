"""The six numbers of what customers told, for one glance."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Value

from longzhong.cases.hotline.models import Promise
from longzhong.cases.hotline.rules import LIVE, State
from longzhong.cases.hotline.rules.words import CallOutcome
from longzhong.cases.hotline.selectors.door import visible_calls, visible_to
from longzhong.cases.hotline.selectors.promises import late_promises
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start


@dataclass(frozen=True)
class Numbers:
    """Live cases, late ones, those that wait for the call-back; words given past their time; calls nobody settled, calls today."""

    live: int = 0
    late: int = 0
    calling: int = 0
    overdue: int = 0
    kept: int = 0
    today: int = 0


def numbers(actor: Actor, at: datetime) -> Numbers:
    """The same counts as `counts`, `promise_counts` and `call_counts`; one query."""
    kept, today = Q(outcome=CallOutcome.KEPT), Q(at__gte=day_start(civil_day(at)))
    cases = visible_to(actor).filter(state__in=LIVE).order_by().values(what=Value("cases"))
    late, calling = Count("id", filter=Q(due_at__lt=at)), Count("id", filter=Q(state=State.CALLING))
    words = Promise.objects.filter(late_promises(at), case__in=visible_to(actor)).order_by().values(what=Value("words"))
    calls = visible_calls(actor).filter(kept | today).order_by().values(what=Value("calls"))
    rows = cases.annotate(a=Count("id"), b=late, c=calling).union(
        words.annotate(a=Count("id"), b=Value(0), c=Value(0)),
        calls.annotate(a=Count("id", filter=kept), b=Count("id", filter=today), c=Value(0)),
        all=True,
    )
    found = {row["what"]: (row["a"], row["b"], row["c"]) for row in rows}
    none = (0, 0, 0)
    return Numbers(*found.get("cases", none), found.get("words", none)[0], *found.get("calls", none)[:2])
