"""Add steps to a matter's chain, and erase what may be erased."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from longzhong.dispatch.matters import selectors
from longzhong.dispatch.matters.engines import files
from longzhong.dispatch.matters.models import Attachment, ChainHead, Step, StepWords
from longzhong.dispatch.matters.rules.chain import ERASED, Link, Parts, link_digest, parts_digest
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class NewStep:
    """What a step says: `data` are codes and ids for ever; `words` (text, names, positions) and files can be erased."""

    verb: str
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[int] = ()


@transaction.atomic
def add_step(*, matter: str, step: NewStep, by: Actor, at: datetime) -> Step:
    """Append a step to a matter's chain under the lock of its head."""
    head = lock_matter(matter=matter)
    photos = (
        list(Attachment.objects.filter(pk__in=step.attachments, matter=matter, step=None)) if step.attachments else []
    )
    if len(photos) != len(set(step.attachments)):
        raise Refused("attachment_unknown", _("附件不存在或已用于别的步骤；什么都没有改动，请重新上传。"))
    parts = _parts(step, photos, by)
    data = _plain(step.data)
    link = Link(
        matter, head.seq + 1, step.verb, by.user_id, by.staff_id, at, data, parts_digest(parts), digest=""
    )  # fmt: skip
    digest = link_digest(link, head.digest)
    row = Step.objects.create(
        head=head, seq=link.seq, verb=step.verb, user_id=by.user_id, staff_id=by.staff_id, at=at, data=data,
        parts_digest=link.parts_digest, digest=digest,
    )  # fmt: skip
    if parts is not None:
        StepWords.objects.create(step=row, salt=parts.salt, words=parts.words, files=list(parts.files))
    if photos:
        Attachment.objects.filter(pk__in=[photo.pk for photo in photos]).update(step=row)
    head.seq, head.digest = link.seq, digest
    head.save(update_fields=["seq", "digest"])
    return row


@transaction.atomic
def erase_words(*, matter: str, seq: int, reason: str, files: bool = True, by: Actor, at: datetime) -> Step:
    """Erase the words, names, positions and files of one step (PIPL 47); the chain keeps and says so. `files` False: they stay."""
    head = lock_matter(matter=matter)
    words = StepWords.objects.select_for_update().filter(step__head=head, step__seq=seq).first()
    if words is None:
        raise Refused(
            "words_unknown", _("这一步没有可删除的内容，或已经删除；什么都没有改动。"), matter=matter, seq=seq
        )
    photos = list(Attachment.objects.filter(step=words.step_id)) if files else []
    words.delete()
    for photo in photos:
        Attachment.objects.filter(pk=photo.pk).update(
            erased_at=at, name="", lat=None, lon=None, taken_at=None, sha256="", served_sha256=""
        )
        transaction.on_commit(partial(_drop, photo))
    return add_step(matter=matter, step=NewStep(ERASED, {"seq": seq, "reason": reason[:40]}), by=by, at=at)


@transaction.atomic
def erase_all(*, matter: str, reason: str, by: Actor, at: datetime) -> int:
    """Erase whatever people wrote or uploaded in any step of a matter (retention is over); returns how many steps lost something.
    Who took a step without words or files stays named. Safe twice.
    """
    spoken = [one for one in selectors.steps(matter) if not one.is_erased and (one.files or set(one.words) - {"by"})]
    for step in spoken:
        erase_words(matter=matter, seq=step.seq, reason=reason, by=by, at=at)
    return len(spoken)


def lock_matter(*, matter: str) -> ChainHead:
    """The matter's row lock: whoever changes a matter's clocks or chain holds it to the end of the transaction."""
    if (head := ChainHead.objects.select_for_update().filter(matter=matter).first()) is not None:
        return head
    ChainHead.objects.bulk_create([ChainHead(matter=matter)], ignore_conflicts=True)
    return ChainHead.objects.select_for_update().get(matter=matter)


def _parts(step: NewStep, photos: Sequence[Attachment], by: Actor) -> Parts | None:
    words = _plain({key: value for key, value in step.words.items() if value not in (None, "", [], {})})
    if by.name:
        words["by"] = by.name
    if not words and not photos:
        return None
    return Parts(secrets.token_hex(16), words, tuple(sorted(photo.sha256 for photo in photos)))


def _plain(value: Any) -> Any:
    """The value as the database gives it back, so that digests can be proved later."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return value.isoformat() if hasattr(value, "isoformat") else value


def _drop(photo: Attachment) -> None:
    for digest in {photo.sha256, photo.served_sha256} - {""}:
        if (
            not Attachment.objects.filter(sha256=digest).exists()
            and not Attachment.objects.filter(served_sha256=digest).exists()
        ):
            files.drop(digest)
