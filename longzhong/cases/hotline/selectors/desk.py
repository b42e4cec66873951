"""What the desk knows the moment a customer is chosen: who, where the power comes from, what is out, and what was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.coaching import Coaching, coaching
from longzhong.cases.hotline.rules.machine import LIVE
from longzhong.cases.hotline.rules.words import MOOD_LABELS, Mood
from longzhong.cases.hotline.selectors.door import visible_calls, visible_to
from longzhong.cases.hotline.selectors.repeats import repeat_of
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.selectors import OutlookCard
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.customers.selectors import AccountDetail, Card
from longzhong.register.network import selectors as network
from longzhong.register.network.selectors import AreaLine, SupplyPath
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.outages.selectors import Known, OutageCard
from longzhong.sensing.troubles import selectors as troubles
from longzhong.sensing.troubles.selectors import Probable

MOST_FOUND = 8
MOST_AREAS = 3
MOST_PAST = 5
CALLS_BACK = timedelta(days=90)
PETITIONER_TAG = "老上访"
ARREARS_WORDS = ("欠费", "停电户", "费控停电")


@dataclass(frozen=True)
class Found:
    """What a search text can mean: accounts, best first, then areas."""

    accounts: tuple[Card, ...] = ()
    areas: tuple[AreaLine, ...] = ()

    @property
    def nothing(self) -> bool:
        return not self.accounts and not self.areas


@dataclass(frozen=True)
class Panel:
    """The customer on the phone; `detail` is None for a mere place."""

    detail: AccountDetail | None
    area_id: int | None
    path: SupplyPath | None
    outages: tuple[OutageCard, ...]
    open_cases: tuple[Case, ...]
    past_cases: tuple[Case, ...]
    calls: tuple[Call, ...]
    calls_count: int
    repeats: int
    flags: tuple[str, ...]
    coaching: Coaching | None
    probable: tuple[Probable, ...] = ()
    foreseen: Mapping[int, OutlookCard] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[OutageCard, OutlookCard | None]]:
        """Each outage with what history expects of its end; only what was announced is for the caller."""
        return [(one, self.foreseen.get(one.id) if one.running else None) for one in self.outages]

    @property
    def moods(self) -> tuple[str, ...]:
        return tuple(MOOD_LABELS[Mood(call.mood)] for call in self.calls if call.mood != Mood.CALM)

    @property
    def meter(self) -> str:
        return self.detail.meters[0].code if self.detail and self.detail.meters else ""


def find_caller(actor: Actor, text: str) -> Found:
    """One box: phone, 户号, meter, address, name and estate, pinyin initials; areas by name. Masked."""
    plain = text.strip()
    if len(plain) < 2:
        return Found()
    accounts = tuple(customers.find(actor, plain[:60], MOST_FOUND))
    areas = () if len(accounts) >= MOST_FOUND else tuple(network.search_areas(actor, plain[:60], MOST_AREAS))
    return Found(accounts, areas)


def desk_panel(actor: Actor, *, account_id: int | None, area_id: int | None, at: datetime) -> Panel | None:
    """None without a customer and a place; not_found for those outside the actor's scope."""
    if account_id is None and area_id is None:
        return None
    detail = customers.account_detail(actor, account_id, civil_day(at)) if account_id else None
    if detail is None and area_id is not None:
        network.area_card(actor, area_id)
    area_id = area_id or (detail.card.area_id if detail else None)
    path = detail.supply if detail else network.trace_up(area_id) if area_id else None
    cases = _cases(actor, account_id, area_id)
    calls = _calls(actor, account_id, at)
    repeats = repeat_of(account_id=account_id, at=at).calls if account_id else 0
    known = _known(actor, account_id, area_id, at)
    return Panel(
        detail=detail, area_id=area_id, path=path,
        outages=known.outages,
        open_cases=tuple(case for case in cases if case.state in LIVE)[:MOST_PAST],
        past_cases=tuple(case for case in cases if case.state not in LIVE)[:MOST_PAST],
        calls=calls[:MOST_PAST], calls_count=len(calls), repeats=repeats,
        flags=(*(stop.words for stop in known.stops), *_flags(detail)),
        coaching=_coaching(detail, calls),
        probable=tuple(troubles.open_for([area_id], at).get(area_id, ())) if area_id else (),
        foreseen=_foreseen(known, at),
    )  # fmt: skip


def _known(actor: Actor, account_id: int | None, area_id: int | None, at: datetime) -> Known:
    """Why there may be no power: the account's own stop, and the outages of its area."""
    if account_id is not None:
        return outages.known_of_account(actor, account_id, area_id, at)
    return Known((), tuple(outages.known_at([area_id], at).get(area_id, ())) if area_id else ())


def _foreseen(known: Known, at: datetime) -> dict[int, OutlookCard]:
    """What history expects of the running outages, by outage."""
    labels = {outages.label(one.id): one.id for one in known.outages if one.running}
    return {labels[label]: card for label, card in matters.outlooks(labels, at).items()}


def _cases(actor: Actor, account_id: int | None, area_id: int | None) -> list[Case]:
    rows = visible_to(actor).select_related("category", "owner")
    rows = rows.filter(account=account_id) if account_id else rows.filter(area=area_id, account=None)
    return list(rows.order_by("-opened_at", "-id")[: 4 * MOST_PAST])


def _calls(actor: Actor, account_id: int | None, at: datetime) -> tuple[Call, ...]:
    if account_id is None:
        return ()
    rows = visible_calls(actor).filter(account=account_id, at__gte=at - CALLS_BACK)
    return tuple(rows.order_by("-at", "-id")[:50])


def _flags(detail: AccountDetail | None) -> tuple[str, ...]:
    """What must be known before one speaks: closure, arrears (by tag), no supply path."""
    if detail is None:
        return ()
    flags = [] if detail.card.state == "active" else [detail.card.state_word]
    return (*flags, *(tag for tag in detail.card.tags if any(word in tag for word in ARREARS_WORDS)))


def _coaching(detail: AccountDetail | None, calls: Sequence[Call]) -> Coaching | None:
    """A card for who came often or was upset last time."""
    last = next((call.mood for call in calls), Mood.CALM)
    if detail is not None and PETITIONER_TAG in detail.card.tags and last == Mood.CALM:
        return coaching(Mood.EXCITED)
    return coaching(last) if last != Mood.CALM else None
