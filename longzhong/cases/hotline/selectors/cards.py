"""One case with all that its page says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from longzhong.cases.hotline.models import CallBack, Case, ContactTry, Link, Promise
from longzhong.cases.hotline.rules.callbacks import CALLED_BACK, SPOKEN, CallLimits, is_exhausted
from longzhong.cases.hotline.rules.dispatching import REPAIR
from longzhong.cases.hotline.rules.firstfix import Moments, StageTime, is_return, stage_times
from longzhong.cases.hotline.rules.machine import DONE, GOVERNED, LIVE, MACHINE, ROAD, STATE_LABELS, State
from longzhong.cases.hotline.rules.papers import Papers, papers_of
from longzhong.cases.hotline.rules.words import Purpose
from longzhong.cases.hotline.selectors.callbacks import caller_masks, vain_calls
from longzhong.cases.hotline.selectors.door import NOUN, is_about, visible_to
from longzhong.dispatch.matters import selectors as matters
from longzhong.dispatch.matters.rules import number
from longzhong.dispatch.matters.selectors import ClockCard, OfferCard, OutlookCard, StepCard
from longzhong.dispatch.workorders import selectors as workorders
from longzhong.dispatch.workorders.selectors import Standing
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.register.policies import selectors as policies
from longzhong.sensing.outages import selectors as outages

JUDGING = frozenset({"pass", "send_back", "give_up"})


@dataclass(frozen=True)
class CaseCard:
    """A case, its clocks with their why, its timeline, its people and promises, and what this actor may do next."""

    case: Case
    category: str
    caller: tuple[str, str]
    account: customers.Card | None
    groups: frozenset[str]
    clocks: tuple[ClockCard, ...]
    steps: tuple[StepCard, ...]
    offer: OfferCard | None
    order: Standing | None
    reply: str
    stages: tuple[StageTime, ...]
    promises: tuple[Promise, ...]
    calls: tuple[CallBack, ...]
    tries: tuple[ContactTry, ...]
    first_call_id: int | None
    children: tuple[Case, ...]
    links: tuple[Link, ...]
    moves: tuple[Move, ...]
    roles: frozenset[str]
    is_live: bool
    is_mine: bool
    is_exhausted: bool
    papers: Papers | None = None
    foreseen: OutlookCard | None = None

    @property
    def next_clock(self) -> ClockCard | None:
        """The running clock that is due first."""
        return next((clock for clock in self.clocks if clock.is_live and clock.due_at is not None), None)

    @property
    def waiting(self) -> ContactTry | None:
        """The helper who is being asked."""
        return next((row for row in self.tries if row.result == "waiting"), None)

    @property
    def is_special(self) -> bool:
        """A special group (特殊群体): helped at once, whoever owns the equipment (S4-24)."""
        return "special" in self.groups


@dataclass(frozen=True)
class RoadStage:
    """One stage of the stepper: done, now, todo or bad."""

    label: str
    state: str


def case_card(actor: Actor, case_id: int, at: datetime) -> CaseCard:
    """The card through the door; some thirty small queries for any length of history."""
    rows = visible_to(actor).select_related(
        "unit",
        "grid",
        "area",
        "owner",
        "first_asked",
        "parent",
        "department",
        "account__unit",
        "account__area",
        "about_unit",
    )
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise Refused("not_found", "没有这件诉求，或不在您的管辖范围内。", case=case_id)
    matter, order = f"{NOUN}:{case.pk}", workorders.standing(case.order_id) if case.order_id else None
    calls = tuple(case.call_backs.select_related("by_staff").order_by("at", "id"))
    vain = vain_calls(case)
    spent = is_exhausted(vain, policies.limits(CallLimits, "callback", unit_id=case.unit_id, day=civil_day(at)))
    placed = customers.placed(case.account_id, civil_day(at)) if case.account_id else None
    return CaseCard(
        case=case, category=categories.label_of(case.category_id), caller=caller_masks(actor, [case])[case.pk],
        account=customers.cards_of(actor, [case.account])[0] if case.account else None,
        groups=placed.groups if placed else frozenset(), clocks=tuple(matters.clock_cards(matter, at)),
        steps=(steps := tuple(matters.steps(matter))), offer=matters.open_offer(matter), order=order,
        reply=workorders.reply_words(case.order_id) if case.order_id else "", stages=stages(case, order, calls),
        promises=tuple(case.promises.select_related("made_by").order_by("-id")), calls=calls,
        tries=tuple(case.tries.select_related("staff").order_by("position")), children=tuple(_children(actor, case)),
        first_call_id=case.calls.order_by("id").values_list("id", flat=True).first(),
        links=_links(actor, case), roles=(roles := roles_over(actor, case)),
        moves=_moves(actor, case, roles, spent=spent, at=at), is_live=case.state in LIVE,
        is_mine=actor.staff_id is not None and actor.staff_id == case.owner_id, is_exhausted=spent,
        papers=papers_of((step.verb, dict(step.data)) for step in sorted(steps, key=lambda one: one.seq)),
        foreseen=_foreseen(case, at),
    )  # fmt: skip


def roles_over(actor: Actor, case: Case) -> frozenset[str]:
    """The roles that an actor holds over a case; its owner holds all of theirs, whom it complains about none."""
    if is_about(case, actor.staff_id):
        return frozenset()
    if actor.staff_id is not None and actor.staff_id == case.owner_id:
        return actor.roles
    return frozenset(
        scope.role for scope in actor.scopes
        if (case.unit_id in scope.units if scope.grids is None else case.grid_id in scope.grids)
    )  # fmt: skip


def road(case: Case) -> list[RoadStage]:
    """The stepper: the straight road; whoever follows another case is shown in the place of the handling."""
    state, stages_ = State(case.state), list(ROAD)
    if state is State.FOLLOWING:
        stages_[stages_.index(State.HANDLING)] = state
    if state in (State.FINAL, State.VOID):
        last = RoadStage(STATE_LABELS[state], "bad" if state is State.VOID else "done")
        return [RoadStage(STATE_LABELS[State.TAKEN], "done"), last]
    here = stages_.index(state)
    now = "done" if state is State.CLOSED else "bad" if _came_back(case) else "now"
    return [
        RoadStage(STATE_LABELS[stage], "done" if n < here else "todo" if n > here else now)
        for n, stage in enumerate(stages_)
    ]


def stages(case: Case, order: Standing | None, calls: tuple[CallBack, ...]) -> tuple[StageTime, ...]:
    """The four stage times of a repair (抢修四句, S4-23); none of other orders."""
    if order is None or order.kind != REPAIR:
        return ()
    told = next((row.at for row in calls if row.result in SPOKEN), None)
    asked = next((row.at for row in calls if row.purpose == Purpose.REVIEW), None)
    firsts = [moment for moment in (told, order.contacted_at) if moment]
    finished = order.restored_at or order.finished_at
    arrived = order.arrived_at or order.contacted_at
    return stage_times(
        Moments(
            case.opened_at, arrived_at=arrived, finished_at=finished, told_at=min(firsts, default=None), called_at=asked
        )
    )


def candidates(case: Case, at: datetime) -> list[tuple[int, str]]:
    """Who may be given a case or its order: the people of its unit who do the work, those on duty first."""
    day = civil_day(at)
    on_duty = org.on_duty(case.unit_id, at)
    roles = ("grid", "crew", "desk", "station")
    ids = dict.fromkeys([*on_duty, *(one for role in roles for one in org.staff_with_role(case.unit_id, role, day))])
    names = org.staff_names(list(ids))
    return [(one, names[one] + ("（值班）" if one in on_duty else "")) for one in ids if one in names]


def _foreseen(case: Case, at: datetime) -> OutlookCard | None:
    """What history expects: of the outage that explains it, else of its repair."""
    labels = [outages.label(case.outage_id)] if case.outage_id else []
    labels += [workorders.label(case.order_id)] if case.order_id else []
    found = matters.outlooks(labels, at) if labels and case.state in LIVE else {}
    return next((found[label] for label in labels if label in found), None)


def _came_back(case: Case) -> bool:
    back = case.times_returned or case.times_dissatisfied or case.times_reopened
    return case.state == State.HANDLING and bool(back)


def _children(actor: Actor, case: Case) -> list[Case]:
    return list(visible_to(actor).filter(parent=case).select_related("owner").order_by("id")[:100])


def _links(actor: Actor, case: Case) -> tuple[Link, ...]:
    """Earlier cases of the matter, as far as the actor may see them."""
    rows = list(case.links.select_related("earlier").order_by("id"))
    ids = [row.earlier_id for row in rows]
    seen = set(visible_to(actor).filter(pk__in=ids).values_list("id", flat=True)) if ids else ()
    return tuple(row for row in rows if row.earlier_id in seen)


def _moves(actor: Actor, case: Case, roles: frozenset[str], *, spent: bool, at: datetime) -> tuple[Move, ...]:
    """The rows of the machine that this actor may take now; a machine's own rows are nobody's, nor is one's own work to judge."""
    own = actor.staff_id is not None and actor.staff_id == case.owner_id
    refused: Mapping[str, bool] = {
        **dict.fromkeys(JUDGING | CALLED_BACK, own),
        **dict.fromkeys(GOVERNED if case.governed else (), True),
        "give_up": own or not spent,
        "reopen": case.state in DONE and not is_return(case.closed_at, at, _reopen_days(case, at)),
    }
    rows = MACHINE.moves_from(case.state, roles)
    return tuple(row for row in rows if not refused.get(row.verb, False))


def _reopen_days(case: Case, at: datetime) -> float:
    return number(policies.value("hotline.reopen_days", unit_id=case.unit_id, day=civil_day(at)))
