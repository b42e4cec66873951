"""A thunderstorm on the last morning: calls, last gasps and a switch become a probable outage, one is confirmed, crews are on
their way, the estimate is adopted; another stays open, for a person to decide.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from longzhong.cases.hotline import selectors as hotline
from longzhong.cases.hotline import services as cases
from longzhong.cases.hotline.rules.words import Channel
from longzhong.dispatch.crews import services as crews
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.customers import selectors as customers
from longzhong.register.org import selectors as org
from longzhong.sensing.outages import selectors as outages
from longzhong.sensing.restorations import selectors as estimates
from longzhong.sensing.restorations import services as restorations
from longzhong.sensing.troubles import selectors as troubles
from longzhong.sensing.troubles import services as signals
from longzhong.sensing.troubles.rules import NewSignal, SignalKind
from longzhong.surfaces.simulation.rules import rows as register
from longzhong.surfaces.simulation.rules.callers import pace_of
from longzhong.surfaces.simulation.rules.codes import account_code, customer_meter
from longzhong.surfaces.simulation.services import hands
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, play

BEGINS, STRUCK, CONFIRMED, LAST = 150, 100, 80, 12  # minutes before the county's morning
CALLERS, METERS = 5, 3
WORDS = (
    "打雷以后整个小区都停电了",
    "一声响之后全村都没电",
    "我们这一片都黑了，什么时候来电",
    "停电了，家里有老人",
    "又停电了",
)
CATEGORY = "repair.lv.area_out"


@dataclass(frozen=True, slots=True)
class Struck:
    """A line and the areas that it lost."""

    feeder: str
    areas: tuple[int, ...]


def storm(scene: Scene) -> bool:
    """Play the morning; whether an outage came of it."""
    play(scene.before(minutes=BEGINS), lambda at: _weather(scene, at))
    lines = _lines(scene)
    first = _strike(scene, lines[0], STRUCK, CALLERS)
    outage_id = play(scene.before(minutes=CONFIRMED), _confirm)
    if outage_id is not None and first:
        _repair(scene, first)
        play(scene.before(minutes=20), lambda at: crews.replan_due(by=MACHINE, at=at))
        play(scene.before(minutes=15), lambda at: _adopt(scene, outage_id, at))
    if len(lines) > 1:
        _strike(scene, lines[1], LAST, 2)
    return outage_id is not None


def _weather(scene: Scene, at: datetime) -> None:
    county = org.unit_ids({register.COUNTY})[register.COUNTY]
    until = scene.morning + timedelta(hours=6)
    restorations.note_weather(unit_id=county, kind="thunder", starts_at=at, ends_at=until, by=MACHINE, at=at)


def _lines(scene: Scene) -> list[Struck]:
    """Two lines of the station login's own station (else of any), those with most areas first."""
    county = scene.county
    station = np.array([cell.station for cell in county.cells])[county.areas.cell]
    feeder = np.array([section.feeder for section in county.sections])[county.areas.section]
    own = np.flatnonzero(station == scene.own_station)
    ranked = [line for line, _n in Counter(feeder[own].tolist()).most_common()]
    ranked += [line for line, _n in Counter(feeder.tolist()).most_common() if line not in ranked]
    return [
        Struck(county.feeders[line].code, tuple(np.flatnonzero(feeder == line).tolist()[:8])) for line in ranked[:2]
    ]


def _strike(scene: Scene, line: Struck, minutes: float, callers: int) -> list[int]:
    """Customers of several areas call one after another, their meters report; returns the cases."""
    customer = scene.county.customers.area
    homes = [int(np.flatnonzero(customer == area)[0]) for area in line.areas]
    opened = []
    for n in range(callers):
        home = homes[n % len(homes)] + n // len(homes)
        when = scene.before(minutes=minutes - n)
        opened.append(play(when, partial(_call, scene, home, n)))
    play(scene.before(minutes=minutes - callers), lambda at: _gasp(scene, line, homes, at))
    return [one for one in opened if one is not None]


def _call(scene: Scene, home: int, n: int, at: datetime) -> int:
    desk = scene.login("desk")
    account = customers.account_ids([account_code(scene.county, home)])
    caller = cases.Caller(account_id=next(iter(account.values()), None))
    call = cases.take_call(
        call=cases.NewCall(channel=Channel.PHONE_95598, text=WORDS[n % len(WORDS)], caller=caller), by=desk, at=at
    )
    wanted = cases.NewCase(category_id=categories.category(CATEGORY).id)
    return int(cases.open_case(call_id=call.pk, case=wanted, by=desk, at=at).pk)


def _gasp(scene: Scene, line: Struck, homes: list[int], at: datetime) -> None:
    heard = [
        NewSignal(
            kind=SignalKind.LAST_GASP, at=at, source=f"simulation.gasp:{home}", meter_code=customer_meter(scene.county, home)
        )
        for home in homes[: METERS * 2]
    ]  # fmt: skip
    if len(line.areas) > 1:
        source = f"simulation.switch:{line.feeder}:{at:%Y%m%d}"
        heard.append(NewSignal(kind=SignalKind.FEEDER_EVENT, at=at, source=source, feeder_code=line.feeder))
    signals.hear_signals(signals=heard, by=MACHINE, at=at)


def _confirm(at: datetime) -> int | None:
    """The surest trouble with a device becomes an outage."""
    rows = troubles.probable(troubles.visible_to(MACHINE)).exclude(device="").exclude(level="meter")
    found = rows.order_by("-confidence", "-signals", "id").first()
    return None if found is None else signals.confirm(trouble_id=found.pk, by=MACHINE, at=at)


def _repair(scene: Scene, opened: list[int]) -> None:
    """All cases are handed on; whoever has the first accepts, arrives and says what is broken, the others wait for a crew."""
    desk, case_id = scene.login("desk"), opened[0]
    for n, one in enumerate(opened):
        play(scene.before(minutes=75 - n), partial(_hand_on, one, desk))
    for minutes in (68, 45, 33):
        case = hotline.visible_to(MACHINE).get(pk=case_id)
        step = hands.next_step(case, pace_of(scene.county.seed, case_id, urgent=True))
        if step is not None:
            play(scene.before(minutes=minutes), step[1])


def _hand_on(case_id: int, desk: Actor, at: datetime) -> None:
    cases.dispatch(case_id=case_id, by=desk, at=at)


def _adopt(scene: Scene, outage_id: int, at: datetime) -> None:
    """The operations department makes the estimate the word that customers are told."""
    said = estimates.expected([outages.label(outage_id)]).get(outages.label(outage_id))
    if said is not None:
        restorations.adopt(estimate_id=said.pk, late=True, by=scene.login("dept"), at=at)
