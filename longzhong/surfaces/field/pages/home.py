"""我的工单: what is due now and who just called, in one column, for one thumb."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import CALLS, FAULT_LABELS, KIND_LABELS, Kind, State, state_label
from longzhong.kit import clock, web

ROLES = ("grid", "crew", "station")
TONES = {
    State.NEW: "soon",
    State.RETURNED: "late",
    State.VERIFIED: "good",
    State.UNPROVEN: "soon",
    State.REPORTED: "soon",
}
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class FieldLine:
    """One order as a card on the phone."""

    href: str
    number: str
    place: str
    code: str
    what: str
    state: web.Badge
    due_at: datetime | None
    geo: str


@dataclass(frozen=True)
class HomePage:
    """`late` and `soon` count what is mine and overdue, or due within the hour."""

    late: int
    soon: int
    called: list[FieldLine]
    mine: list[FieldLine]
    to_answer: list[FieldLine]
    pool: list[FieldLine]
    offered: list[FieldLine]
    done: list[FieldLine]


@web.page(*ROLES)
def home(request: HttpRequest) -> HttpResponseBase:
    """Who just called, mine due soonest first, what others wait for me to answer, what nobody has, what waits for its proof."""
    who, now = web.actor(request), clock.now()
    orders = list(selectors.hands_on(who)[:100])
    mine = [order for order in orders if order.owner_id is not None]
    called = [order for order in mine if _just_called(order)]
    page = HomePage(
        late=sum(order.due_at is not None and order.due_at < now for order in mine),
        soon=sum(order.due_at is not None and now <= order.due_at < now + SOON for order in mine),
        called=[line(order) for order in sorted(called, key=lambda order: order.opened_at, reverse=True)],
        mine=[line(order) for order in mine if order not in called],
        to_answer=[line(order) for order in selectors.to_answer(who)],
        pool=[line(order) for order in orders if order.owner_id is None],
        offered=[line(order) for order in selectors.offered_to(who)],
        done=[line(order) for order in selectors.done_by(who)],
    )
    return web.show(request, page, "field/home.html")


def line(order: selectors.WorkOrder) -> FieldLine:
    """The few words that fit on a phone."""
    state, area = State(order.state), order.area
    kind = str(KIND_LABELS[Kind(order.kind)])
    fault = FAULT_LABELS.get(order.fault, order.fault)
    what = " · ".join(filter(None, [kind, fault])) if Kind(order.kind) in CALLS else fault or kind
    return FieldLine(
        href=reverse("field:order", args=[order.pk]), number=order.number or "", place=area.name if area else str(order.unit),
        code=area.code if area else "", what=what, state=web.Badge(TONES.get(state, "info"), state_label(order.kind, state)),  # type: ignore[arg-type]
        due_at=order.due_at, geo=f"geo:{area.lat},{area.lon}" if area and area.lat is not None else "",
    )  # fmt: skip


def _just_called(order: selectors.WorkOrder) -> bool:
    """A customer's matter that nobody has taken in hand yet."""
    return Kind(order.kind) in CALLS and order.state == State.DISPATCHED
