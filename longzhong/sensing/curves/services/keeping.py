"""Keep readings in the lake (入湖): late and corrected ones replace, and are recorded."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.register.org.rules import Role
from longzhong.sensing.curves.engines.lake import Kept
from longzhong.sensing.curves.engines.shape import QUANTITIES
from longzhong.sensing.curves.models import Correction
from longzhong.sensing.curves.selectors.places import lake

KEEPERS = (Role.ADMIN, Role.QUALITY, Role.DEPT)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@transaction.atomic
def keep_readings(*, kind: str, table: pa.Table, received_at: datetime, by: Actor, at: datetime) -> Kept:
    """Keep curves of kind "customer" or "area", of any days; columns as in engines/shape.py, missing slots NaN or null.

    Per slot the newest `received_at` wins. Keeping the same again changes nothing. Counts rows.
    """
    need(by, *KEEPERS)
    if kind not in QUANTITIES:
        raise Refused("unknown_curve_kind", _("曲线类别只能是 customer 或 area；什么都没有保存。"), kind=kind)
    try:
        kept = lake().keep(kind, table, (received_at - EPOCH) // timedelta(microseconds=1))
    except (KeyError, ValueError) as error:
        raise Refused("not_a_curve_table", _("数据不是 96 点曲线表；什么都没有保存。"), reason=str(error)) from error
    corrected = [(day, one) for day, one in kept.items() if one.corrected]
    Correction.objects.bulk_create(
        [
            Correction(
                kind=kind, day=day, version=one.version, received_at=received_at, rows=one.corrected,
                slots_corrected=one.slots_corrected, slots_late=one.slots_late, by_name=by.name, at=at,
            )
            for day, one in corrected
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return _total(list(kept.values()))


def _total(kept: list[Kept]) -> Kept:
    return Kept(
        new=sum(one.new for one in kept),
        corrected=sum(one.corrected for one in kept),
        unchanged=sum(one.unchanged for one in kept),
        slots_corrected=sum(one.slots_corrected for one in kept),
        slots_late=sum(one.slots_late for one in kept),
        version=max((one.version for one in kept), default=0),
    )
