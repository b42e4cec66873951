"""我的工单: what is due now, in one column, for one thumb."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from longzhong.dispatch.workorders import selectors
from longzhong.dispatch.workorders.rules import FAULT_LABELS, KIND_LABELS, STATE_LABELS, Kind, State
from longzhong.kit import web

ROLES = ("grid", "crew", "station")
TONES = {State.NEW: "soon", State.RETURNED: "late", State.VERIFIED: "good", State.UNPROVEN: "soon"}


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
    mine: list[FieldLine]
    pool: list[FieldLine]
    offered: list[FieldLine]
    done: list[FieldLine]


@web.page(*ROLES)
def home(request: HttpRequest) -> HttpResponseBase:
    """Mine first, due soonest first; then what nobody has; then what waits for its proof."""
    who = web.actor(request)
    rows = [(order, line(order)) for order in selectors.hands_on(who)[:100]]
    page = HomePage(
        mine=[card for order, card in rows if order.owner_id is not None],
        pool=[card for order, card in rows if order.owner_id is None],
        offered=[line(order) for order in selectors.offered_to(who)],
        done=[line(order) for order in selectors.done_by(who)],
    )
    return web.show(request, page, "field/home.html")


def line(order: selectors.WorkOrder) -> FieldLine:
    """The few words that fit on a phone."""
    state, area = State(order.state), order.area
    what = FAULT_LABELS.get(order.fault, order.fault) or str(KIND_LABELS[Kind(order.kind)])
    return FieldLine(
        href=reverse("field:order", args=[order.pk]), number=order.number or "", place=area.name if area else str(order.unit),
        code=area.code if area else "", what=what, state=web.Badge(TONES.get(state, "info"), str(STATE_LABELS[state])),  # type: ignore[arg-type]
        due_at=order.due_at, geo=f"geo:{area.lat},{area.lon}" if area and area.lat is not None else "",
    )  # fmt: skip
