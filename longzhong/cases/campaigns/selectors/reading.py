"""A campaign's card: baseline and present, measures, what the actor may do; the list; the panel on a complaint's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Campaign, Measure
from longzhong.cases.campaigns.rules import MACHINE, STATE_LABELS, Reached, State, length, reached
from longzhong.cases.campaigns.selectors.counting import (
    Compared,
    Counted,
    category_ids,
    comparison,
    count,
    counting_for,
)
from longzhong.cases.campaigns.selectors.door import label, may, visible_to
from longzhong.cases.complaints.selectors import complaint_of
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import Line, Panel
from longzhong.dispatch.matters.selectors import ClockCard, StepCard
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories
from longzhong.register.org import selectors as org

VERB_WORDS = {"draft": "立项", **{row.verb: row.label for row in MACHINE.moves}}


@dataclass(frozen=True)
class Card:
    """A campaign as its page shows it; `moves` are open to the actor."""

    campaign: Campaign
    names: tuple[str, ...]
    counted: Counted | None
    compared: Compared | None
    reached: Reached | None
    measures: tuple[Measure, ...]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    moves: tuple[Move, ...]


def board(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns with how many measures they have and how many are done, the newest first."""
    rows = visible_to(actor).select_related("unit")
    done = Count("measures", filter=Q(measures__done_at__isnull=False))
    return rows.annotate(planned=Count("measures"), finished=done).order_by("-starts_on", "-id")


def campaign_card(actor: Actor, campaign_id: int, at: datetime) -> Card:
    """One campaign with everything that its page shows."""
    row = visible_to(actor).select_related("unit", "drafted_by").filter(pk=campaign_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个专项整治，或不在您的管辖范围内。"), campaign=campaign_id)
    steps = matters.steps(label(row.pk))
    now = counting_for(row, at, steps)
    labels = categories.labels(row.categories.values_list("id", flat=True))
    return Card(
        row, tuple(labels.values()), now, comparison(row, now, at, steps) if now and now.days else None,
        reached(now.rate, row.target_pct) if now else None,
        tuple(row.measures.select_related("owner").order_by("due_on", "id")), tuple(matters.clock_cards(label(row.pk), at)),
        tuple(steps), tuple(_moves(actor, row)),
    )  # fmt: skip


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """On a complaint's page: the campaigns that it counts in, each with its counter."""
    complaint = complaint_of(actor, complaint_id)
    day = civil_day(complaint.accepted_at)
    above = org.chain(complaint.unit_id, day)
    rows = Campaign.objects.filter(
        state__in=[State.RUNNING, State.ENDED, State.JUDGED], unit__in=above, starts_on__lte=day, ends_on__gte=day
    )
    lines = [_line(row) for row in rows if complaint.category_id in category_ids(row)]
    return Panel(_("专项整治"), tuple(lines), order=60) if lines else None


def _line(row: Campaign) -> Line:
    total = row.total if row.total is not None else count(row, row.starts_on, row.ends_on, _until(row))[0]
    note = _("%(first)s 起已受理 %(n)s 件；基线 %(base)s 件，%(days)s 天") % {
        "first": row.starts_on, "n": total, "base": row.base_total or 0,
        "days": length(row.base_from, row.base_to) if row.base_from and row.base_to else "–",
    }  # fmt: skip
    return Line(STATE_LABELS[State(row.state)], row.title, reverse("campaigns:detail", args=[row.pk]), note)


def _until(row: Campaign) -> datetime:
    return day_start(row.ends_on + timedelta(days=1))


def _moves(actor: Actor, row: Campaign) -> list[Move]:
    hidden = {"done_measure"} if not row.measures.filter(done_at=None).exists() else set()
    return [
        one
        for one in MACHINE.moves_from(row.state, actor.roles)
        if one.verb not in hidden and may(actor, one.roles, row)
    ]
