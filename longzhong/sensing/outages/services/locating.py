"""Where a fault was found (故障点): line and pole, cause, photos; what the fault library is made of."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import services as matters
from longzhong.dispatch.matters.services import Said, Upload
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.sensing.outages import selectors
from longzhong.sensing.outages.models import FaultNote, Outage
from longzhong.sensing.outages.rules import REASONS, Kind, NewFault
from longzhong.sensing.outages.services.moving import begin, complete, enter, plain_words

NO_FILES: tuple[Upload, ...] = ()


@transaction.atomic
def locate_fault(
    *, outage_id: int, fault: NewFault, photos: Sequence[Upload] = NO_FILES, by: Actor, at: datetime
) -> Outage:
    """Write down a place of the fault; a storm may leave several. The cause becomes the outage's if that was unknown.

    Without a line it is the one that all affected areas hang on. The same place and cause twice is refused.
    """
    outage = enter(outage_id=outage_id, by=by)
    row = begin(outage=outage, verb="locate", by=by)
    pole = plain_words(fault.pole, 40)
    if outage.kind != Kind.FAULT:
        raise Refused("not_a_fault", _("计划停电没有故障点；什么都没有改动。"), outage=outage.pk)
    if not pole or fault.cause not in REASONS[Kind.FAULT]:
        raise Refused("fault_unclear", _("请写明杆号或位置，并选择故障原因；什么都没有改动。"), cause=fault.cause)
    line = _line(outage, fault)
    if FaultNote.objects.filter(outage=outage, feeder=line, pole=pole, cause=fault.cause).exists():
        raise Refused("fault_known", _("这个故障点已经登记过；什么都没有改动。"), pole=pole)
    label = selectors.label(outage.pk)
    files = [matters.keep_file(matter=label, upload=photo, by=by, at=at).pk for photo in photos]
    note = FaultNote.objects.create(
        outage=outage, feeder_id=line, pole=pole, cause=fault.cause, note=plain_words(fault.note, 200), lat=fault.lat,
        lon=fault.lon, photos=len(files), found_at=at,
    )  # fmt: skip
    if outage.reason_code == "unknown":
        outage.reason_code = fault.cause
    outage.fault_place = outage.fault_place or pole
    data = {"feeder": line, "reason_code": fault.cause, "photos": len(files)}
    said = Said(data, {"text": pole, "note": note.note}, files=files)
    return complete(outage=outage, row=row, said=said, fields=("reason_code", "fault_place"), by=by, at=at)


def _line(outage: Outage, fault: NewFault) -> int | None:
    lines = selectors.feeders_of(selectors.areas_of_outage(outage.pk))
    if fault.feeder_id is None:
        return next(iter(lines)) if len(lines) == 1 else None
    devices = selectors.off_of(outage.pk)
    if fault.feeder_id not in lines and fault.feeder_id not in devices.feeders:
        raise Refused("line_not_affected", _("这条线路不在这次停电里；什么都没有改动。"), feeder=fault.feeder_id)
    return fault.feeder_id
