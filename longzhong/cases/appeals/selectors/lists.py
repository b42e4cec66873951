"""Lists of appeals, of what may still be appealed against, and which window stands for a complaint."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from longzhong.cases.appeals.models import Appeal, Window
from longzhong.cases.appeals.rules import JUDGED, LIVE, State
from longzhong.cases.appeals.selectors.door import BESIDE, visible_to, visible_windows
from longzhong.cases.complaints.rules import COUNTS_AGAINST, STANDING
from longzhong.kit.actor import Actor


def board(actor: Actor) -> QuerySet[Appeal]:
    """Appeals, what is due first on top, then the newest."""
    rows = visible_to(actor).select_related(*BESIDE)
    rows = rows.defer(
        "basis_sealed", "conclusion_sealed", "complaint__summary_sealed", "complaint__case__content_sealed"
    )
    return rows.order_by(F("due_at").asc(nulls_last=True), "-drafted_at", "-id")


def waiting(actor: Actor) -> QuerySet[Appeal]:
    """Appeals on whose panel the actor sits and hasn't voted."""
    seat = Q(members__staff=actor.staff_id or 0, members__left_at=None, members__voted_at=None)
    return board(actor).filter(seat, state=State.SITTING)


def to_appeal(actor: Actor, at: datetime) -> QuerySet[Window]:
    """What may still be appealed against: the window is open, the verdict stands, nothing is under way or judged at this level."""
    same = Appeal.objects.filter(complaint=OuterRef("complaint"))
    judged = same.filter(level=OuterRef("level"), round=OuterRef("round"), state__in=JUDGED)
    rows = visible_windows(actor).filter(
        last_at__gt=at, round=F("complaint__round"), complaint__state__in=STANDING,
        complaint__final_verdict__in=COUNTS_AGAINST,
    )  # fmt: skip
    rows = rows.exclude(Exists(judged)).exclude(Exists(same.filter(state__in=LIVE)))
    rows = rows.select_related("complaint__case", "complaint__category", "complaint__unit")
    return rows.defer("complaint__summary_sealed", "complaint__case__content_sealed").order_by("last_at", "id")


def counts_by_state(actor: Actor) -> dict[str, int]:
    return dict(visible_to(actor).order_by().values_list("state").annotate(n=Count("id")))


def window_of(complaint_id: int) -> Window | None:
    """The window that stands for the present verdict: the final one once the first appeal was refused."""
    rows = Window.objects.filter(complaint=complaint_id, round=F("complaint__round"))
    return rows.order_by("-opened_at", "-id").first()


def live_of(complaint_id: int) -> Appeal | None:
    """The appeal under way for a complaint; no door, the caller has let the actor through that of the complaint."""
    return Appeal.objects.filter(complaint=complaint_id, state__in=LIVE).first()


def last_of(complaint_id: int) -> Appeal | None:
    """The newest appeal of a complaint."""
    return Appeal.objects.filter(complaint=complaint_id).order_by("-drafted_at", "-id").first()


def is_judged(window: Window) -> bool:
    """Whether a panel has judged at this level already."""
    return window.appeals.filter(state__in=JUDGED).exists()
