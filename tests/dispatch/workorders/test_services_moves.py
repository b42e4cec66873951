"""Every cell of the machines: what each verb does in each state, and who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import MACHINES, Kind, Outcome, State
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from tests.dispatch.make import MORNING, SYSTEM, County
from tests.dispatch.workorders.make import DONE, HERE, PROOF, in_state, opened, photo

LATER = MORNING + timedelta(hours=2)
Deed = Callable[[WorkOrder, Actor, County], WorkOrder]
DEEDS: dict[str, Deed] = {
    "assign": lambda o, by, c: services.assign(order_id=o.pk, owner_id=c.staff["li"], by=by, at=LATER),
    "take": lambda o, by, _: services.take(order_id=o.pk, by=by, at=LATER),
    "release": lambda o, by, _: services.release(order_id=o.pk, reason="请假", by=by, at=LATER),
    "accept": lambda o, by, _: services.accept(order_id=o.pk, by=by, at=LATER),
    "arrive": lambda o, by, _: services.arrive(order_id=o.pk, position=HERE, by=by, at=LATER),
    "finish": lambda o, by, _: services.finish(order_id=o.pk, outcome=_outcome(o), photos=[photo()], by=by, at=LATER),
    "verify": lambda o, by, _: services.verify(order_id=o.pk, evidence=PROOF, by=by, at=LATER),
    "send_back": lambda o, by, _: services.send_back(order_id=o.pk, evidence=PROOF, by=by, at=LATER),
    "hold_unproven": lambda o, by, _: services.hold_unproven(order_id=o.pk, evidence=PROOF, by=by, at=LATER),
    "decide_verified": lambda o, by, _: services.decide(
        order_id=o.pk, works=True, reason="现场复测正常", by=by, at=LATER
    ),
    "decide_return": lambda o, by, _: services.decide(order_id=o.pk, works=False, reason="仍偏低", by=by, at=LATER),
    "make_project": lambda o, by, _: services.make_project(order_id=o.pk, reason="需改造", by=by, at=LATER),
    "cancel": lambda o, by, _: services.cancel(order_id=o.pk, reason="误报", by=by, at=LATER),
}
NOWHERE = (Kind.METER_FAULT, State.PROJECT)
CELLS = [(kind, verb, state) for kind in Kind for verb in DEEDS for state in State if (kind, state) != NOWHERE]


def _outcome(order: WorkOrder) -> Outcome:
    return DONE if order.kind == Kind.AREA_FAULT else Outcome("meter", "换表")


def doer(county: County, roles: tuple[str, ...], order: WorkOrder) -> Actor:
    """Somebody who may: the owner for the hands' steps, the head for heads' steps, a machine for its own."""
    if "station" in roles:
        return county.head
    if "grid" in roles:
        return county.zhang if order.owner_id else county.li
    return SYSTEM


def test_the_deeds_cover_the_tables() -> None:
    assert {row.verb for machine in MACHINES.values() for row in machine.moves} == set(DEEDS)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb", "state"), CELLS, ids=["-".join(cell) for cell in CELLS])
def test_every_cell(county: County, kind: Kind, verb: str, state: State) -> None:
    order = in_state(county, state, kind=kind)
    rows = [row for row in MACHINES[kind].moves if row.verb == verb and state in row.sources]
    if not rows:
        with pytest.raises(Refused, match="wrong_state"):
            DEEDS[verb](order, SYSTEM, county)
        order.refresh_from_db()
        assert order.state == state
        return
    if state is State.PROJECT and verb == "finish":
        for milestone in order.milestones.all():
            services.reach_milestone(order_id=order.pk, code=milestone.code, note="", by=county.head, at=LATER)
    DEEDS[verb](order, doer(county, rows[0].roles, order), county)
    order.refresh_from_db()
    assert order.state == rows[0].target
    assert Step.objects.order_by("-id").values_list("verb", flat=True)[0] == verb
    assert Fact.objects.filter(name="OrderMoved").order_by("-id")[0].body["verb"] == verb
    assert list(matters.broken_links()) == []


def persons(county: County) -> dict[str, Actor]:
    roles = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
    return {role: county.actor("boss", role) for role in roles}


MAY = [(row.verb, row.sources[0]) for row in MACHINES[Kind.AREA_FAULT].moves]


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "state"), MAY, ids=[verb for verb, _state in MAY])
def test_who_may(county: County, verb: str, state: State) -> None:
    row = next(row for row in MACHINES[Kind.AREA_FAULT].moves if row.verb == verb)
    order = in_state(county, state)
    for role, person in persons(county).items():
        if role in row.roles:
            continue
        with pytest.raises(Refused, match="not_allowed"):
            DEEDS[verb](order, person, county)
    stranger = county.actor("other", "station", units=(county.other_station,))
    with pytest.raises(Refused, match="not_found"):
        DEEDS[verb](order, stranger, county)
    order.refresh_from_db()
    assert order.state == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "state"), [("accept", State.DISPATCHED), ("arrive", State.ACCEPTED), ("finish", State.ARRIVED)]
)
def test_only_the_owner_acts_on_site(county: County, verb: str, state: State) -> None:
    order = in_state(county, state)
    with pytest.raises(Refused, match="not_owner"):
        DEEDS[verb](order, county.actor("li", "grid"), county)
    assert verb not in [row.verb for row in selectors.open_moves(county.actor("li", "grid"), order)]
    assert verb in [row.verb for row in selectors.open_moves(county.zhang, order)]


@pytest.mark.django_db
def test_nobody_judges_their_own_work(county: County) -> None:
    scopes = tuple(Scope(role, frozenset([county.station])) for role in ("grid", "station"))
    both = Actor(1, county.staff["zhang"], "张惠芳", scopes)
    order = in_state(county, State.UNPROVEN, owner=both)
    with pytest.raises(Refused, match="own_work"):
        DEEDS["decide_verified"](order, both, county)
    assert not [row for row in selectors.open_moves(both, order) if row.verb.startswith("decide")]


@pytest.mark.django_db
def test_a_machines_step_is_nobodys_button(county: County) -> None:
    order = in_state(county, State.FINISHED)
    for person in persons(county).values():
        assert not selectors.open_moves(person, order)


@pytest.mark.django_db
def test_a_scope_of_cells_reaches_no_other_cell(county: County) -> None:
    order = opened(county)
    assert not selectors.is_visible(county.li, order.pk)
    assert selectors.is_visible(county.zhang, order.pk)
    assert selectors.is_visible(county.head, order.pk)
    assert not selectors.is_visible(county.actor("boss", "partner"), order.pk)


@pytest.mark.django_db
def test_verified_stops_all_clocks_and_closes(county: County) -> None:
    order = in_state(county, State.VERIFIED)
    assert order.closed_at
    assert order.due_at is None
    assert not Clock.objects.filter(state__in=("running", "paused")).exists()
    assert dict(Clock.objects.values_list("name", "verdict")) == {"accept": "met", "arrive": "met", "finish": "met"}
