"""Lists of final answers, and whether one stands for a case."""

from django.db.models import Count, QuerySet

from longzhong.cases.finals.models import FinalAnswer
from longzhong.cases.finals.rules import LIVE, State
from longzhong.cases.finals.selectors.door import visible_to
from longzhong.kit.actor import Actor

STANDING = (*LIVE, State.FILED)


def board(actor: Actor) -> QuerySet[FinalAnswer]:
    """Final answers, the newest first."""
    rows = visible_to(actor).select_related("case__category__parent__parent", "unit", "drafted_by")
    return rows.order_by("-drafted_at", "-id")


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def final_of(case_id: int) -> FinalAnswer | None:
    """The final answer of a case that stands or is under way."""
    return FinalAnswer.objects.filter(case=case_id, state__in=STANDING).first()
