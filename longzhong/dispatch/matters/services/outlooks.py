"""Expected ends flow down as plain data: the floor that estimates says them here, every page below and above may show them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters.models import Outlook
from longzhong.dispatch.matters.rules import NewOutlook
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused

_SAID = ("stage", "low_at", "middle_at", "high_at", "reasons", "said_at", "ended_at")


@transaction.atomic
def note_outlook(*, matter: str, outlook: NewOutlook, by: Actor, at: datetime) -> bool:
    """Keep the newest estimate of a matter's end; an older one that arrives late changes nothing and returns False."""
    if not by.system:
        raise Refused("not_allowed", _("预计由系统估算；人的承诺请在事项上登记。什么都没有改动。"))
    held = Outlook.objects.select_for_update().filter(matter=matter).first()
    if held is not None and held.said_at > at:
        return False
    said = Outlook(
        matter=matter, stage=outlook.stage, low_at=outlook.low_at, middle_at=outlook.middle_at, high_at=outlook.high_at,
        reasons=list(outlook.reasons), said_at=at, ended_at=None,
    )  # fmt: skip
    Outlook.objects.bulk_create([said], update_conflicts=True, unique_fields=["matter"], update_fields=_SAID)
    return True


@transaction.atomic
def end_outlook(*, matter: str, by: Actor, at: datetime) -> None:
    """The matter is over: its estimate is shown no more."""
    if not by.system:
        raise Refused("not_allowed", _("预计由系统估算；人的承诺请在事项上登记。什么都没有改动。"))
    Outlook.objects.filter(matter=matter, ended_at=None).update(ended_at=at)
