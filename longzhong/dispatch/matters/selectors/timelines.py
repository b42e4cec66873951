"""The one timeline of a matter: who, when, what, with evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from longzhong.dispatch.matters.engines import files
from longzhong.dispatch.matters.models import Attachment, Handover, Step
from longzhong.dispatch.matters.rules.nouns import noun_of
from longzhong.kit.actor import Actor
from longzhong.kit.errors import Refused
from longzhong.kit.web.parts import Entry, Tone
from longzhong.register.org import selectors as org

SAID = ("text", "reason", "note", "no_photo")
TONES: dict[str, Tone] = {
    "clock_late": "late",
    "clock_warned": "soon",
    "send_back": "late",
    "decide_return": "late",
    "hold_unproven": "soon",
    "clock_paused": "closed",
    "cancel": "closed",
    "dismiss": "closed",
    "verify": "good",
    "decide_verified": "good",
}


@dataclass(frozen=True)
class FileCard:
    """An attachment to look at; `is_erased` ones are only a place."""

    id: int
    kind: str
    name: str
    mime: str
    at: datetime
    lat: float | None
    lon: float | None
    is_erased: bool

    @property
    def is_photo(self) -> bool:
        return self.mime.startswith("image/")


@dataclass(frozen=True)
class StepCard:
    """One line of the timeline."""

    seq: int
    verb: str
    at: datetime
    by: str
    data: Mapping[str, Any]
    words: Mapping[str, Any]
    is_erased: bool
    files: tuple[FileCard, ...]
    proof: str


@dataclass(frozen=True)
class OfferCard:
    """An open hand-over."""

    from_id: int | None
    from_name: str
    to_id: int
    to_name: str
    offered_at: datetime


def steps(matter: str) -> list[StepCard]:
    """The steps of a matter, newest first; two queries. The caller has let the actor through the noun's door."""
    rows = Step.objects.filter(head__matter=matter).select_related("words").prefetch_related("attachments")
    return [_step_card(step) for step in rows.order_by("-seq")]


def timeline(matter: str, *, reader: Actor | None = None, cards: Sequence[StepCard] | None = None) -> list[Entry]:
    """The steps as a page draws them, in the noun's words; with `reader`, through the noun's door."""
    noun, number = noun_of(matter)
    if reader is not None and not noun.door(reader, number):
        raise Refused("not_found", "没有这件事项，或不在您的管辖范围内。")
    told = steps(matter) if cards is None else cards
    texts = noun.says(told) if noun.says else [said(card) for card in told]
    return [_entry(card, noun.word(card.verb), text) for card, text in zip(told, texts, strict=True)]


def said(card: StepCard) -> str:
    """What somebody typed in a step."""
    if card.is_erased:
        return "（文字已按个人信息保护要求删除）"
    return "\n".join(str(card.words[key]) for key in SAID if card.words.get(key))


def open_offer(matter: str) -> OfferCard | None:
    """The hand-over that waits for an answer."""
    row = Handover.objects.filter(matter=matter, state=Handover.OFFERED).first()
    if row is None:
        return None
    names = org.staff_names([one for one in (row.from_staff_id, row.to_staff_id) if one])
    return OfferCard(
        row.from_staff_id,
        names.get(row.from_staff_id or 0, ""),
        row.to_staff_id,
        names[row.to_staff_id],
        row.offered_at,
    )


@dataclass(frozen=True)
class Served:
    """A file as it goes out."""

    content: bytes
    mime: str
    name: str
    digest: str


def served_file(actor: Actor, attachment_id: int, *, original: bool = False) -> Served:
    """A file through the door of its matter's noun; `original` with all that the camera wrote into it."""
    row = Attachment.objects.filter(pk=attachment_id, erased_at=None).first()
    if row is None or not _may_see(actor, row.matter):
        raise Refused("not_found", "没有这个附件，或不在您的管辖范围内。")
    digest = row.sha256 if original else row.served_sha256
    try:
        return Served(files.get(digest), row.mime, row.name, digest)
    except FileNotFoundError as error:
        raise Refused(
            "file_gone", "附件的文件已不在存储目录中，请联系系统管理员。", attachment=attachment_id
        ) from error


def _may_see(actor: Actor, matter: str) -> bool:
    noun, number = noun_of(matter)
    return noun.door(actor, number)


def _entry(card: StepCard, word: str, text: str) -> Entry:
    shown = [file for file in card.files if not file.is_erased]
    return Entry(
        at=card.at, title=word, who=card.by, text=text, tone=TONES.get(card.verb, "info"),
        pictures=tuple(reverse("matters:file", args=[file.id]) for file in shown if file.is_photo),
        evidence=tuple((file.name, reverse("matters:file", args=[file.id])) for file in shown if not file.is_photo),
        proof=card.proof,
    )  # fmt: skip


def _who(step: Step, name: str) -> str:
    """A person's name as it was kept, or that it was the house itself."""
    return name if step.user_id is not None or step.staff_id is not None else "系统"


def _step_card(step: Step) -> StepCard:
    words = getattr(step, "words", None)
    typed = dict(words.words) if words is not None else {}
    return StepCard(
        seq=step.seq, verb=step.verb, at=step.at, by=_who(step, str(typed.pop("by", ""))), data=step.data, words=typed,
        is_erased=words is None and bool(step.parts_digest), files=tuple(file_card(row) for row in step.attachments.all()),
        proof=f"#{step.seq} {step.digest[:12]}",
    )  # fmt: skip


def file_card(row: Attachment) -> FileCard:
    """An attachment row as pages show it."""
    return FileCard(row.pk, row.kind, row.name, row.mime, row.at, row.lat, row.lon, row.erased_at is not None)
