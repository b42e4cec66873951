"""Keep files of a matter."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from longzhong.dispatch.matters.engines import files, photos
from longzhong.dispatch.matters.models import Attachment
from longzhong.dispatch.matters.services.steps import NewStep, add_step
from longzhong.kit.actor import Actor

PHOTO = "photo"


@dataclass(frozen=True)
class Upload:
    """A file as it came: its kind is what it is evidence of (photo, document, evidence); a photo is no recording."""

    kind: str
    name: str
    content: bytes


@transaction.atomic
def keep_file(*, matter: str, upload: Upload, by: Actor, at: datetime) -> Attachment:
    """Store an upload for a step that is about to be added; the step takes it into the chain."""
    seen = photos.look(upload.content, recordings=upload.kind != PHOTO)
    return Attachment.objects.create(
        matter=matter, kind=upload.kind, name=upload.name[-120:], mime=seen.mime, size=len(upload.content),
        sha256=files.put(upload.content), served_sha256=files.put(seen.served), width=seen.width, height=seen.height,
        lat=seen.lat, lon=seen.lon, taken_at=seen.taken_at, at=at, user_id=by.user_id,
    )  # fmt: skip


@transaction.atomic
def attach(*, matter: str, upload: Upload, note: str, by: Actor, at: datetime) -> Attachment:
    """Add a file to a matter as a step of its own. The caller has let the actor through the noun's door."""
    row = keep_file(matter=matter, upload=upload, by=by, at=at)
    step = NewStep("attach", {"attachment": row.pk, "kind": upload.kind}, {"note": note}, (row.pk,))
    row.step = add_step(matter=matter, step=step, by=by, at=at)
    return row


@transaction.atomic
def rename_file(*, file_id: int, name: str, by: Actor, at: datetime) -> None:  # noqa: ARG001  every service says who, and when
    """Another name for a file (the old one told too much); the chain holds the file itself, not its name."""
    Attachment.objects.filter(pk=file_id, erased_at=None).update(name=name[-120:])
