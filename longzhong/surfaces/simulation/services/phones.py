"""The demo county's telephones: its customers call, its desk takes, its hands work, its desk calls back; each at their own minute.

Only public services are called, each person as themselves.
What is due comes from the rows themselves, so an interrupted day goes on.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as cases
from longzhong.cases.hotline.rules import LIVE
from longzhong.cases.hotline.rules.words import CallOutcome, Channel, Mood, Urgency
from longzhong.cases.nearmisses import services as nearmisses
from longzhong.kit.actor import Actor, Scope
from longzhong.kit.clock import civil_day, day_start
from longzhong.kit.errors import Refused
from longzhong.kit.outbox import deliver_all
from longzhong.register.access import selectors as access
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.texts.selectors import make_texts
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.callers import Pace, Ring, call_back_at, pace_of, rings
from longzhong.surfaces.simulation.rules.codes import account_code
from longzhong.surfaces.simulation.rules.county import County
from longzhong.surfaces.simulation.services import darkness, governing, hands
from longzhong.surfaces.simulation.services.cast import Cast, cast_of

WATCHER = Actor.machine("simulation.phones")
ANSWERED = ("query", "enquiry")
LEFT_FOR_A_PERSON = timedelta(days=2)
TEXTS, COMPLAINTS_KEPT = 1000, 8
PROMISED_H = 26
Moment = Callable[[datetime], Any]
Deed = Callable[[datetime], Any]
Due = Callable[[datetime], int | None]


@dataclass(frozen=True)
class Switchboard:
    """The county with its desk; whose cell is left to a person in the browser, from when on."""

    county: County
    own_cell: str
    leave_from: datetime
    desk: Actor
    login: Actor  # the desk's own account, where a deed needs one
    cast: Cast


def switchboard(county: County, own_cell: str, last_night: datetime) -> Switchboard | None:
    """None where nobody sits at the desk."""
    centre = org.unit_ids({register.CENTRE, register.COUNTY})
    day = civil_day(last_night)
    seats = org.staff_with_role(centre[register.CENTRE], "desk", day)
    if not seats:
        return None
    everywhere = frozenset(org.descendants(centre[register.COUNTY], day))
    desk = Actor(None, seats[0], org.staff_names(seats[:1])[seats[0]], (Scope("desk", everywhere),))
    login = access.actor_of(access.users_of_staff(seats[:1])[seats[0]], last_night)
    return Switchboard(county, own_cell, last_night - LEFT_FOR_A_PERSON, desk, login, cast_of(county, day))


def live(board: Switchboard, since: datetime, until: datetime, moment: Moment) -> int:
    """Everything that happens on the telephone after `since` and up to `until`, in order; returns how many deeds were done."""
    agenda = _Agenda()
    for dark_at, deed in darkness.deeds(board.county, since, until):
        agenda.add(dark_at, partial(darkness.quietly, deed))
    for ring in _rings(board.county, since, until):
        agenda.add(ring.at, partial(_take, board, ring))
    for case in hotline.visible_to(WATCHER).filter(state__in=LIVE).order_by("id"):
        _plan(board, agenda, case.pk, since)
    done = 0
    while (due := agenda.next(until)) is not None:
        at, act = due
        with moment(at):
            case_id = act(at)
            deliver_all()
        done += 1
        if case_id is not None:
            _plan(board, agenda, case_id, at)
    return done


class _Agenda:
    """What is to be done when; equal moments in the order of adding."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Due]] = []
        self._number = 0

    def add(self, at: datetime, deed: Due) -> None:
        self._number += 1
        heapq.heappush(self._heap, (at, self._number, deed))

    def next(self, until: datetime) -> tuple[datetime, Due] | None:
        if not self._heap or self._heap[0][0] > until:
            return None
        at, _number, deed = heapq.heappop(self._heap)
        return at, deed


def _rings(county: County, since: datetime, until: datetime) -> Iterator[Ring]:
    day = civil_day(since)
    while day <= civil_day(until):
        for ring in rings(county.seed, len(county.customers), day, day_start(day)):
            if since < ring.at <= until:
                yield ring
        day += timedelta(days=1)


@cache
def _texts(seed: int) -> list[tuple[str, str]]:
    """What is said, with its category; a county that has one complaint a fortnight hears fewer than a model learns from."""
    made = make_texts(seed, 2 * TEXTS)
    upset = [one for one in made if one[1].startswith("complaint")]
    rare = set(upset[::COMPLAINTS_KEPT])
    return [one for one in made if one in rare or not one[1].startswith("complaint")][:TEXTS]


def _take(board: Switchboard, ring: Ring, at: datetime) -> int | None:
    """The desk takes a call: an outage explains it, or the answer is known, or it becomes a case that is handed on."""
    text, code = _texts(board.county.seed)[ring.text % TEXTS]
    account = customers.account_ids([account_code(board.county, ring.customer)])
    caller = cases.Caller(account_id=next(iter(account.values()), None))
    new = cases.NewCall(channel=Channel(ring.channel), text=text, caller=caller, mood=Mood(ring.mood))
    call = cases.take_call(call=new, by=board.desk, at=at)
    known = outages.known_at([call.area_id], at).get(call.area_id, []) if call.area_id else []
    running = next((one for one in known if one.running), None)
    if running is not None and code.startswith("repair"):
        words = outages.answer_words(running)
        cases.answer_call(
            call_id=call.pk, outcome=CallOutcome.OUTAGE, reply=words, outage_id=running.id, by=board.desk, at=at
        )
        return None
    node = categories.category(code)
    wanted = cases.NewCase(category_id=node.id, mood=Mood(ring.mood), urgency=Urgency.NORMAL)
    case = cases.open_case(call_id=call.pk, case=wanted, by=board.desk, at=at + timedelta(minutes=1))
    if node.type in ANSWERED:
        cases.answer_case(
            case_id=case.pk, reply="已向客户解释说明，客户表示明白。", by=board.desk, at=at + timedelta(minutes=3)
        )
        return None
    if ring.mood != Mood.CALM:
        due = at + timedelta(hours=PROMISED_H)
        cases.promise(
            case_id=case.pk, text="一天之内处理并回复您", due_at=due, by=board.desk, at=at + timedelta(minutes=1)
        )
    return int(case.pk)


def _plan(board: Switchboard, agenda: _Agenda, case_id: int, at: datetime) -> None:
    """Put the next deed of a live case on the agenda, not before `at`."""
    case = hotline.visible_to(WATCHER).select_related("grid").get(pk=case_id)
    if case.grid is not None and case.grid.code == board.own_cell and case.opened_at > board.leave_from:
        return
    step = governing.next_step(board.cast, case) if case.governed else _next_step(board, case)
    if step is not None:
        when, deed = step
        agenda.add(max(when, at + timedelta(minutes=1)), lambda now: _done(deed, now, case_id))


def _next_step(board: Switchboard, case: Any) -> tuple[datetime, Deed] | None:
    pace = pace_of(board.county.seed, case.pk, urgent=case.urgency == Urgency.URGENT)
    return _office(board, case, pace) or hands.next_step(case, pace)


def _done(deed: Deed, at: datetime, case_id: int) -> int | None:
    """Do it; who was slower than somebody in the browser leaves it at that."""
    try:
        deed(at)
    except Refused:
        return None
    return case_id


def _office(board: Switchboard, case: Any, pace: Pace) -> tuple[datetime, Deed] | None:
    """What the desk and the quality office do: hand on, review, call back."""
    if case.state == "taken":
        return case.opened_at + timedelta(minutes=2), lambda at: _dispatch(board, case, at)
    if case.state == "replied":
        ready = case.replied_at + timedelta(minutes=pace.review)
        return ready, lambda at: _review(board, case, at)
    if case.state == "calling":
        tries = len(hotline.vain_calls(case))
        ready = call_back_at(case.replied_at + timedelta(minutes=pace.review, hours=20 * tries))
        verdict = pace.verdict if tries == 0 and not case.times_dissatisfied else pace.second
        return ready, lambda at: _call_back(board, case, verdict, at)
    return None


def _dispatch(board: Switchboard, case: Any, at: datetime) -> None:
    cases.dispatch(case_id=case.pk, by=board.desk, at=at)


def _review(board: Switchboard, case: Any, at: datetime) -> None:
    causes = {"complaint": "supply", "opinion": "unfamiliar"}
    cases.review(case_id=case.pk, passed=True, root_cause=causes.get(case.type, ""), by=board.desk, at=at)


def _call_back(board: Switchboard, case: Any, verdict: str, at: datetime) -> None:
    words = {"dissatisfied": "客户表示问题没有彻底解决，要求重新处理。"}.get(verdict, "")
    cases.record_call(case_id=case.pk, purpose="review", result=verdict, words=words, by=board.desk, at=at)
    if verdict == "satisfied" and case.mood != Mood.CALM:
        _averted(board, case, at)


def _averted(board: Switchboard, case: Any, at: datetime) -> None:
    """An upset customer is content in the end: that is a complaint which didn't come (S0-16)."""
    told = nearmisses.NewNearMiss("phone", "supply", ("explained", "hurried"), mood_before=case.mood, case_id=case.pk)
    nearmisses.record_near_miss(new=told, key=f"simulation-{case.pk}", by=board.login, at=at)
