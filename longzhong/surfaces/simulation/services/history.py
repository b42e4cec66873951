"""Outages of the two months before, as another system's table would bring them: what reliability and frequent outage count."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from longzhong.assessment.reliability import services as reliability
from longzhong.assessment.reliability.services import Given
from longzhong.kit.clock import civil_day, day_start
from longzhong.register.customers import selectors as customers
from longzhong.register.network import selectors as network
from longzhong.sensing.curves import selectors as curves
from longzhong.sensing.outages import services as outages
from longzhong.sensing.outages.rules import Devices, Kind, PastOutage
from longzhong.surfaces.simulation.rules.callers import CALL_DAYS, Dark, darks
from longzhong.surfaces.simulation.services.acting import MACHINE, Scene, key_of, play

DAYS = 60
OFTEN = ((0, (6, 19, 33, 47)), (1, (9, 40)))  # which of the own station's areas, how many days ago: red and amber
CHECKED = 5


def remember(scene: Scene) -> int:
    """Enter the past outages, then count: bases, watches with their prevention orders, lists of seasons, guarantee plans."""
    entered = sum(play(dark.ends_at + timedelta(hours=1), _entry(scene, dark)) is not None for dark in _past(scene))
    play(scene.before(days=31), lambda at: reliability.keep_base(by=MACHINE, at=at))
    play(scene.before(minutes=30), lambda at: reliability.keep_base(by=MACHINE, at=at))
    play(scene.before(minutes=28), lambda at: reliability.watch_areas(by=MACHINE, at=at))
    for span in curves.spans(civil_day(scene.morning)):
        play(scene.before(minutes=26), partial(_draw, span.name))
    play(scene.before(days=3), lambda at: _guarantees(scene, at))
    return entered


def _draw(name: str, at: datetime) -> int:
    return reliability.draw_season(name=name, by=MACHINE, at=at)


def _past(scene: Scene) -> list[Dark]:
    areas, found = scene.county.areas, []
    for ago in range(CALL_DAYS + 1, DAYS):
        day = day_start(civil_day(scene.morning) - timedelta(days=ago))
        found += [
            dark for dark in darks(scene.county.seed, len(areas), day) if civil_day(dark.begins_at) == civil_day(day)
        ]
    own = [n for n, cell in enumerate(areas.cell.tolist()) if scene.county.cells[cell].station == scene.own_station]
    for place, days in OFTEN:
        area = own[place % len(own)]
        for ago in days:
            begins = scene.before(days=ago, minutes=-60 * (place + 3))
            source = f"simulation.often:{area}:{ago}"
            found.append(Dark(area, False, begins, begins, begins + timedelta(minutes=45 + 3 * ago), source))
    return sorted(found, key=lambda dark: (dark.begins_at, dark.source))


def _entry(scene: Scene, dark: Dark) -> Callable[[datetime], int]:
    code = scene.county.areas.code[dark.area]

    def enter(at: datetime) -> int:
        past = PastOutage(
            kind=Kind.PLANNED if dark.planned else Kind.FAULT, reason_code="maintenance" if dark.planned else "equipment",
            started_at=dark.begins_at, restored_at=dark.ends_at, source=dark.source,
            devices=Devices(areas=(network.area_ids([code])[code],)),
            planned_start=dark.begins_at if dark.planned else None, planned_end=dark.ends_at if dark.planned else None,
        )  # fmt: skip
        return outages.record_outage(past=past, by=MACHINE, at=at)

    return enter


def _guarantees(scene: Scene, at: datetime) -> int:
    """Two plans of important customers: one that is whole, one that lacks much and ends soon."""
    day, dept = civil_day(at), scene.login("dept")
    rows = customers.visible_to(MACHINE).filter(priorities__group="important").order_by("id")
    accounts = list(rows.values_list("pk", flat=True).distinct()[:2])
    whole = Given("国庆保电", day, day + timedelta(days=120), 2, 400.0, 300.0, "保电值班", "15430000001")
    poor = Given("开学季保电", day, day + timedelta(days=20), 1, 50.0, 200.0)
    for number, (account, given) in enumerate(zip(accounts, (whole, poor), strict=False)):
        key = key_of("guarantee", account)
        plan = reliability.make_guarantee(account_id=account, given=given, key=key, by=dept, at=at)
        for check in range(CHECKED if number == 0 else 1):
            reliability.tick_check(guarantee_id=plan, number=check, by=dept, at=at)
    return len(accounts)
