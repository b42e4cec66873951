"""What the steps of every machine say: a line of the timeline with its words and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from longzhong.dispatch.matters.models import Step
from longzhong.dispatch.matters.services.attachments import Upload, keep_file
from longzhong.dispatch.matters.services.steps import NewStep, add_step
from longzhong.kit.actor import Actor


@dataclass(frozen=True)
class Said:
    """What a step keeps: codes and ids for ever, words and files that may be erased; `files` were kept before (`keep_file`)."""

    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    uploads: Sequence[Upload] = ()
    files: Sequence[int] = ()

    def moved(self, was: str, now: str, clocks: Mapping[str, object] | None = None) -> "Said":
        """The same of a step that moved its matter from one state to another and stopped clocks with these verdicts."""
        data: dict[str, Any] = {**self.data, "from": was, "to": now}
        if clocks:
            data["clocks"] = {name: str(verdict) for name, verdict in clocks.items()}
        return replace(self, data=data)


@transaction.atomic
def say(*, matter: str, verb: str, said: Said, by: Actor, at: datetime) -> Step:
    """Keep the files of a step and write its line in the matter's timeline."""
    kept = [keep_file(matter=matter, upload=upload, by=by, at=at).pk for upload in said.uploads]
    step = NewStep(verb, said.data, said.words, (*said.files, *kept))
    return add_step(matter=matter, step=step, by=by, at=at)
