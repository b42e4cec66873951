"""What somebody does who goes there (serve, find nobody, post), and what the station decides (give, call off); each once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.kit.texts import clean_text, written
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import MACHINE, RECEIPT_LABELS, Given, Receipt, State
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.announcements.services.opening import CLOCK

NO_FILES: tuple[Upload, ...] = ()


class Who(TypedDict):
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Step:
    """A person's step with an errand."""

    errand_id: int
    verb: str
    given: Given
    photos: Sequence[Upload]
    who: Who


@transaction.atomic
def take_step(
    *, errand_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> str:
    """Take one step; the same client key is answered with the same word and does nothing again."""
    step = Step(errand_id, verb, given, photos, Who(by=by, at=at))
    return matters.step_once(doers=DOERS, verb=verb, step=step, of=selectors.label(errand_id), key=key, by=by, at=at)


@transaction.atomic
def do_step(
    *, errand_id: int, verb: str, given: Given, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> None:
    """Take one step without a client key: for who reads from the errand itself what is left to do."""
    DOERS[verb](Step(errand_id, verb, given, photos, Who(by=by, at=at)))


def _serve(step: Step) -> None:
    """The paper is in their hands, or was left there: refused with a witness named, absent after so many tries."""
    row, move = _begun(step)
    given = step.given
    if given.receipt not in RECEIPT_LABELS:
        raise Refused("receipt_missing", _("请选择怎样送达；什么都没有改动。"))
    if given.receipt == Receipt.REFUSED and not given.note.strip():
        raise Refused("witness_missing", _("拒收留置要写明见证人和经过；什么都没有改动。"))
    least = selectors.limits(row.unit_id, step.who["at"]).absent_tries
    if given.receipt == Receipt.ABSENT and row.tries < least:
        raise Refused(
            "absent_too_soon",
            _("到访无人满 %s 次才能留置门口，请先登记到访；什么都没有改动。") % least,
            tries=row.tries,
        )
    row.receipt = given.receipt
    _finish(row, move, step)


def _post(step: Step) -> None:
    """It hangs where people read it: a photo, and its position or why it has none."""
    row, move = _begun(step)
    _finish(row, move, step)


def _miss(step: Step) -> None:
    """Nobody was there; the clock runs on."""
    row, move = _begun(step)
    row.tries += 1
    row.save(update_fields=["tries"])
    words = {"note": clean_text(step.given.note, 500)}
    _told(row, matters.NewStep(move.verb, {"tries": row.tries}, words), **step.who)


def _give(step: Step) -> None:
    """Somebody else of the station goes there."""
    row, move = _begun(step)
    owner_id = step.given.owner_id
    if owner_id not in dict(selectors.staff_choices(row, step.who["at"])):
        raise Refused("owner_unknown", _("请选择本所的其他人员；什么都没有改动。"))
    row.owner_id = owner_id
    row.save(update_fields=["owner"])
    matters.give_clocks(matter=selectors.label(row.pk), owner_id=owner_id, **step.who)
    _told(row, matters.NewStep(move.verb, {"owner": owner_id}), **step.who)


def _cancel(step: Step) -> None:
    row, move = _begun(step)
    reason = written(step.given.reason, _("为什么不再需要"), most=500)
    row.state, row.closed_at = State.CANCELLED, step.who["at"]
    row.save(update_fields=["state", "closed_at"])
    _told(row, matters.NewStep(move.verb, {}, {"reason": reason}), **step.who)


DOERS: dict[str, Callable[[Step], object]] = {
    "serve": _serve, "miss": _miss, "post": _post, "give": _give, "cancel": _cancel,
}  # fmt: skip


def _begun(step: Step) -> tuple[Errand, Move]:
    by = step.who["by"]
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=step.errand_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件告知任务，或不在您的管辖范围内。"), errand=step.errand_id)
    if row.state in (State.VOID, State.OUTDATED):
        raise Refused(
            "errand_fallen", _("停电有变化，这份通知已经作废，请用新的一份；什么都没有改动。"), state=row.state
        )
    move = MACHINE.move(step.verb, row.state)
    if not selectors.may(by, move, row):
        raise Refused("not_allowed", _("您的岗位不能对这件任务做这一步；什么都没有改动。"), verb=step.verb)
    return row, move


def _finish(row: Errand, move: Move, step: Step) -> None:
    """Done at a moment, with its evidence; the clock says whether in time."""
    given, at = step.given, step.who["at"]
    row.done_at = given.moment or at
    if row.done_at > at or row.done_at < row.opened_at:
        raise Refused("time_out_of_order", _("时间要在任务下达之后、现在之前；什么都没有改动。"))
    if not step.photos:
        raise Refused("photo_missing", _("请拍照留证（签收单、张贴处）；什么都没有改动。"))
    note = clean_text(given.note, 500)
    files = [matters.keep_file(matter=selectors.label(row.pk), upload=one, **step.who) for one in step.photos]
    placed = next((one for one in files if one.lat is not None), None)
    if row.kind == Kind.POSTING:
        if placed is None and not note:
            raise Refused("place_missing", _("照片里没有位置，请打开相机定位重拍，或写明原因；什么都没有改动。"))
        row.lat, row.lon, row.no_place = getattr(placed, "lat", None), getattr(placed, "lon", None), placed is None
    row.state, row.closed_at, row.done_by_id = move.target, at, step.who["by"].staff_id
    row.save(update_fields=["state", "receipt", "done_at", "closed_at", "done_by", "lat", "lon", "no_place"])
    data = {"receipt": row.receipt, "moment": row.done_at, "no_place": row.no_place}
    _told(row, matters.NewStep(move.verb, data, {"note": note}, tuple(one.pk for one in files)), **step.who)


def _told(row: Errand, step: matters.NewStep, *, by: Actor, at: datetime) -> None:
    """The line in the timeline; an errand that is over stops its clock."""
    matter = selectors.label(row.pk)
    if row.state != State.OPEN:
        matters.stop_clocks(matter=matter, names=(CLOCK,), by=by, at=row.done_at or at)
    matters.add_step(matter=matter, step=step, by=by, at=at)
