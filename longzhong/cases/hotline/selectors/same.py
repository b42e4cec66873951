"""Earlier cases that may tell of the same matter, ranked, with the reasons in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from longzhong.cases.hotline.models import Case, CaseParty, Link
from longzhong.cases.hotline.rules.machine import LIVE, STATE_LABELS, State
from longzhong.cases.hotline.rules.same import (
    OFFER_LABELS,
    Decision,
    Ending,
    Offer,
    Pair,
    SameLimits,
    Verdict,
    topic,
)
from longzhong.cases.hotline.rules.same import same_matter as judge
from longzhong.cases.hotline.rules.words import TYPE_LABELS, CaseType, LinkKind
from longzhong.cases.hotline.selectors.door import visible_to
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.categories import selectors as categories
from longzhong.register.policies import selectors as policies
from longzhong.sensing.texts import selectors as texts

MOST = 200
REACH = timedelta(days=366)


@dataclass(frozen=True)
class Likeness:
    """An earlier case that seems to be the same matter: how sure, why, and what the agent is offered."""

    case_id: int
    number: str
    score: float
    reasons: tuple[str, ...]
    state: str
    decision: Decision
    offer: Offer
    type: str
    content: str
    opened_at: datetime
    unit_id: int
    owner_id: int

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[State(self.state)])

    @property
    def type_label(self) -> str:
        return str(TYPE_LABELS[CaseType(self.type)])

    @property
    def offer_label(self) -> str:
        return OFFER_LABELS[self.offer]

    @property
    def is_mine(self) -> bool:
        """Whether it is the same customer's, not a neighbour's."""
        return self.offer is not Offer.JOIN


@dataclass(frozen=True)
class _Calling:
    """The new call as far as it is compared."""

    account_id: int | None
    meter_code: str
    area_id: int | None
    code: str
    at: datetime
    case_id: int | None
    phone_cases: Collection[int]


def same_matter(
    actor: Actor | None,
    *,
    account_id: int | None = None,
    phone_index: str = "",
    meter_code: str = "",
    area_id: int | None = None,
    category_id: int | None = None,
    text: str = "",
    case_id: int | None = None,
    at: datetime,
) -> list[Likeness]:
    """Cases that the same customer, or neighbours at one fault, opened before `at`; the surest first, at most 200 looked at.

    Only cases that `actor` may see (None: the house itself). `case_id` leaves out the case itself and what a person has
    said to be another matter. `text` is redacted. Three queries for the candidates.
    """
    code = _code(category_id)
    asked = _Calling(account_id, meter_code, area_id, code, at, case_id, cases_of_phone(phone_index))
    rows = list(_candidates(Case.objects.all() if actor is None else visible_to(actor), asked))
    if not rows:
        return []
    close = dict(texts.likest(text, [(row.pk, row.content) for row in rows if row.content])) if text.strip() else {}
    limits = policies.limits_of_units(SameLimits, "repeat", unit_ids={row.unit_id for row in rows}, day=civil_day(at))
    judged = [(row, judge(_pair(row, asked, close), limits[row.unit_id])) for row in rows]
    found = [_likeness(row, verdict) for row, verdict in judged if verdict.decision is not Decision.NONE]
    return sorted(found, key=lambda one: (one.offer is not Offer.LISTEN, -one.score, -one.case_id))


def cases_of_phone(phone_index: str) -> frozenset[int]:
    """The newest cases behind a calling number (keyed index), whatever account they were about: it moves house with people."""
    if not phone_index:
        return frozenset()
    rows = CaseParty.objects.filter(phone_index=phone_index).order_by("-at", "-id")
    ids = rows.annotate(of=Coalesce("case_id", "call__case_id")).values_list("of", flat=True)[:MOST]
    return frozenset(one for one in ids if one is not None)


def _code(category_id: int | None) -> str:
    if category_id is None:
        return ""
    node = categories.by_ids([category_id]).get(category_id)
    return node.code if node else ""


def _candidates(cases: QuerySet[Case], asked: _Calling) -> QuerySet[Case]:
    mine = Q(pk__in=asked.phone_cases)
    if asked.account_id is not None:
        mine |= Q(account=asked.account_id)
    if asked.meter_code:
        mine |= Q(meter_code=asked.meter_code)
    recent = Q(opened_at__gt=asked.at - REACH) | Q(state=State.FINAL)
    wanted = mine & recent
    if asked.area_id is not None and topic(asked.code):
        wanted |= Q(area=asked.area_id, state__in=LIVE, parent=None, opened_at__gt=asked.at - timedelta(days=7))
    rows = cases.filter(wanted, opened_at__lte=asked.at).exclude(state=State.VOID)
    if asked.case_id is not None:
        rows = rows.exclude(pk__in=[asked.case_id, *_overridden(asked.case_id)])
    return rows.select_related("category").order_by("-opened_at", "-id")[:MOST]


def _overridden(case_id: int) -> set[int]:
    """What a person has said to be another matter than this case."""
    rows = Link.objects.filter(Q(case=case_id) | Q(earlier=case_id), kind=LinkKind.OVERRIDDEN)
    return {one for pair in rows.values_list("case_id", "earlier_id") for one in pair} - {case_id}


def _pair(row: Case, asked: _Calling, close: Mapping[int, float]) -> Pair:
    known = row.account_id is not None and asked.account_id is not None
    since = row.closed_at if row.state == State.CLOSED and row.closed_at else row.opened_at
    return Pair(
        account=row.account_id == asked.account_id if known else None,
        phone=row.pk in asked.phone_cases,
        meter=bool(asked.meter_code) and row.meter_code == asked.meter_code,
        area=row.area_id is not None and row.area_id == asked.area_id,
        code=asked.code,
        earlier_code=row.category.code,
        alike=close.get(row.pk),
        hours=max(0.0, (asked.at - since) / timedelta(hours=1)),
        ending=_ending(row.state),
    )


def _ending(state: str) -> Ending:
    if state == State.FINAL:
        return Ending.FINAL
    return Ending.OPEN if state in LIVE else Ending.CLOSED


def _likeness(row: Case, verdict: Verdict) -> Likeness:
    return Likeness(
        case_id=row.pk, number=str(row), score=verdict.score, reasons=verdict.reasons, state=row.state,
        decision=verdict.decision, offer=verdict.offer, type=row.type, content=row.content, opened_at=row.opened_at,
        unit_id=row.unit_id, owner_id=row.owner_id,
    )  # fmt: skip
