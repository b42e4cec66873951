"""What somebody does who goes there (serve, find nobody, post), and what the station decides (give, call off); each once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.machine import Move
from longzhong.register.customers.rules.texts import clean_text
from longzhong.sensing.announcements import selectors
from longzhong.sensing.announcements.models import Errand
from longzhong.sensing.announcements.rules import MACHINE, RECEIPT_LABELS, Given, Receipt, State
from longzhong.sensing.announcements.rules import Errand as Kind
from longzhong.sensing.announcements.services.opening import CLOCK

NO_FILES: tuple[Upload, ...] = ()


@transaction.atomic
def take_step(
    *, errand_id: int, verb: str, given: Given, key: str, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> str:
    """Take one step; the same client key is answered with the same word and does nothing again."""
    if verb not in DOERS:
        raise Refused("no_such_move", _("没有这一步；什么都没有改动。"), verb=verb)

    def act() -> str:
        row = _entered(errand_id, by)
        DOERS[verb](row, _begun(row, verb, by), given, photos, by, at)
        return verb

    return matters.once(key=key, what=f"{selectors.label(errand_id)} {verb}", act=act, by=by, at=at)


def _serve(row: Errand, move: Move, given: Given, photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    """The paper is in their hands, or was left there: refused with a witness named, absent after so many tries."""
    if given.receipt not in RECEIPT_LABELS:
        raise Refused("receipt_missing", _("请选择怎样送达；什么都没有改动。"))
    if given.receipt == Receipt.REFUSED and not given.note.strip():
        raise Refused("witness_missing", _("拒收留置要写明见证人和经过；什么都没有改动。"))
    least = selectors.limits(row.unit_id, at).absent_tries
    if given.receipt == Receipt.ABSENT and row.tries < least:
        raise Refused(
            "absent_too_soon",
            _("到访无人满 %s 次才能留置门口，请先登记到访；什么都没有改动。") % least,
            tries=row.tries,
        )
    row.receipt = given.receipt
    _finish(row, move, given, photos, by, at)


def _post(row: Errand, move: Move, given: Given, photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    """It hangs where people read it: a photo, and its position or why it has none."""
    _finish(row, move, given, photos, by, at)


def _miss(row: Errand, move: Move, given: Given, _photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    """Nobody was there; the clock runs on."""
    row.tries += 1
    row.save(update_fields=["tries"])
    _step(row, move, {"tries": row.tries}, {"note": clean_text(given.note, 500)}, (), by, at)


def _give(row: Errand, move: Move, given: Given, _photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    """Somebody else of the station goes there."""
    if given.owner_id not in dict(selectors.staff_choices(row, at)):
        raise Refused("owner_unknown", _("请选择本所的其他人员；什么都没有改动。"))
    row.owner_id = given.owner_id
    row.save(update_fields=["owner"])
    matters.give_clocks(matter=selectors.label(row.pk), owner_id=given.owner_id, by=by, at=at)
    _step(row, move, {"owner": given.owner_id}, {}, (), by, at)


def _cancel(row: Errand, move: Move, given: Given, _photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    reason = clean_text(given.reason, 500)
    if not reason:
        raise Refused("reason_missing", _("请写明为什么不再需要；什么都没有改动。"))
    row.state, row.closed_at = State.CANCELLED, at
    row.save(update_fields=["state", "closed_at"])
    _step(row, move, {}, {"reason": reason}, (), by, at)


DOERS: dict[str, Callable[[Errand, Move, Given, Sequence[Upload], Actor, datetime], None]] = {
    "serve": _serve, "miss": _miss, "post": _post, "give": _give, "cancel": _cancel,
}  # fmt: skip


def _entered(errand_id: int, by: Actor) -> Errand:
    row = selectors.visible_to(by).select_for_update(of=("self",)).filter(pk=errand_id).first()
    if row is None:
        raise Refused("not_found", _("没有这件告知任务，或不在您的管辖范围内。"), errand=errand_id)
    return row


def _begun(row: Errand, verb: str, by: Actor) -> Move:
    if row.state in (State.VOID, State.OUTDATED):
        raise Refused(
            "errand_fallen", _("停电有变化，这份通知已经作废，请用新的一份；什么都没有改动。"), state=row.state
        )
    move = MACHINE.move(verb, row.state)
    if not selectors.may(by, move, row):
        raise Refused("not_allowed", _("您的岗位不能对这件任务做这一步；什么都没有改动。"), verb=verb)
    return move


def _finish(row: Errand, move: Move, given: Given, photos: Sequence[Upload], by: Actor, at: datetime) -> None:
    """Done at a moment, with its evidence; the clock says whether in time."""
    row.done_at = given.moment or at
    if row.done_at > at or row.done_at < row.opened_at:
        raise Refused("time_out_of_order", _("时间要在任务下达之后、现在之前；什么都没有改动。"))
    if not photos:
        raise Refused("photo_missing", _("请拍照留证（签收单、张贴处）；什么都没有改动。"))
    note, files = clean_text(given.note, 500), [
        matters.keep_file(matter=selectors.label(row.pk), upload=one, by=by, at=at) for one in photos
    ]  # fmt: skip
    placed = next((one for one in files if one.lat is not None), None)
    if row.kind == Kind.POSTING:
        if placed is None and not note:
            raise Refused("place_missing", _("照片里没有位置，请打开相机定位重拍，或写明原因；什么都没有改动。"))
        row.lat, row.lon, row.no_place = getattr(placed, "lat", None), getattr(placed, "lon", None), placed is None
    row.state, row.closed_at, row.done_by_id = move.target, at, by.staff_id
    row.save(update_fields=["state", "receipt", "done_at", "closed_at", "done_by", "lat", "lon", "no_place"])
    data = {"receipt": row.receipt, "moment": row.done_at, "no_place": row.no_place}
    _step(row, move, data, {"note": note}, tuple(one.pk for one in files), by, at)


def _step(
    row: Errand,
    move: Move,
    data: dict[str, Any],
    words: dict[str, str],
    files: tuple[int, ...],
    by: Actor,
    at: datetime,
) -> None:
    """The line in the timeline; an errand that is over stops its clock."""
    matter = selectors.label(row.pk)
    if row.state != State.OPEN:
        matters.stop_clocks(matter=matter, names=(CLOCK,), by=by, at=row.done_at or at)
    matters.add_step(matter=matter, step=matters.NewStep(move.verb, data, words, files), by=by, at=at)
