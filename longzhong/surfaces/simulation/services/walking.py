"""The county's people bring out what announced plans ask for: written notices with receipts, postings with photos."""

from datetime import datetime
from typing import Any

from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.register.network import selectors as network
from longzhong.register.org import selectors as org
from longzhong.sensing.announcements import selectors as announcements
from longzhong.sensing.announcements import services as announcing
from longzhong.sensing.announcements.rules import Errand, Given, State
from longzhong.surfaces.simulation.gateways.papers import sheet
from longzhong.surfaces.simulation.rules.errands import Walk, walk_of
from longzhong.surfaces.simulation.services.persons import person
from longzhong.surfaces.simulation.services.phones import LEFT_FOR_A_PERSON

WATCHER = Actor.machine("simulation.walking")
WORDS = {
    "signed": "当面送达，客户核对停电时间后签收。",
    "agent": "由值班人员代收，已电话告知负责人。",
    "refused": "客户拒收，物业经理在场见证，已留置。",
    "absent": "两次到访无人，留置门口并拍照。",
    "": "张贴在小区公告栏，照片没有定位。",
}


def walk(*, seed: int, own_cell: str, last_night: datetime, at: datetime) -> int:
    """Everybody takes the next step that is due with their errands; the demo login's newest ones are left to a person.

    Returns how many steps were taken.
    """
    rows = announcements.visible_to(WATCHER).filter(state=State.OPEN).select_related("grid").order_by("id")
    left = last_night - LEFT_FOR_A_PERSON
    return sum(
        _go(seed, row, at) for row in rows if not (row.grid and row.grid.code == own_cell and row.opened_at > left)
    )


def _go(seed: int, row: Any, at: datetime) -> bool:
    course = walk_of(seed, row.pk, row.opened_at, row.due_at)
    by = _hand(row, at)
    if by is None or course.at is None or at < course.at:
        return False
    verb, given, photos = _step(row, course)
    try:
        announcing.do_step(errand_id=row.pk, verb=verb, given=given, photos=photos, by=by, at=at)
    except Refused:
        return False  # somebody in the browser was faster, or the plan changed
    return True


def _step(row: Any, course: Walk) -> tuple[str, Given, tuple[Upload, ...]]:
    """The verb with its fields: nobody there yet, the paper handed over, or the announcement hung up."""
    if row.kind == Errand.WRITTEN and row.tries < course.vain:
        return "miss", Given(note="门口无人应答，改日再来。"), ()
    if row.kind == Errand.WRITTEN:
        return (
            "serve",
            Given(receipt=course.receipt, note=WORDS[course.receipt]),
            (Upload("photo", "签收单.jpg", sheet()),),
        )
    spot = network.visible_to(WATCHER).filter(grid=row.grid_id).order_by("id").values_list("lat", "lon").first()
    lat, lon = spot or (None, None)
    return "post", Given(note="" if lat else WORDS[""]), (Upload("photo", "张贴处.jpg", sheet(lat=lat, lon=lon)),)


def _hand(row: Any, at: datetime) -> Actor | None:
    """Whose errand it is; one that nobody has is the head's."""
    if row.owner_id is not None:
        return person(row.owner_id, "grid", row.unit_id, row.grid_id)
    heads = org.head_of(row.unit_id, at.date())
    return person(heads[0], "station", row.unit_id) if heads else None
