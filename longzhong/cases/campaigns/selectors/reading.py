"""What a campaign counts, and its card: baseline and present, measures, what the actor may do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.cases.campaigns.models import Campaign, Measure
from longzhong.cases.campaigns.rules import LIVE, MACHINE, STATE_LABELS, State, effect_of, length, reached
from longzhong.cases.campaigns.rules.effect import Effect
from longzhong.cases.campaigns.selectors.door import label, may, visible_to
from longzhong.cases.complaints.rules import Kind
from longzhong.cases.complaints.rules.intervals import Interval, ratio
from longzhong.cases.complaints.selectors import complaint_of
from longzhong.cases.complaints.selectors.counting import Span, counted, standing, tallies
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
HOUSE = Actor.machine("campaigns")


@dataclass(frozen=True)
class Counted:
    """The campaign's days so far against its baseline: all complaints, and those upheld after appeal."""

    days: int
    total: int
    upheld: int
    base_days: int
    base_total: int
    base_upheld: int

    @property
    def rate(self) -> Interval | None:
        """The daily rate of complaints over that of the baseline."""
        return ratio(self.total, self.days, self.base_total, self.base_days)

    @property
    def effect(self) -> Effect:
        return effect_of(self.rate)


@dataclass(frozen=True)
class Card:
    """A campaign as its page shows it; `moves` are open to the actor."""

    campaign: Campaign
    names: tuple[str, ...]
    counted: Counted | None
    reached: bool | None
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
    now = counting_for(row, at)
    labels = categories.labels(row.categories.values_list("id", flat=True))
    return Card(
        row, tuple(labels.values()), now, reached(now.rate, row.target_pct) if now else None,
        tuple(row.measures.select_related("owner").order_by("due_on", "id")), tuple(matters.clock_cards(label(row.pk), at)),
        tuple(matters.steps(label(row.pk))), tuple(_moves(actor, row)),
    )  # fmt: skip


def counting_for(row: Campaign, at: datetime) -> Counted | None:
    """The frozen result once judged, else what is counted now; None before the start."""
    if row.base_from is None or row.base_to is None:
        return None
    base = (length(row.base_from, row.base_to), row.base_total or 0, row.base_upheld or 0)
    if row.total is not None:
        return Counted(length(row.starts_on, row.ends_on), row.total, row.upheld or 0, *base)
    last = min(row.ends_on, civil_day(at))
    if last < row.starts_on:
        return Counted(0, 0, 0, *base)
    return Counted(length(row.starts_on, last), *count(row, row.starts_on, last, at), *base)


def count(row: Campaign, first: date, last: date, at: datetime) -> tuple[int, int]:
    """Complaints of the campaign's categories and units accepted on these days (both included): all, upheld after appeal."""
    found = tallies(covered(row, HOUSE, first, last, at), "all", at).get(Kind.COMPLAINT.value)
    return (found.total, found.final) if found else (0, 0)


def covered(row: Campaign, actor: Actor, first: date, last: date, at: datetime) -> QuerySet[Any]:
    """The complaints that a campaign counts, as far as the actor may see them."""
    span = Span(day_start(first), day_start(last + timedelta(days=1)), at)
    ids: set[int] = set().union(*(categories.below(one) for one in row.categories.values_list("id", flat=True)))
    return counted(actor, span).filter(category__in=ids, unit__in=org.descendants(row.unit_id, last))


def behind(actor: Actor, campaign_id: int, *, base: bool, upheld: bool, at: datetime) -> tuple[Campaign, QuerySet[Any]]:
    """A campaign and the complaints of its days or its baseline that the actor may see."""
    row = visible_to(actor).filter(pk=campaign_id).first()
    if row is None or (base and (row.base_from is None or row.base_to is None)):
        raise Refused("not_found", _("没有这个专项整治，或不在您的管辖范围内。"), campaign=campaign_id)
    first, last = (row.base_from, row.base_to) if base else (row.starts_on, row.ends_on)
    rows = covered(row, actor, first, last, at)  # type: ignore[arg-type]
    return row, rows.filter(standing(at)[2]) if upheld else rows


def panel(actor: Actor, complaint_id: int) -> Panel | None:
    """On a complaint's page: the campaigns that it counts in, each with its counter."""
    complaint = complaint_of(actor, complaint_id)
    day = civil_day(complaint.accepted_at)
    above = org.chain(complaint.unit_id, day)
    rows = Campaign.objects.filter(
        state__in=[*LIVE, State.JUDGED], unit__in=above, starts_on__lte=day, ends_on__gte=day
    )
    lines = [_line(row) for row in rows if complaint.category_id in _ids(row)]
    return Panel(_("专项整治"), tuple(lines), order=60) if lines else None


def _line(row: Campaign) -> Line:
    total = row.total if row.total is not None else count(row, row.starts_on, row.ends_on, _until(row))[0]
    value = _("第 %(n)s 件，基线 %(base)s 件") % {
        "n": total,
        "base": row.base_total if row.base_total is not None else "–",
    }
    return Line(row.title, value, reverse("campaigns:detail", args=[row.pk]), STATE_LABELS[State(row.state)])


def _until(row: Campaign) -> datetime:
    return day_start(row.ends_on + timedelta(days=1))


def _ids(row: Campaign) -> set[int]:
    return set().union(*(categories.below(one) for one in row.categories.values_list("id", flat=True)))


def _moves(actor: Actor, row: Campaign) -> list[Move]:
    hidden = {"done_measure"} if not row.measures.filter(done_at=None).exists() else set()
    return [
        one
        for one in MACHINE.moves_from(row.state, actor.roles)
        if one.verb not in hidden and may(actor, one.roles, row)
    ]
