"""Which filings cover a case: asked when a complaint is decided or counted. A covered case is marked, never dropped."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from longzhong.cases.filings.models import Filing
from longzhong.cases.filings.rules import COVERING, KIND_LABELS, Kind, Scope, Spot, State, covers
from longzhong.cases.filings.rules.machine import STATE_LABELS
from longzhong.cases.hotline import selectors as hotline
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org

HOUSE = Actor.machine("filings")


@dataclass(frozen=True)
class Cover:
    """A filing that covers a case. `late`: it was filed after its matter began (补报); `audited`: found true since."""

    filing_id: int
    number: str
    kind: str
    kind_label: str
    title: str
    begins_at: datetime
    ends_at: datetime
    late: bool
    audited: bool
    state_label: str
    url: str


def covering(
    *, category_id: int | None, area_id: int | None, account_id: int | None, phone_index: str = "", at: datetime
) -> tuple[Cover, ...]:
    """The accepted filings that cover a case opened at `at`, the earliest first; at most six queries, one if none is in force.

    No door: the answer goes to services that decide and count, and holds nothing personal.
    """
    rows = _in_force(at)
    if not rows:
        return ()
    spot = _spot(category_id, area_id, account_id, phone_index, at)
    return tuple(_cover(row) for row in rows if covers(scope_of(row), spot))


def covers_of_case(actor: Actor, case_id: int) -> tuple[Cover, ...]:
    """The filings that cover a case of the hotline, through its door; the caller's phone is compared by its index only."""
    case = hotline.case_of(actor, case_id)
    rows = _in_force(case.opened_at)
    if not rows:
        return ()
    spot = _spot(case.category_id, case.area_id, case.account_id, "", case.opened_at)
    return tuple(_cover(row) for row in rows if covers(scope_of(row), spot) or _called(row, case_id, spot))


def scope_of(row: Filing) -> Scope:
    """The rules' view of a filing's scope."""
    return Scope(
        unit_id=row.unit_id, whole_unit=row.whole_unit, area_ids=frozenset(row.area_ids), estates=frozenset(row.estates),
        category_ids=frozenset(row.category_ids), account_id=row.account_id, phone_index=row.phone_index,
    )  # fmt: skip


def _in_force(at: datetime) -> list[Filing]:
    rows = Filing.objects.filter(state__in=COVERING, begins_at__lte=at, ends_at__gt=at)
    return list(rows.order_by("begins_at", "id"))


def _called(row: Filing, case_id: int, spot: Spot) -> bool:
    if not row.phone_index or (row.category_ids and spot.category_id not in row.category_ids):
        return False
    return case_id in hotline.cases_of_phone(row.phone_index)


def _spot(category_id: int | None, area_id: int | None, account_id: int | None, phone: str, at: datetime) -> Spot:
    seats = customers.visible_to(HOUSE).filter(pk=account_id or 0).values_list("estate", "unit_id", "area_id")
    estate, unit, own_area = (seats.first() if account_id else None) or ("", None, None)
    area = area_id or own_area
    home = network.home_of(area) if area else None
    below = home.unit_id if home and home.unit_id else unit
    chain = org.chain(below, civil_day(at)) or [below] if below else []
    return Spot(category_id, area, chain, account_id, estate, phone)


def _cover(row: Filing) -> Cover:
    return Cover(
        filing_id=row.pk, number=row.number or "", kind=row.kind, kind_label=KIND_LABELS[Kind(row.kind)], title=row.title,
        begins_at=row.begins_at, ends_at=row.ends_at, late=row.late, audited=row.state == State.TRUE,
        state_label=STATE_LABELS[State(row.state)], url=reverse("filings:detail", args=[row.pk]),
    )  # fmt: skip
