"""Every cell of the machines: what each verb does in each state, and who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.models import Clock, Step
from longzhong.dispatch.workorders import selectors, services
from longzhong.dispatch.workorders.models import WorkOrder
from longzhong.dispatch.workorders.rules import MACHINES, OWNERS_ONLY, TRADES, Kind, State
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.errors import Refused
from longzhong.kit.models import Fact
from tests.dispatch.make import MORNING, SYSTEM, County
from tests.dispatch.workorders.make import BROKEN, HERE, OUTCOMES, PROOF, in_state, opened, photo

LATER = MORNING + timedelta(hours=2)
Deed = Callable[[WorkOrder, Actor, County], WorkOrder]
DEEDS: dict[str, Deed] = {
    "assign": lambda o, by, c: services.assign(order_id=o.pk, owner_id=c.staff["li"], by=by, at=LATER),
    "take": lambda o, by, _: services.take(order_id=o.pk, by=by, at=LATER),
    "release": lambda o, by, _: services.release(order_id=o.pk, reason="请假", by=by, at=LATER),
    "accept": lambda o, by, _: services.accept(order_id=o.pk, by=by, at=LATER),
    "decline": lambda o, by, _: services.decline(
        order_id=o.pk, ground="wrong_unit", reason="属太平供电所", by=by, at=LATER
    ),
    "diagnose": lambda o, by, _: services.diagnose(order_id=o.pk, diagnosis=BROKEN, by=by, at=LATER),
    "contact": lambda o, by, _: services.contact(order_id=o.pk, by=by, at=LATER),
    "report_up": lambda o, by, _: services.report_up(order_id=o.pk, reason="要改造", by=by, at=LATER),
    "answer_up": lambda o, by, _: services.answer_up(order_id=o.pk, answer="已列入改造计划", by=by, at=LATER),
    "arrive": lambda o, by, _: services.arrive(order_id=o.pk, position=HERE, by=by, at=LATER),
    "finish": lambda o, by, _: services.finish(
        order_id=o.pk, outcome=OUTCOMES[o.kind], photos=[photo()], by=by, at=LATER
    ),
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
STANDS = [(kind, state) for kind in Kind for state in State if state in TRADES[kind].states]
OPEN = [(kind, row.verb, state) for kind in Kind for row in MACHINES[kind].moves for state in row.sources]


def doer(county: County, roles: tuple[str, ...], order: WorkOrder) -> Actor:
    """Somebody who may: the owner for the hands' steps, the head for heads' steps, a machine for its own."""
    if "grid" in roles:
        return county.zhang if order.owner_id else county.li
    return county.head if "station" in roles else SYSTEM


def test_the_deeds_cover_the_tables() -> None:
    assert {row.verb for machine in MACHINES.values() for row in machine.moves} == set(DEEDS)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "state"), STANDS, ids=["-".join(cell) for cell in STANDS])
def test_every_cell_that_the_table_leaves_empty_is_refused(county: County, kind: Kind, state: State) -> None:
    order = in_state(county, state, kind=kind)
    for verb, deed in DEEDS.items():
        if (kind, verb, state) in OPEN:
            continue
        with pytest.raises(Refused, match="wrong_state"):
            deed(order, SYSTEM, county)
    order.refresh_from_db()
    assert order.state == state


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb", "state"), OPEN, ids=["-".join(cell) for cell in OPEN])
def test_every_cell_of_the_table(county: County, kind: Kind, verb: str, state: State) -> None:
    order = in_state(county, state, kind=kind)
    row = MACHINES[kind].move(verb, state)
    if state is State.PROJECT and verb == "finish":
        for milestone in order.milestones.all():
            services.reach_milestone(order_id=order.pk, code=milestone.code, note="", by=county.head, at=LATER)
    DEEDS[verb](order, doer(county, row.roles, order), county)
    order.refresh_from_db()
    assert order.state == row.target
    assert Step.objects.order_by("-id").values_list("verb", flat=True)[0] == verb
    assert Fact.objects.filter(name="OrderMoved").order_by("-id")[0].body["verb"] == verb
    assert list(matters.broken_links()) == []


def persons(county: County) -> dict[str, Actor]:
    roles = ("grid", "crew", "desk", "station", "quality", "dept", "leader", "auditor")
    return {role: county.actor("boss", role) for role in roles}


MAY = [(kind, row.verb, row.sources[0]) for kind in Kind for row in MACHINES[kind].moves]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb", "state"), MAY, ids=["-".join(cell[:2]) for cell in MAY])
def test_who_may(county: County, kind: Kind, verb: str, state: State) -> None:
    row = next(row for row in MACHINES[kind].moves if row.verb == verb)
    order = in_state(county, state, kind=kind)
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


OWN = [(kind, verb, state) for kind, verb, state in MAY if verb in OWNERS_ONLY]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb", "state"), OWN, ids=["-".join(cell[:2]) for cell in OWN])
def test_only_the_owner_acts(county: County, kind: Kind, verb: str, state: State) -> None:
    order = in_state(county, state, kind=kind)
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
