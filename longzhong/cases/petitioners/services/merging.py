"""Two files of one person become one: the older number may stay or go, as the person who merges says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Occasion, Petitioner, PetitionerPhone, Residence
from longzhong.cases.petitioners.services.moving import HOUSE, enter, enter_open, note, said, tag_home, turn, untag
from longzhong.kit import journal
from longzhong.kit.actor import Actor
from longzhong.kit.clock import civil_day
from longzhong.kit.errors import Refused


@transaction.atomic
def merge_files(*, keep_id: int, gone_id: int, reason: str, by: Actor, at: datetime) -> Petitioner:
    """Everything of `gone` goes over to `keep`; the gone file stays as a signpost. Both must be within the actor's scope.

    Two homes of today: the kept file's is believed, the other one ends today.
    """
    if keep_id == gone_id:
        raise Refused("same_file", _("同一份档案不能并入自己；什么都没有改动。"), petitioner=keep_id)
    for pk in sorted(
        (keep_id, gone_id)
    ):  # always in one order: two people merging at once wait, and don't lock each other
        enter(petitioner_id=pk, by=by)
    keep, gone = enter_open(petitioner_id=keep_id, by=by), enter(petitioner_id=gone_id, by=by)
    if gone.runs.filter(ended_at=None).exists():
        raise Refused("script_running", _("要并入的档案三步法还没有结束；什么都没有改动。"), petitioner=gone.pk)
    words = said(reason)
    gone.merged_into = keep
    turn(row=gone, verb="merge", reason=words, by=by, at=at, data={"into": keep.pk})
    _carry_homes(keep, gone, at)
    _carry_phones(keep, gone)
    Occasion.objects.filter(petitioner=gone).update(petitioner=keep)
    gone.runs.update(petitioner=keep)
    gone.incidents.update(petitioner=keep)
    _fill(keep, gone)
    note(row=keep, verb="merge_in", data={"from": gone.pk}, words={"reason": words}, by=by, at=at)
    tag_home(row=keep, by=by, at=at)
    journal.record(by, "petitioners.merge", f"petitioners.file:{keep.pk}", at=at, gone=gone.pk)
    return keep


def _carry_homes(keep: Petitioner, gone: Petitioner, at: datetime) -> None:
    now = Residence.objects.filter(petitioner=gone, to_on=None).first()
    if now is not None and Residence.objects.filter(petitioner=keep, to_on=None).exists():
        now.to_on = max(civil_day(at), now.from_on)
        now.save(update_fields=["to_on"])
        if now.account_id is not None:
            untag(account_id=now.account_id, by=HOUSE, at=at)
    Residence.objects.filter(petitioner=gone).update(petitioner=keep)


def _carry_phones(keep: Petitioner, gone: Petitioner) -> None:
    known = set(keep.phones.values_list("phone_index", flat=True))
    PetitionerPhone.objects.filter(petitioner=gone, phone_index__in=known).delete()
    PetitionerPhone.objects.filter(petitioner=gone).update(petitioner=keep)


def _fill(keep: Petitioner, gone: Petitioner) -> None:
    """What the kept file didn't know yet, and the latest contact."""
    if not keep.name_sealed:
        keep.name_sealed, keep.name_index, keep.mask = gone.name_sealed, gone.name_index, gone.mask
    keep.person_id = keep.person_id or gone.person_id
    keep.last_at = max(filter(None, (keep.last_at, gone.last_at)), default=None)
    keep.save(update_fields=["name_sealed", "name_index", "mask", "person", "last_at"])
    gone.name_sealed, gone.name_index, gone.person_id = "", "", None
    gone.save(update_fields=["name_sealed", "name_index", "person"])
