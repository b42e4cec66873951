"""What a telling would do, counted before anything is made: people, papers, places, texts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from longzhong.dispatch.notifications import selectors as notices
from longzhong.dispatch.notifications.rules import Channel, NoticeLimits
from longzhong.dispatch.notifications.selectors import Preview as Text
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import Card
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import (
    FITS,
    ON_PAPER,
    STANDING,
    TALE_LABELS,
    Audience,
    Facts,
    Tale,
    due_of,
    fits,
    known,
    template_code,
    values,
)
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.announcements.selectors import audiences
from longzhong.sensing.announcements.selectors.audiences import Reach, Spot
from longzhong.sensing.announcements.selectors.doors import limits
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.rules import REASON_LABELS
from longzhong.sensing.outages.rules import Kind as Outages
from longzhong.sensing.outages.selectors import Outage


@dataclass(frozen=True)
class PaperLine:
    """An important customer, masked, with who would go there."""

    card: Card
    account_id: int
    unit_id: int
    grid_id: int | None
    owner_id: int | None
    owner: str


@dataclass(frozen=True)
class SpotLine:
    """A place, with who would go there."""

    spot: Spot
    owner_id: int | None
    owner: str


@dataclass(frozen=True)
class Preview:
    """`accounts` and `reached` count customers, `leaders`, `partners` and `groups` addresses; `held`: papers that still hold."""

    reach: Reach
    facts: Facts
    accounts: int
    reached: int
    leaders: int
    partners: int
    groups: int
    papers: tuple[PaperLine, ...]
    spots: tuple[SpotLine, ...]
    held: int
    due_at: datetime
    texts: tuple[Text, ...]

    def count(self, audience: Audience) -> int:
        """How many an audience holds."""
        return {
            Audience.ACCOUNTS: self.accounts, Audience.LEADERS: self.leaders, Audience.PARTNERS: self.partners + self.groups,
            Audience.PAPERS: len(self.papers), Audience.POSTINGS: len(self.spots),
        }[audience]  # fmt: skip


def facts_of(outage: Outage) -> Facts:
    """What is said of an outage now."""
    word = REASON_LABELS.get(outage.reason_code, outage.reason_code)
    reason = _("故障（原因正在查）") if outage.reason_code == "unknown" else word
    start = outage.started_at or outage.planned_start or outage.registered_at
    return Facts(Outages(outage.kind), outage.title, reason, start, outage.expected_end_at)


def tales_of(outage: Outage) -> list[tuple[Tale, str]]:
    """What may be told of an outage as it stands."""
    return [(tale, TALE_LABELS[tale]) for tale in FITS if fits(tale, outage.kind, outage.state)]


def check_tale(outage: Outage, tale: Tale, at: datetime) -> None:
    """Refuse what doesn't fit the outage's state, and an end that has passed already."""
    if not fits(tale, outage.kind, outage.state):
        raise Refused(
            "tale_unfit", _("停电现在的状态不能发“%s”；没有组织告知。") % TALE_LABELS[tale], state=outage.state
        )
    if tale is Tale.DELAY and outage.expected_end_at is None:
        raise Refused("end_unknown", _("请先登记新的预计恢复时间，再告知延迟；没有组织告知。"))
    if tale in (Tale.DELAY, Tale.FAULT) and outage.expected_end_at is not None and outage.expected_end_at <= at:
        raise Refused("end_passed", _("预计恢复时间已经过去，请先登记新的时间再告知；没有组织告知。"))


def preview(actor: Actor, outage: Outage, tale: Tale, at: datetime) -> Preview:
    """Everything that the composer shows; about fifteen queries, whatever the number of accounts."""
    reach, facts, day = audiences.reach_of(actor, outage, tale), facts_of(outage), civil_day(at)
    rows = audiences.accounts_of(reach.area_ids)
    papers: tuple[PaperLine, ...] = ()
    spots: tuple[SpotLine, ...] = ()
    held: Mapping[str, Collection[object]] = {}
    if tale in ON_PAPER:
        held = holding(outage.pk)
        papers, spots = _papers(actor, rows, held, at), _spots(rows, held, at)
    return Preview(
        reach=reach, facts=facts, accounts=rows.count(), reached=audiences.reachable(rows),
        leaders=len(audiences.to_leaders(rows, reach.area_ids)), partners=len(audiences.to_partners(rows)),
        groups=len(audiences.groups_of(rows)), papers=papers, spots=spots, held=sum(map(len, held.values())),
        due_at=due_of(tale, outage.kind, facts.starts_at, at, outages.duties(reach.unit_id, at), limits(reach.unit_id, at)),
        texts=tuple(_texts(tale, facts, policies.limits(NoticeLimits, "notices", unit_id=reach.unit_id, day=day))),
    )  # fmt: skip


def holding(outage_id: int) -> dict[str, set[object]]:
    """Accounts with a paper and places with a posting that still hold, or wait to be done: they need no second one."""
    found: dict[str, set[object]] = {Kind.WRITTEN.value: set(), Kind.POSTING.value: set()}
    rows = Errand.objects.filter(outage=outage_id, state__in=STANDING)
    for kind, account, place, grid in rows.values_list("kind", "account_id", "place", "grid_id"):
        found[kind].add(account if kind == Kind.WRITTEN else (place, grid))
    return found


def open_channels(tale: Tale, kind: str) -> list[tuple[Channel, bool]]:
    """The channels that the template has a text for, each with whether a provider is open."""
    template, through = notices.current_template(template_code(tale, kind)), notices.open_channels()
    return [] if template is None else [(one, one in through) for one in notices.texts_of(template)]


def _papers(actor: Actor, rows: object, held: Mapping[str, Collection[object]], at: datetime) -> tuple[PaperLine, ...]:
    day = civil_day(at)
    wanted = [one for one in audiences.important(rows, day) if one.pk not in held[Kind.WRITTEN]]  # type: ignore[arg-type]
    cards = {card.id: card for card in customers.cards_of(actor, wanted, day)}
    owners = owners_of([(one.unit_id, one.area.grid_id if one.area else None) for one in wanted], at)
    names = org.staff_names([one for one in owners.values() if one])
    lines = []
    for one in wanted:
        grid = one.area.grid_id if one.area else None
        owner = owners[one.unit_id, grid]
        lines.append(PaperLine(cards[one.pk], one.pk, one.unit_id, grid, owner, names.get(owner or 0, "")))
    return tuple(lines)


def _spots(rows: object, held: Mapping[str, Collection[object]], at: datetime) -> tuple[SpotLine, ...]:
    found = audiences.spots(rows)  # type: ignore[arg-type]
    wanted = [one for one in found if (one.place, one.grid_id) not in held[Kind.POSTING]]
    owners = owners_of([(one.unit_id, one.grid_id) for one in wanted], at)
    names = org.staff_names([one for one in owners.values() if one])
    return tuple(
        SpotLine(one, owner, names.get(owner or 0, ""))
        for one in wanted
        for owner in (owners[one.unit_id, one.grid_id],)
    )


def owners_of(places: Collection[tuple[int, int | None]], at: datetime) -> dict[tuple[int, int | None], int | None]:
    """Who goes to each (unit, cell) on this day: the cell's manager or their stand-in, else the head of the unit."""
    day = civil_day(at)
    managers = org.managers_of({grid for _unit, grid in places if grid}, day)
    heads = {unit: next(iter(org.head_of(unit, day)), None) for unit, grid in places if grid not in managers}
    return {(unit, grid): managers.get(grid or 0) or heads.get(unit) for unit, grid in places}


def _texts(tale: Tale, facts: Facts, most: NoticeLimits) -> list[Text]:
    template = notices.current_template(template_code(tale, facts.kind))
    if template is None:
        return []
    names = frozenset(one.name for one in notices.variables_of(template))
    return notices.previews(template, known(values(facts), names), most)
