"""What every change of a file shares: door and lock, the row of its machine, the line in its timeline, the tag below."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.cases.petitioners.models import Petitioner, Residence
from longzhong.cases.petitioners.rules import FILE, TAG, WRITERS, FileState, Level
from longzhong.cases.petitioners.selectors import label, visible_to
from longzhong.dispatch.matters import services as matters
from longzhong.kit.actor import Actor, need
from longzhong.kit.errors import Refused
from longzhong.kit.texts import written
from longzhong.register.customers import services as customers
from longzhong.register.customers.rules.numbers import holds_personal_number

HOUSE = Actor.machine("petitioners")
TAGGED = frozenset({Level.FREQUENT.value, Level.OCCASIONAL.value})


def enter(*, petitioner_id: int, by: Actor) -> Petitioner:
    """Door and lock; Refused not_found."""
    need(by, *WRITERS)
    row = visible_to(by).select_for_update(of=("self",)).filter(pk=petitioner_id).first()
    if row is None:
        raise Refused("not_found", _("没有这份档案，或不由您的单位保管。"), petitioner=petitioner_id)
    return row


def enter_open(*, petitioner_id: int, by: Actor) -> Petitioner:
    """A file that is in use; a closed or merged one takes nothing new."""
    row = enter(petitioner_id=petitioner_id, by=by)
    if row.state != FileState.OPEN:
        raise Refused("file_not_open", _("档案已归档或已并档；什么都没有改动，需要时先重新启用。"), petitioner=row.pk)
    return row


def turn(
    *, row: Petitioner, verb: str, reason: str, by: Actor, at: datetime, data: Mapping[str, object] | None = None
) -> None:
    """One move of the file's machine, with its reason; the caller saves other fields beforehand."""
    move = FILE.move(verb, row.state)
    need(by, *move.roles)
    words = said(reason)
    row.state = move.target.value
    row.closed_at = None if move.target is FileState.OPEN else at
    row.save(update_fields=["state", "closed_at", "merged_into"])
    note(row=row, verb=verb, data=data or {}, words={"reason": words}, by=by, at=at)


def said(reason: str) -> str:
    """A reason that says something; personal numbers don't belong in it."""
    words = written(reason, _("理由"), most=500)
    if holds_personal_number(words):
        raise Refused("personal_data_in_text", _("文字里不能写手机号或证件号；什么都没有改动。"))
    return words


def note(
    *, row: Petitioner, verb: str, data: Mapping[str, object], words: Mapping[str, object], by: Actor, at: datetime
) -> None:
    """A line in the file's timeline: codes and ids for ever, words that may be erased."""
    matters.add_step(matter=label(row.pk), step=matters.NewStep(verb, data, words), by=by, at=at)


def tag_home(*, row: Petitioner, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who
    """Put the tag on the account where the person lives now, or take it off: what the call desk sees (conclusions flow down).

    The house does it in its own name: a mover's new account may lie outside of the scope of whoever keeps the file.
    """
    home = Residence.objects.filter(petitioner=row, to_on=None, account__isnull=False).first()
    if home is None or home.account_id is None:
        return
    if row.state == FileState.OPEN and row.level in TAGGED:
        customers.tag_account(account_id=home.account_id, tag=TAG, by=HOUSE, at=at)
    else:
        untag(account_id=home.account_id, by=HOUSE, at=at)


def untag(*, account_id: int, by: Actor, at: datetime) -> None:
    """Take the tag off unless another open file's person lives there too; one that is gone already is no matter."""
    others = Residence.objects.filter(
        account=account_id, to_on=None, petitioner__state=FileState.OPEN, petitioner__level__in=TAGGED
    )
    if others.exists():
        return
    try:
        with transaction.atomic():
            customers.untag_account(account_id=account_id, tag=TAG, by=by, at=at)
    except Refused as refusal:
        if refusal.code != "not_found":
            raise
